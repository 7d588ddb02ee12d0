import type { Translation } from '../../i18n/en.js';
import type { Message } from '../../protocol/message.js';
import { previewText } from '../../renderers/preview.js';

/** Puts a text on the clipboard; also where a page is not secure, and the newer way does not exist. */
export async function copyText(text: string, root: Node): Promise<void> {
  const { clipboard } = navigator as { readonly clipboard?: Clipboard };
  if (clipboard) return clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  root.appendChild(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) throw new Error('the browser does not let a page copy');
}

/** Puts a picture on the clipboard, as PNG: the one kind that every clipboard takes. */
export async function copyPicture(url: string): Promise<void> {
  const picture = new Image();
  picture.crossOrigin = 'anonymous';
  picture.src = url;
  // The item takes a promise: Safari lets a page copy only within the click itself.
  const png = picture.decode().then(() => pngOf(picture));
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}

function pngOf(picture: HTMLImageElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext('2d')!.drawImage(picture, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture cannot be read'))), 'image/png');
  });
}

type Telling = {
  readonly t: Translation;
  readonly nameOf: (account: string) => string;
  /** Date and time in full. */
  readonly full: (ms: number) => string;
};

/** Messages as text: one as it was written, several with names and times. */
export function transcript(messages: readonly Message[], { t, nameOf, full }: Telling): string {
  const textOf = (message: Message): string =>
    message.type === 'text' ? (message.content ?? '') : `[${previewText(message, t, nameOf)}]`;
  if (messages.length === 1) return textOf(messages[0]!);
  return messages.map((each) => `${nameOf(each.from)}, ${full(each.time)}\n${textOf(each)}`).join('\n\n');
}
