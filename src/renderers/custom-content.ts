import type { Message } from '../protocol/message.js';

/** What every `custom` message says of itself; the rest of its JSON is its kind's own, and anything. */
export type CustomContent = { readonly [name: string]: unknown; readonly kind?: string; readonly fallback?: string };

/** Reads a custom message's content; empty for what is not a JSON object. */
export function customContent({ content }: Pick<Message, 'content'>): CustomContent {
  let value: unknown;
  try {
    value = JSON.parse(content ?? '');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const { kind, fallback, ...rest } = value as Record<string, unknown>;
  return {
    ...rest,
    ...(typeof kind === 'string' && { kind }),
    ...(typeof fallback === 'string' && { fallback }),
  };
}
