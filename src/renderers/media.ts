import type { Message } from '../protocol/message.js';
import { fallback } from './fallback.js';
import { oneLine } from './one-line.js';
import type { MessageRenderer } from './renderer.js';
import { roomOf } from './room.js';
import { text } from './text.js';

/**
 * What is more than text. The elements that draw it are loaded when the first one is needed; until then, and before their pictures
 * have come, the room that they will take up stands there.
 */
export const media: MessageRenderer = {
  render: (message, context) => {
    const { html } = context;
    const room = roomOf(message);
    if (!room) return fallback.render(message, context);
    const [width, height] = room;
    const { type, content } = message;
    const body = html`<im-body
      class=${type === 'image' || type === 'video' ? 'media picture' : 'media'}
      .message=${message}
      .context=${context}
      ><svg class="room" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}></svg
    ></im-body>`;
    if (type === 'custom' || !content) return body;
    return [body, html`<div class="caption" dir="auto">${text.render(message, context)}</div>`];
  },
  // It stands for types that the protocol has, so each of them has its word.
  preview: (message, { t }) => oneLine(`[${t[message.type as 'image']}] ${detailOf(message)}`),
};

function detailOf({ type, content = '', file, location, merged }: Message): string {
  const seconds = Math.round((file?.duration ?? 0) / 1_000);
  if (seconds > 0) return clock(seconds);
  return (type === 'file' ? file?.name : (location ?? merged)?.title) ?? content;
}

/** `0:14`, `1:02:03` */
export function clock(seconds: number): string {
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}
