import type { ClientFrame } from '../protocol/frames.js';
import { parseConversationId } from '../protocol/ids.js';
import { limits } from '../protocol/limits.js';
import type { Presence } from './api.js';

/** Who is there, of those that somebody looks at. The server is told the whole list whenever it changed. */
export class PresenceWatch {
  readonly #send: (frame: ClientFrame) => boolean;
  readonly #onChange: (account: string) => void;
  /** Account → how many look at it; who was looked at last stands last. */
  readonly #watchers = new Map<string, number>();
  readonly #known = new Map<string, Presence>();
  #online = false;
  #announcing = false;

  constructor(send: (frame: ClientFrame) => boolean, onChange: (account: string) => void) {
    this.#send = send;
    this.#onChange = onChange;
  }

  /** @returns ends this one's looking */
  watch(account: string): () => void {
    this.#count(account, 1);
    let watching = true;
    return () => {
      if (watching) this.#count(account, -1);
      watching = false;
    };
  }

  get(account: string): Presence | undefined {
    return this.#known.get(account);
  }

  receive(account: string, presence: Presence): void {
    if (!this.#watchers.has(account)) return;
    this.#known.set(account, presence);
    this.#onChange(account);
  }

  online(): void {
    this.#online = true;
    if (this.#watchers.size > 0) this.#announceSoon();
  }

  /** The first word was said in a conversation: before that, the server does not tell of the other one. */
  met(cid: string): void {
    const { scene, to } = parseConversationId(cid) ?? {};
    if (scene === 'p2p' && this.#watchers.has(to!) && !this.#known.has(to!)) this.#announceSoon();
  }

  /** Without a link nobody knows who is there. */
  offline(): void {
    this.#online = false;
    const accounts = [...this.#known.keys()];
    this.#known.clear();
    for (const account of accounts) this.#onChange(account);
  }

  #count(account: string, by: 1 | -1): void {
    const before = this.#watchers.get(account) ?? 0;
    const after = before + by;
    this.#watchers.delete(account);
    if (after > 0) this.#watchers.set(account, after);
    else this.#known.delete(account);
    if (before === 0 || after === 0) this.#announceSoon();
  }

  /** A list that appears watches many at once: they go together. */
  #announceSoon(): void {
    if (!this.#online || this.#announcing) return;
    this.#announcing = true;
    queueMicrotask(() => {
      this.#announcing = false;
      if (this.#online) this.#send({ t: 'watch', accounts: [...this.#watchers.keys()].slice(-limits.accounts) });
    });
  }
}
