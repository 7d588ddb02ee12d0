import { pluralIn } from '../plural.js';
import type { ActWords } from './en.js';

const plural = pluralIn('ar');
const messages = { one: 'رسالة واحدة', two: 'رسالتين', few: '# رسائل', many: '# رسالة', other: '# رسالة' };
const chats = { one: 'محادثة واحدة', two: 'محادثتين', few: '# محادثات', many: '# محادثة', other: '# محادثة' };

/** العربية */
export const ar: ActWords = {
  actions: 'إجراءات الرسالة',
  react: 'تفاعل',
  more: 'إجراءات أخرى',
  otherEmoji: 'رمز تعبيري آخر',

  reply: 'رد',
  copy: 'نسخ النص',
  copyPicture: 'نسخ الصورة',
  forward: 'إعادة توجيه',
  edit: 'تعديل',
  recall: 'سحب',
  deleteForMe: 'حذف لديّ فقط',
  pin: 'تثبيت',
  unpin: 'إلغاء التثبيت',
  select: 'تحديد',
  report: 'إبلاغ',
  resend: 'إعادة الإرسال',
  discard: 'حذف',
  details: 'التفاصيل',
  editAgain: 'تعديل من جديد',

  copied: 'تم النسخ',
  recalled: 'تم سحب الرسالة',
  deleted: (count) => `حُذفت لديك ${plural(count, { ...messages, two: 'رسالتان' })}`,
  pinnedNow: 'تم التثبيت',
  unpinnedNow: 'أُلغي التثبيت',
  reported: 'تم الإبلاغ. شكرًا لك.',
  forwarded: (count) => `أُعيد التوجيه إلى ${plural(count, chats)}`,
  reacted: (emoji) => `تفاعلت بـ ${emoji}`,
  unreacted: (emoji) => `ألغيت تفاعلك بـ ${emoji}`,
  notCopied: 'تعذر نسخ هذا.',
  notThere: 'هذه الرسالة غير متاحة.',

  quoteOf: (who, what) => `رد على ${who}: ${what}`,
  quoteRecalled: 'رسالة مسحوبة',
  quoteGone: 'الرسالة غير متاحة',

  reactions: 'التفاعلات',
  reaction: (emoji, count, names) => `${emoji} ${count}: ${names}`,
  addReaction: 'إضافة تفاعل',

  selected: (count) =>
    plural(count, {
      zero: 'لم يُحدد شيء',
      one: 'حُددت رسالة واحدة',
      two: 'حُددت رسالتان',
      few: 'حُددت # رسائل',
      many: 'حُددت # رسالة',
      other: 'حُددت # رسالة',
    }),
  mostSelected: (count) => `${plural(count, messages)} على الأكثر في المرة الواحدة`,
  cancel: 'إلغاء',
  selectHint: 'اختر الرسائل بمفتاح المسافة، واضغط Escape للإنهاء.',

  close: 'إغلاق',
  deleteTitle: (count) => (count === 1 ? 'حذف هذه الرسالة؟' : `حذف ${plural(count, messages)}؟`),
  deleteText: 'يسري ذلك على كل أجهزتك، ويبقى ما كُتب ظاهرًا للآخرين.',
  deleteConfirm: 'حذف',
  forwardTitle: (count) => (count === 1 ? 'إعادة توجيه الرسالة' : `إعادة توجيه ${plural(count, messages)}`),
  searchChats: 'البحث في المحادثات',
  noChats: 'لا توجد محادثة بهذا الاسم',
  mostTargets: (count) => `${plural(count, chats)} على الأكثر في المرة الواحدة`,
  chosenChats: (count) =>
    plural(count, {
      zero: 'لم تُختر محادثة',
      one: 'اختيرت محادثة واحدة',
      two: 'اختيرت محادثتان',
      few: 'اختيرت # محادثات',
      many: 'اختيرت # محادثة',
      other: 'اختيرت # محادثة',
    }),
  oneByOne: 'واحدة تلو الأخرى',
  merged: 'في رسالة واحدة',
  comment: 'أضف تعليقًا',
  send: 'إرسال',
  mergedTitle: (chat) => `سجل المحادثة: ${chat}`,
  reportTitle: 'الإبلاغ عن هذه الرسالة',
  reportText: 'سيرى المسؤول عن هذه الخدمة الرسالة ومن كتبها.',
  reasons: { spam: 'رسائل مزعجة أو إعلانات', abuse: 'إهانات أو تهديدات', indecent: 'محتوى غير لائق', other: 'شيء آخر' },
  reasonMore: 'ما المشكلة؟',
  reportConfirm: 'إبلاغ',

  detailsTitle: 'تفاصيل الرسالة',
  from: 'من',
  sentAt: 'أُرسلت',
  state: 'الحالة',
  edits: 'النسخ السابقة',
  presentText: 'الآن',
  readBy: (count) => `قرأها ${count}`,
  notReadBy: (count) => `لم يقرأها ${count}`,
  nobody: 'لا أحد',
  loading: 'جارٍ التحميل…',

  pinnedMessage: 'رسالة مثبتة',
  allPinned: (count) =>
    plural(count, {
      one: 'رسالة مثبتة واحدة',
      two: 'رسالتان مثبتتان',
      few: '# رسائل مثبتة',
      many: '# رسالة مثبتة',
      other: '# رسالة مثبتة',
    }),
  goTo: 'الانتقال إلى هذه الرسالة',
};
