import type { Message } from '../../src/protocol/message.js';
import type { FileInfo } from '../../src/protocol/model.js';

/** A landscape of its own colours, as an object URL. */
export async function makePicture(width: number, height: number, hue = 200): Promise<string> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const draw = canvas.getContext('2d')!;
  const sky = draw.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue} 70% 80%)`);
  sky.addColorStop(1, `hsl(${hue + 40} 50% 55%)`);
  draw.fillStyle = sky;
  draw.fillRect(0, 0, width, height);
  draw.fillStyle = 'hsl(48 95% 80%)';
  draw.beginPath();
  draw.arc(width * 0.45, height * 0.3, Math.min(width, height) * 0.11, 0, 7);
  draw.fill();
  draw.fillStyle = `hsl(${hue} 45% 26%)`;
  draw.beginPath();
  for (const [x, y] of [
    [0, 1],
    [0, 0.75],
    [0.25, 0.48],
    [0.45, 0.68],
    [0.68, 0.42],
    [1, 0.8],
    [1, 1],
  ] as const)
    draw.lineTo(x * width, y * height);
  draw.fill();
  const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/png'));
  return URL.createObjectURL(blob!);
}

/** A tone of so many seconds as a WAV file. */
export function makeVoice(seconds: number): string {
  const rate = 8_000;
  const count = Math.round(seconds * rate);
  const view = new DataView(new ArrayBuffer(44 + count));
  const letters = (at: number, text: string): void =>
    [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  letters(0, 'RIFF');
  view.setUint32(4, 36 + count, true);
  letters(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  letters(36, 'data');
  view.setUint32(40, count, true);
  for (let i = 0; i < count; i++) view.setUint8(44 + i, 128 + Math.round(8 * Math.sin(i / 6)));
  return URL.createObjectURL(new Blob([view], { type: 'audio/wav' }));
}

/** What a voice of the mock sounds like. */
export const peaks: readonly number[] = [
  6, 10, 16, 22, 14, 26, 18, 10, 20, 28, 16, 8, 14, 22, 26, 12, 18, 24, 10, 6, 14, 20, 12, 8, 16, 10, 6, 12,
].map((height) => Math.round((height / 28) * 100));

export const fileOf = (url: string, fields: Partial<FileInfo> = {}): FileInfo => ({
  url,
  name: 'file.bin',
  size: 1_000,
  ext: 'bin',
  mime: 'application/octet-stream',
  ...fields,
});

/** A picture message of a size, its file at `/files/<name>`. */
export const imageOf = (name: string, w: number, h: number): Partial<Message> => ({
  type: 'image',
  file: fileOf(`/files/${name}`, { name: `${name}.png`, ext: 'png', mime: 'image/png', w, h }),
});
