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

const named = /^(image|audio|video|file|location|merged)$/;

function describe(message: Message, t: Translation): string {
  const { type, file, location } = message;
  if (type === 'custom') return customContent(message).fallback || t.unknownMessage;
  return file?.name || location?.title || (named.test(type) ? t[type as 'image'] : t.unknownMessage);
}
