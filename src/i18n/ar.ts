import type { Translation } from './en.js';
import { listIn } from './list.js';
import { pluralIn } from './plural.js';

const plural = pluralIn('ar');
const others = { one: 'شخص آخر', two: 'شخصان آخران', few: '# آخرون', other: '# آخرين' };

/** العربية */
export const ar: Translation = {
  chats: 'المحادثات',
  search: 'بحث',
  clearSearch: 'مسح البحث',
  loading: 'جارٍ التحميل…',
  noConversations: 'لا توجد محادثات بعد',
  noConversationsHint: 'اكتب إلى شخص ما باسم حسابه.',
  newChat: 'بدء محادثة',
  askNotifications: 'تشغيل الإشعارات',
  accountName: 'اسم الحساب',
  startChatWith: (account) => `بدء محادثة مع «${account}»`,
  nothingFound: (query) => `لا نتائج لـ «${query}»`,
  nobodyCalled: (account) => `لا يوجد حساب باسم «${account}». تحقق من الكتابة.`,
  signedOut: 'لم يتم تسجيل الدخول',
  pinned: 'مثبتة',
  muted: 'مكتومة',
  draft: 'مسودة:',
  you: 'أنت:',
  self: 'أنت',
  unread: (count) =>
    plural(count, {
      zero: 'لا رسائل غير مقروءة',
      one: 'رسالة واحدة غير مقروءة',
      two: 'رسالتان غير مقروءتين',
      few: '# رسائل غير مقروءة',
      many: '# رسالة غير مقروءة',
      other: '# رسالة غير مقروءة',
    }),

  online: 'متصل',
  lastSeen: (when) => `آخر ظهور ${when}`,
  typing: 'يكتب…',
  typingOne: (name) => `${name} يكتب…`,
  typingMany: (count) => plural(count, { two: 'شخصان يكتبان…', few: '# أشخاص يكتبون…', other: '# شخصًا يكتبون…' }),
  members: (count) => plural(count, { one: 'عضو واحد', two: 'عضوان', few: '# أعضاء', many: '# عضوًا', other: '# عضو' }),

  today: 'اليوم',
  yesterday: 'أمس',

  offline: 'غير متصل.',
  nextAttempt: (seconds) => `المحاولة التالية خلال ${seconds} ث`,
  connecting: 'جارٍ الاتصال…',
  retryNow: 'أعد المحاولة الآن',

  notKept: 'لا تُحفظ الرسائل في هذا المتصفح حاليًا.',
  unsentHere: (count) =>
    plural(count, {
      one: 'لم تُرسل رسالة واحدة بعد: أبقِ هذه الصفحة مفتوحة حتى تُرسل.',
      two: 'لم تُرسل رسالتان بعد: أبقِ هذه الصفحة مفتوحة حتى تُرسلا.',
      few: 'لم تُرسل # رسائل بعد: أبقِ هذه الصفحة مفتوحة حتى تُرسل.',
      many: 'لم تُرسل # رسالة بعد: أبقِ هذه الصفحة مفتوحة حتى تُرسل.',
      other: 'لم تُرسل # رسالة بعد: أبقِ هذه الصفحة مفتوحة حتى تُرسل.',
    }),
  draftHere: 'ما كتبته موجود في هذه الصفحة فقط: أرسله قبل أن تغلقها.',

  messenger: 'المحادثات',
  openChat: 'فتح المحادثة',
  closeChat: 'إغلاق المحادثة',
  back: 'العودة إلى المحادثات',
  resizeList: 'عرض القائمة',
  chooseConversation: 'اختر محادثة لقراءتها هنا.',

  messages: 'الرسائل',
  noMessages: 'لا شيء هنا بعد',
  noMessagesHint: 'اكتب الرسالة الأولى.',
  newMessages: 'رسائل جديدة',
  beginning: 'هنا تبدأ المحادثة.',
  arrived: (count) =>
    plural(count, {
      one: 'رسالة جديدة',
      two: 'رسالتان جديدتان',
      few: '# رسائل جديدة',
      many: '# رسالة جديدة',
      other: '# رسالة جديدة',
    }),
  newBelow: (count) => plural(count, { two: 'جديدتان', other: '# جديدة' }),
  toEnd: 'إلى أحدث رسالة',
  openFailed: 'تعذر فتح هذه المحادثة.',

  writeMessage: 'رسالة',
  send: 'إرسال',
  tooLong: (over) => plural(over, { one: 'حرف زائد', two: 'حرفان زائدان', few: '# أحرف زائدة', other: '# حرفًا زائدًا' }),

  sending: 'جارٍ الإرسال',
  sent: 'أُرسلت',
  read: 'قُرئت',
  failed: 'لم تُرسل',
  resend: 'إعادة الإرسال',
  discard: 'حذف',

  image: 'صورة',
  audio: 'رسالة صوتية',
  video: 'فيديو',
  file: 'ملف',
  location: 'موقع',
  notification: 'إشعار',
  custom: 'رسالة',
  unknownMessage: 'رسالة لا يستطيع هذا الإصدار عرضها',

  names: listIn('ar', (more) => plural(more, others)),
  notices: {
    created: (who) => `أنشأ ${who} المجموعة`,
    joined: (who) => `انضم ${who}`,
    left: (who) => `غادر ${who}`,
    invited: (who, whom) => `دعا ${who} ${whom}`,
    removed: (who, whom) => `أزال ${who} ${whom}`,
    transferred: (who, whom) => `جعل ${who} ${whom} مالكًا للمجموعة`,
    muted: (who, whom) => `كتم ${who} ${whom}`,
    unmuted: (who, whom) => `ألغى ${who} كتم ${whom}`,
    dismissed: (who) => `أغلق ${who} المجموعة`,
    renamed: (who, name) => `غيّر ${who} اسم المجموعة إلى ${name}`,
    changed: (who) => `عدّل ${who} المجموعة`,
  },

  errors: {
    wrongToken: 'بيانات الدخول لا تخص هذا الحساب. سجّل الدخول من جديد.',
    forbidden: 'لا يُسمح لك بذلك هنا.',
    notFound: 'هذا غير موجود.',
    tooLong: 'النص أطول من اللازم. اختصره ثم أرسله من جديد.',
    badParameter: 'لم يفهم الخادم الطلب. أعد تحميل الصفحة.',
    tooFrequent: 'سريع جدًا. انتظر قليلًا ثم حاول من جديد.',
    repeated: 'أُرسلت هذه الرسالة من قبل بنص آخر. اكتبها من جديد.',
    accountDisabled: 'هذا الحساب محظور. تواصل مع المسؤول.',
    accountMuted: 'لا يمكنك الكتابة حاليًا. تواصل مع المسؤول.',
    serverError: 'حدث خطأ في الخادم. حاول لاحقًا.',
    serverBusy: 'الخادم مشغول. ستُعاد المحاولة.',
    badProtocol: 'هذه الصفحة قديمة. أعد تحميلها.',
    closed: 'أُغلق الاتصال. ستُعاد المحاولة.',
    unreachable: 'تعذر الوصول إلى الخادم. تحقق من اتصالك.',
    restart: 'يُعاد تشغيل الخادم. ستُعاد المحاولة.',
    tokenExpired: 'انتهت صلاحية دخولك. سجّل الدخول من جديد.',
    tokenRevoked: 'أُلغي دخولك. سجّل الدخول من جديد.',
    tokenOrigin: 'دخولك يخص موقعًا آخر. سجّل الدخول هنا.',
    originForbidden: 'لا يُسمح لهذا الموقع باستخدام المحادثة. على مالكه السماح بذلك في الخادم.',
    gone: 'لم يعد هذا الحساب موجودًا.',
    slow: 'الاتصال بطيء جدًا. ستُعاد المحاولة.',
    elsewhere: 'سجّلت الدخول في مكان آخر.',
    tooBig: 'المحتوى أكبر من أن يُرسل.',
    unknown: 'حدث خطأ. حاول من جديد.',
  },

  edited: 'معدّلة',
  recalledOwn: 'سحبتَ رسالة',
  recalledBy: (who) => `سحب ${who} رسالة`,
};
