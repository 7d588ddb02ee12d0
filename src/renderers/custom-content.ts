import type { Message } from '../protocol/message.js';

/** What every `custom` message says of itself; the rest of its JSON is its kind's own. */
export type CustomContent = { readonly kind?: string; readonly fallback?: string };

/** Reads a custom message's content; empty for what is not a JSON object. */
export function customContent(message: Message): CustomContent {
  let value: unknown;
  try {
    value = JSON.parse(message.content ?? '');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const { kind, fallback } = value as Record<string, unknown>;
  return { ...(typeof kind === 'string' && { kind }), ...(typeof fallback === 'string' && { fallback }) };
}
