import type { MessageType } from '../protocol/message.js';
import { fallback } from './fallback.js';
import { notification } from './notification.js';
import type { MessageRenderer } from './renderer.js';
import { text } from './text.js';

/** A type that is added to the protocol does not compile until it stands here. */
const table = {
  text,
  notification,
  image: fallback,
  audio: fallback,
  video: fallback,
  file: fallback,
  location: fallback,
  custom: fallback,
  merged: fallback,
} satisfies Record<MessageType, MessageRenderer>;

/** What draws each type when the page says nothing else. */
export const builtIn: ReadonlyMap<string, MessageRenderer> = new Map(Object.entries(table));
