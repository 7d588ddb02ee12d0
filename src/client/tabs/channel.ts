import type { ClientFrame, ServerFrame } from '../../protocol/frames.js';
import type { ConnectionState } from '../api.js';
import type { Greeting } from '../link.js';

/** What the account's clients on this origin, its tabs, say to each other. */
export type Word =
  /** A tab has come that may leave rows in the shared outbox. */
  | { readonly t: 'here' }
  | { readonly t: 'draft'; readonly cid: string; readonly text: string }
  /** One's own marker moved forward. */
  | { readonly t: 'read'; readonly cid: string; readonly seq: number }
  /** Is there somebody who leads? */
  | { readonly t: 'who' }
  /** The answer, and the leader's word whenever its link changes. `connection` names the one that stands. */
  | { readonly t: 'lead'; readonly state: ConnectionState; readonly connection?: string }
  /** To the leader: take me in on that connection; this is where I left off. */
  | { readonly t: 'attach'; readonly connection: string; readonly greeting: Greeting }
  | { readonly t: 'leave' }
  /** To the leader: the network may be back, or a person came. */
  | { readonly t: 'wake' }
  /** To the leader: your link is worth nothing. */
  | { readonly t: 'doubt'; readonly reason: string }
  /** To the leader, for the server. */
  | { readonly t: 'up'; readonly frame: ClientFrame }
  /** From the leader, of the server. */
  | { readonly t: 'down'; readonly frame: ServerFrame };

type Letter = { readonly from: string; readonly to?: string; readonly word: Word };

/** @param addressed whether it was said to this tab alone */
export type Listener = (word: Word, from: string, addressed: boolean) => void;

/** Another version of these words is another language: its tabs do not hear each other. */
const version = 1;

/** The tabs' common line, a `BroadcastChannel`. Between two tabs words keep their order. */
export class TabChannel {
  /** Who speaks here. */
  readonly tab: string;
  readonly #name: string;
  readonly #listener: Listener;
  #channel: BroadcastChannel | undefined;

  constructor(name: string, tab: string, listener: Listener) {
    this.#name = `${name} ${version}`;
    this.tab = tab;
    this.#listener = listener;
  }

  open(): void {
    if (this.#channel) return;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data: { from, to, word } }: MessageEvent<Letter>) => {
      if (to === undefined || to === this.tab) this.#listener(word, from, to !== undefined);
    };
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** @param to default: everybody */
  say(word: Word, to?: string): void {
    this.#channel?.postMessage({ from: this.tab, ...(to !== undefined && { to }), word } satisfies Letter);
  }
}
