import { pluralIn } from '../plural.js';
import type { ComposerTexts } from './en.js';

const plural = pluralIn('ar');

/** العربية */
export const composerAr: ComposerTexts = {
  close: 'إغلاق',
  cancel: 'إلغاء',

  refused: {
    muted: (until) => (until === undefined ? 'تم كتمك في هذه المجموعة.' : `تم كتمك هنا حتى ${until}.`),
    'muted-all': 'الكتابة هنا متاحة حاليًا للمالك والمشرفين فقط.',
    'not-member': 'لست عضوًا في هذه المجموعة.',
    dismissed: 'تم إغلاق هذه المجموعة.',
    form: 'الكتابة في هذه المجموعة للمالك والمشرفين فقط.',
    other: 'لا يمكنك الكتابة هنا.',
  },
  slowMode: (seconds) =>
    plural(seconds, {
      one: 'الوضع البطيء: يمكنك الكتابة بعد ثانية واحدة.',
      two: 'الوضع البطيء: يمكنك الكتابة بعد ثانيتين.',
      few: 'الوضع البطيء: يمكنك الكتابة بعد # ثوانٍ.',
      other: 'الوضع البطيء: يمكنك الكتابة بعد # ثانية.',
    }),

  replyTo: (name) => `ردّ على ${name}`,
  removeQuote: 'إلغاء الرد',
  editing: 'تعديل الرسالة',
  cancelEdit: 'إلغاء التعديل',
  saveEdit: 'حفظ',

  mention: 'الإشارة إلى شخص',
  everyone: 'الجميع',
  everyoneHint: 'إشارة إلى كل الأعضاء',

  photoOrVideo: 'صورة أو فيديو',
  file: 'ملف',
  location: 'موقع',
  attachments: (count) =>
    plural(count, { one: 'مرفق واحد', two: 'مرفقان', few: '# مرفقات', many: '# مرفقًا', other: '# مرفق' }),
  removeAttachment: (name) => `إزالة ${name}`,
  sendAs: (name) => `طريقة إرسال ${name}`,
  asMedia: 'كوسائط',
  asFile: 'كملف',
  addMore: 'إضافة المزيد',
  caption: 'أضف تعليقًا',
  tooBig: (name, limit) => `حجم «${name}» أكبر من ${limit}.`,
  emptyFile: (name) => `الملف «${name}» فارغ.`,
  notAccepted: (name) => `لا يمكن إرسال ملف من نوع «${name}» هنا.`,
  tooMany: (most) => `الحد الأقصى ${most} ملفات في المرة الواحدة.`,
  noFiles: 'لا يمكن إرسال الملفات هنا.',
  dropHere: 'أفلت لإرفاق الملفات',

  locationTitle: 'إرسال موقع',
  usePosition: 'استخدام موقعي',
  locating: 'جارٍ تحديد موقعك…',
  positionDenied: 'لا يُسمح لهذه الصفحة بمعرفة موقعك. اسمح بذلك في المتصفح أو أدخل مكانًا.',
  positionFailed: 'تعذّر تحديد موقعك. أدخل مكانًا بدلًا من ذلك.',
  placeName: 'اسم المكان',
  coordinates: 'خط العرض، خط الطول أو رابط خريطة',
  notAPlace: 'اكتبه بهذا الشكل: ‎24.7136, 46.6753 أو الصق رابط خريطة.',
  myPosition: 'موقعي',
  sendLocation: 'إرسال الموقع',

  recording: 'جارٍ التسجيل',
  paused: 'متوقف مؤقتًا',
  asksMicrophone: 'اسمح باستخدام الميكروفون…',
  pauseRecording: 'إيقاف مؤقت',
  resumeRecording: 'متابعة التسجيل',
  stopRecording: 'إيقاف',
  discardRecording: 'حذف التسجيل',
  listen: 'استماع',
  pauseListening: 'إيقاف مؤقت',
  sendRecording: 'إرسال التسجيل',
  secondsLeft: (seconds) =>
    plural(seconds, {
      one: 'بقيت ثانية واحدة',
      two: 'بقيت ثانيتان',
      few: 'بقيت # ثوانٍ',
      other: 'بقيت # ثانية',
    }),
  microphoneDenied: 'لا يُسمح لهذه الصفحة باستخدام الميكروفون. اسمح بذلك في المتصفح وأعد المحاولة.',
  noMicrophone: 'لم يُعثر على ميكروفون.',
  recordingFailed: 'فشل التسجيل. أعد المحاولة.',

  emojiPicker: 'الرموز التعبيرية',
  searchEmoji: 'البحث عن رمز',
  noEmoji: 'لم يُعثر على رموز',
  emojiFailed: 'تعذّر تحميل الرموز التعبيرية.',
  skinTone: 'لون البشرة',
  skinTones: ['افتراضي', 'فاتح', 'فاتح متوسط', 'متوسط', 'داكن متوسط', 'داكن'],
  emojiGroups: {
    recent: 'المستخدمة مؤخرًا',
    smileys: 'الوجوه والمشاعر',
    people: 'الأشخاص والجسم',
    nature: 'الحيوانات والطبيعة',
    food: 'الطعام والشراب',
    travel: 'السفر والأماكن',
    activities: 'الأنشطة',
    objects: 'الأشياء',
    symbols: 'الرموز',
    flags: 'الأعلام',
  },
};
