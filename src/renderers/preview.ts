import type { Translation } from '../i18n/en.js';
import type { Message } from '../protocol/message.js';
import { renderPreview } from './registry.js';

/**
 * What a message is, in one line of plain text: for a row of the conversation list, a notice, a screen reader.
 * @param nameOf how an account is called; by default its own name
 */
export function previewText(
  message: Message,
  t: Translation,
  nameOf: (account: string) => string = (account) => account,
): string {
  return renderPreview(message, { t, nameOf });
}
