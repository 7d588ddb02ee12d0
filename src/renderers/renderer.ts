import type { html } from 'lit';
import type { ChatClientApi } from '../client/api.js';
import type { Message } from '../protocol/message.js';
import type { Translation } from '../i18n/en.js';

/** What a renderer is given beside the message. */
export type RenderContext = {
  /** Lit's template tag, so that a page needs no copy of its own. */
  readonly html: typeof html;
  /** The texts in the reader's language. */
  readonly t: Translation;
  /** Whether the message is the one that the keyboard is at: only then may its links and buttons be tab stops. */
  readonly active: boolean;
  /** What a body can do: send an answer, ask where a file is. `undefined` outside a connection. */
  readonly client?: ChatClientApi | undefined;
  /** Whether texts may use a little Markdown. */
  readonly markdown?: boolean;
  /** How an account is called here. */
  nameOf(account: string): string;
};

/** Draws a message's body: a template, a string or a node. Author, time and status are drawn round it. */
export type RenderMessage = (message: Message, context: RenderContext) => unknown;

/** Says in one line what a message is, for lists, notices and screen readers. */
export type PreviewMessage = (message: Message, context: Pick<RenderContext, 't' | 'nameOf'>) => string;

export type MessageRenderer = { readonly render: RenderMessage; readonly preview: PreviewMessage };
