import type { MessageType } from '../protocol/message.js';
import { fallback } from './fallback.js';
import { media } from './media.js';
import { notification } from './notification.js';
import type { MessageRenderer } from './renderer.js';
import { text } from './text.js';

/** A type that is added to the protocol does not compile until it stands here. */
const table = {
  text,
  notification,
  image: media,
  audio: media,
  video: media,
  file: media,
  location: media,
  merged: media,
  custom: { render: media.render, preview: fallback.preview },
} satisfies Record<MessageType, MessageRenderer>;

/** What draws each type when the page says nothing else. */
export const builtIn: ReadonlyMap<string, MessageRenderer> = new Map(Object.entries(table));
