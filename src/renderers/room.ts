import type { Message } from '../protocol/message.js';
import { customContent } from './custom-content.js';

/** Width and height in pixels. */
export type Room = readonly [width: number, height: number];

/** Pictures are at most so large, and at least so much of them that a time fits on. */
const most = 320;
const least = 96;

/**
 * The room that a body takes up, known before anything of it is loaded, so that nothing moves when it is; `undefined` for what is as
 * large as its text, and for what lacks what it should carry.
 */
export function roomOf(message: Message): Room | undefined {
  const { type, file, location, merged } = message;
  if (type === 'custom') return customRoom(message);
  if (location && type === 'location') return [280, 178];
  if (merged && type === 'merged') return [280, 66 + 18 * Math.min(4, merged.messages.length)];
  if (!file) return undefined;
  if (type === 'audio') return [280, 40];
  if (type === 'file') return [280, 48];
  if (type === 'image' || type === 'video') return pictureRoom(file.w, file.h);
  return undefined;
}

function pictureRoom(w = 0, h = 0): Room {
  if (!(w > 0 && h > 0)) return [240, 180];
  const scale = Math.min(1, most / w, most / h);
  const fit = (side: number): number => Math.max(least, Math.round(side * scale));
  return [fit(w), fit(h)];
}

/** The kinds that come with the package. */
function customRoom(message: Message): Room | undefined {
  const { kind, image, text, buttons } = customContent(message);
  if (kind === 'red-packet') return [240, 92];
  if (kind === 'red-packet-claim') return [220, 22];
  if (kind !== 'card') return undefined;
  const rows = Array.isArray(buttons) ? Math.min(3, buttons.length) : 0;
  return [280, (image ? 140 : 0) + 38 + (text ? 40 : 0) + rows * 40];
}
