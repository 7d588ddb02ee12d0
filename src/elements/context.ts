import { ContextRoot, createContext } from '@lit/context';
import type { ChatClientApi } from '../client/api.js';

/**
 * The client; `null` while one is on its way, `undefined` while nobody is signed in. Keys by `Symbol.for`: two bundles on one page
 * that each carry a copy of this module still understand each other.
 */
export const clientContext = createContext<ChatClientApi | null | undefined>(Symbol.for('im-elements/client'));

/** Which conversation is open, and how to open another; replaced at each change. */
export type Selection = {
  readonly conversationId: string | undefined;
  /** Where it is opened: a message's `seq`. */
  readonly at?: number | undefined;
  readonly select: (conversationId: string | undefined, at?: number) => void;
};

export const selectionContext = createContext<Selection | undefined>(Symbol.for('im-elements/selection'));

const rooted = new WeakSet<Document>();

/** Keeps the requests that nobody answered, so that a provider which is defined after its consumers still reaches them. */
export function keepUnansweredRequests(document: Document): void {
  if (rooted.has(document)) return;
  rooted.add(document);
  new ContextRoot().attach(document.documentElement);
}
