import type { TemplateResult } from 'lit';
import type { Translation } from '../i18n/en.js';
import type { Message } from '../protocol/message.js';
import { customContent } from './custom-content.js';
import { fallback } from './fallback.js';
import { oneLine } from './one-line.js';
import type { MessageRenderer, RenderContext } from './renderer.js';
import { roomOf, type Room } from './room.js';
import { text } from './text.js';

/**
 * What is more than text. The elements that draw it are loaded when the first one is needed; until then, and before their pictures
 * have come, the room that they will take up stands there.
 */
export const media: MessageRenderer = {
  render: (message, context) => {
    const room = roomOf(message);
    const drawn = room && draw(message, context, roomIn(context, room));
    if (!drawn) return fallback.render(message, context);
    const { html } = context;
    const caption = message.type !== 'custom' && message.content;
    return caption ? [drawn, html`<div class="caption" dir="auto">${text.render(message, context)}</div>`] : drawn;
  },
  preview: (message, { t }) => oneLine([`[${nameOf(message, t)}]`, detailOf(message)].join(' ')),
};

function roomIn({ html }: RenderContext, [width, height]: Room): TemplateResult {
  return html`<svg class="room" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}></svg>`;
}

function draw(message: Message, context: RenderContext, room: TemplateResult): TemplateResult | undefined {
  const { html } = context;
  switch (message.type === 'custom' ? customContent(message).kind : message.type) {
    case 'image':
      return html`<im-image-body class="media picture" .message=${message} .context=${context}>${room}</im-image-body>`;
    case 'video':
      return html`<im-video-body class="media picture" .message=${message} .context=${context}>${room}</im-video-body>`;
    case 'audio':
      return html`<im-audio-body class="media" .message=${message} .context=${context}>${room}</im-audio-body>`;
    case 'file':
      return html`<im-file-body class="media" .message=${message} .context=${context}>${room}</im-file-body>`;
    case 'location':
      return html`<im-place-body class="media" .message=${message} .context=${context}>${room}</im-place-body>`;
    case 'merged':
      return html`<im-merged-body class="media" .message=${message} .context=${context}>${room}</im-merged-body>`;
    case 'card':
      return html`<im-card-body class="media" .message=${message} .context=${context}>${room}</im-card-body>`;
    case 'red-packet':
    case 'red-packet-claim':
      return html`<im-red-packet-body class="media" .message=${message} .context=${context}
        >${room}</im-red-packet-body
      >`;
    default:
      return undefined;
  }
}

function nameOf({ type }: Message, t: Translation): string {
  const names = new Map(
    Object.entries({
      image: t.image,
      audio: t.audio,
      video: t.video,
      file: t.file,
      location: t.location,
      merged: t.merged,
    }),
  );
  return names.get(type) ?? t.unknownMessage;
}

function detailOf({ type, content = '', file, location, merged }: Message): string {
  const seconds = Math.round((file?.duration ?? 0) / 1_000);
  switch (type) {
    case 'audio':
    case 'video':
      return seconds > 0 ? clock(seconds) : content;
    case 'file':
      return file?.name ?? '';
    case 'location':
      return location?.title ?? '';
    case 'merged':
      return merged?.title ?? '';
    default:
      return content;
  }
}

/** `0:14`, `1:02:03` */
export function clock(seconds: number): string {
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}
