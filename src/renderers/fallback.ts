import type { Translation } from '../i18n/en.js';
import type { Message } from '../protocol/message.js';
import { customContent } from './custom-content.js';
import { oneLine } from './one-line.js';
import type { MessageRenderer } from './renderer.js';

/** Names what cannot be drawn: a type of a later version, a kind that the page has no renderer for, a body that is damaged. */
export const fallback: MessageRenderer = {
  render: (message, { html, t }) => html`<span class="fallback">${describe(message, t)}</span>`,
  preview: (message, { t }) => oneLine(describe(message, t)),
};

function describe(message: Message, t: Translation): string {
  switch (message.type) {
    case 'image':
      return t.image;
    case 'audio':
      return t.audio;
    case 'video':
      return t.video;
    case 'file':
      return message.file?.name ?? t.file;
    case 'location':
      return message.location?.title ?? t.location;
    case 'merged':
      return t.merged;
    case 'custom':
      return customContent(message).fallback || t.unknownMessage;
    default:
      return t.unknownMessage;
  }
}
