import type { Message } from '../protocol/message.js';
import { builtIn } from './built-in.js';
import { drawAnew } from './changes.js';
import { customContent } from './custom-content.js';
import { fallback } from './fallback.js';
import type { MessageRenderer, PreviewMessage, RenderContext, RenderMessage } from './renderer.js';

const registered = new Map<string, MessageRenderer>();
const reported = new WeakSet<MessageRenderer>();

/**
 * Draws messages of a type, or custom messages of a kind, the page's way; what is on screen is drawn anew. A later call for the same
 * type wins. A renderer that throws is reported once, and the fallback stands in for it.
 * @param type a message type (`image`), or the `kind` in a custom message's JSON content (`red-packet`)
 * @param render draws the body
 * @param preview says it in one line; by default the message's fallback text
 */
export function registerRenderer(type: string, render: RenderMessage, preview?: PreviewMessage): void {
  registered.set(type, { render, preview: preview ?? builtIn.get(type)?.preview ?? fallback.preview });
  drawAnew();
}

/** A message's body. Never throws. */
export function renderBody(message: Message, context: RenderContext): unknown {
  return attempt(message, (renderer) => renderer.render(message, context));
}

/** A message in one line of plain text. Never throws. */
export function renderPreview(message: Message, context: Parameters<PreviewMessage>[1]): string {
  return attempt(message, (renderer) => renderer.preview(message, context));
}

function attempt<T>(message: Message, use: (renderer: MessageRenderer) => T): T {
  const renderer = rendererFor(message);
  try {
    return use(renderer);
  } catch (error) {
    if (!reported.has(renderer))
      console.error(`im-elements: the renderer for a message of type "${message.type}" failed.`, error);
    reported.add(renderer);
    return use(fallback);
  }
}

function rendererFor(message: Message): MessageRenderer {
  const type = message.type === 'custom' ? (customContent(message).kind ?? '') : message.type;
  return registered.get(type) ?? builtIn.get(message.type) ?? fallback;
}
