import { pluralIn } from '../plural.js';
import type { HistoryTexts } from './en.js';

const plural = pluralIn('ar');

export const historyAr: HistoryTexts = {
  conversations: 'المحادثات',
  people: 'الأشخاص',
  foundMessages: 'الرسائل',
  searching: 'جارٍ البحث…',
  searchedHere: 'لا يوجد اتصال: تم البحث فقط فيما يحتفظ به هذا المتصفح.',
  moreFound: 'عرض المزيد',
  searchFailed: 'لم ينجح البحث. حاول مرة أخرى.',
  results: 'نتائج البحث',

  optionsOf: (name) => `خيارات ${name}`,
  options: 'خيارات',
  pin: 'تثبيت',
  unpin: 'إلغاء التثبيت',
  mute: 'كتم',
  unmute: 'إلغاء الكتم',
  hide: 'إخفاء',
  markUnread: 'وضع علامة غير مقروءة',
  markRead: 'وضع علامة مقروءة',
  sound: 'صوت الرسائل الجديدة',
  hiddenNow: (name) => `أُخفيت محادثة ${name} حتى الرسالة التالية.`,
  undo: 'تراجع',
  changeFailed: 'لم ينجح ذلك. حاول مرة أخرى.',
  find: 'بحث',
  jumpToDate: 'الانتقال إلى تاريخ',
  mediaAndFiles: 'الوسائط والملفات',
  exportIt: 'تصدير',

  findHere: 'البحث في هذه المحادثة',
  olderHit: 'النتيجة الأقدم',
  newerHit: 'النتيجة الأحدث',
  hit: (at, count) => `${at} من ${count}`,
  noHit: 'لا توجد نتائج',
  close: 'إغلاق',

  date: 'التاريخ',
  go: 'انتقال',

  media: 'الوسائط',
  files: 'الملفات',
  links: 'الروابط',
  noMedia: 'لا توجد صور أو مقاطع فيديو بعد',
  noFiles: 'لا توجد ملفات بعد',
  noLinks: 'لا توجد روابط بعد',
  sentBy: (what, who, when) => `${what}، ${who}، ${when}`,

  exportHint: 'كل ما قيل هنا في ملف واحد.',
  asHtml: 'للقراءة (HTML)',
  asJson: 'للبرامج (JSON)',
  exporting: (done, total) => `${done} من ${total} رسالة…`,
  cancel: 'إلغاء',
  exported: (count) =>
    plural(count, {
      zero: 'لم تُكتب أي رسالة.',
      one: 'كُتبت رسالة واحدة.',
      two: 'كُتبت رسالتان.',
      few: 'كُتبت # رسائل.',
      many: 'كُتبت # رسالة.',
      other: 'كُتبت # رسالة.',
    }),
  exportFailed: 'لم ينجح التصدير. تحقق من اتصالك وحاول مرة أخرى.',
  exportedOn: (when) => `صُدّرت في ${when}`,
  recalled: 'رسالة مسحوبة',
  edited: 'معدّلة',
};
