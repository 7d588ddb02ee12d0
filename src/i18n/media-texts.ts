import { pluralIn } from './plural.js';

const plural = { en: pluralIn('en'), ar: pluralIn('ar') };

/**
 * The words of pictures, voices, films and files. Apart from the others, because none of them is needed before the first paint: they come
 * with the elements that say them, in all languages at once.
 */
const en = {
  openPicture: 'Show the picture large',
  openVideo: 'Show the video large',
  playAnimation: 'Play the animation',
  play: 'Play',
  pause: 'Pause',
  position: 'Position',
  speed: (times: string) => `Speed ${times}`,
  notPlayed: 'Not played yet',
  notLoaded: 'Could not be loaded',
  retry: 'Try again',
  download: 'Download',
  of: (part: string, whole: string) => `${part} of ${whole}`,

  uploading: 'Upload',
  uploadWaiting: 'Waiting to be uploaded',
  uploadPaused: 'Upload paused',
  uploadFailed: 'Upload failed',
  pauseUpload: 'Pause the upload',
  resumeUpload: 'Go on with the upload',
  cancelUpload: 'Cancel the upload',

  viewer: 'Pictures and videos',
  close: 'Close',
  previous: 'Previous',
  next: 'Next',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',

  openMap: 'Opens the map in a new tab',
  messages: (count: number) => plural.en(count, { one: '# message', other: '# messages' }),

  redPacket: 'Red packet',
  packetOpen: 'Open',
  packetMine: 'Waiting to be opened',
  packetOpening: 'Opening…',
  packetClaimed: 'You opened it',
  packetEmpty: 'All gone',
  packetExpired: 'Expired',
  packetFailed: 'It could not be opened. Try again.',
  packetOpenedBy: (who: string) => `${who} opened the red packet`,
};

type MediaTexts = typeof en;

const zh: MediaTexts = {
  openPicture: '查看大图',
  openVideo: '放大播放',
  playAnimation: '播放动图',
  play: '播放',
  pause: '暂停',
  position: '播放位置',
  speed: (times) => `倍速 ${times}`,
  notPlayed: '未播放',
  notLoaded: '无法加载',
  retry: '重试',
  download: '下载',
  of: (part, whole) => `${part} / ${whole}`,

  uploading: '上传',
  uploadWaiting: '等待上传',
  uploadPaused: '上传已暂停',
  uploadFailed: '上传失败',
  pauseUpload: '暂停上传',
  resumeUpload: '继续上传',
  cancelUpload: '取消上传',

  viewer: '图片和视频',
  close: '关闭',
  previous: '上一个',
  next: '下一个',
  zoomIn: '放大',
  zoomOut: '缩小',

  openMap: '在新标签页中打开地图',
  messages: (count) => `${count} 条消息`,

  redPacket: '红包',
  packetOpen: '打开',
  packetMine: '等待领取',
  packetOpening: '正在打开…',
  packetClaimed: '你已领取',
  packetEmpty: '已领完',
  packetExpired: '已过期',
  packetFailed: '无法打开，请重试。',
  packetOpenedBy: (who) => `${who}领取了红包`,
};

const ar: MediaTexts = {
  openPicture: 'عرض الصورة مكبّرة',
  openVideo: 'عرض الفيديو مكبّرًا',
  playAnimation: 'تشغيل الصورة المتحركة',
  play: 'تشغيل',
  pause: 'إيقاف مؤقت',
  position: 'الموضع',
  speed: (times) => `السرعة ${times}`,
  notPlayed: 'لم تُسمع بعد',
  notLoaded: 'تعذر التحميل',
  retry: 'إعادة المحاولة',
  download: 'تنزيل',
  of: (part, whole) => `${part} من ${whole}`,

  uploading: 'الرفع',
  uploadWaiting: 'في انتظار الرفع',
  uploadPaused: 'الرفع متوقف مؤقتًا',
  uploadFailed: 'فشل الرفع',
  pauseUpload: 'إيقاف الرفع مؤقتًا',
  resumeUpload: 'متابعة الرفع',
  cancelUpload: 'إلغاء الرفع',

  viewer: 'الصور ومقاطع الفيديو',
  close: 'إغلاق',
  previous: 'السابق',
  next: 'التالي',
  zoomIn: 'تكبير',
  zoomOut: 'تصغير',

  openMap: 'تُفتح الخريطة في علامة تبويب جديدة',
  messages: (count) =>
    plural.ar(count, {
      zero: 'لا رسائل',
      one: 'رسالة واحدة',
      two: 'رسالتان',
      few: '# رسائل',
      many: '# رسالة',
      other: '# رسالة',
    }),

  redPacket: 'مغلف أحمر',
  packetOpen: 'فتح',
  packetMine: 'في انتظار من يفتحه',
  packetOpening: 'جارٍ الفتح…',
  packetClaimed: 'فتحته أنت',
  packetEmpty: 'نفد ما فيه',
  packetExpired: 'انتهت صلاحيته',
  packetFailed: 'تعذر فتحه. حاول من جديد.',
  packetOpenedBy: (who) => `فتح ${who} المغلف الأحمر`,
};

const languages: ReadonlyMap<string, MediaTexts> = new Map([
  ['en', en],
  ['zh', zh],
  ['ar', ar],
]);

/** The words in the language of a tag that the localisation has chosen. */
export function mediaTexts(tag: string): MediaTexts {
  return languages.get(tag.split('-')[0]!.toLowerCase()) ?? en;
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const formats = new Map<string, Intl.NumberFormat>();

/** A number of bytes as people say it: `1.4 MB`. */
export function formatBytes(tag: string, bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const unit = units[power]!;
  const key = `${tag} ${unit}`;
  let format = formats.get(key);
  if (!format)
    formats.set(
      key,
      (format = new Intl.NumberFormat(tag, {
        style: 'unit',
        unit,
        unitDisplay: power === 0 ? 'long' : 'short',
        maximumFractionDigits: power < 2 ? 0 : 1,
        numberingSystem: 'latn',
      })),
    );
  return format.format(bytes / 1_000 ** power);
}
