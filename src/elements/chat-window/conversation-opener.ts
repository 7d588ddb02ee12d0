import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatClientApi } from '../../client/api.js';
import { errorCodes } from '../../protocol/codes.js';
import { holdTimeline } from './timeline-holds.js';

export type Opened =
  | { readonly state: 'none' | 'opening' | 'open' }
  /** `code` is one of the protocol's `errorCodes`, where the client said why. */
  | { readonly state: 'failed'; readonly code: number | undefined };

/** Conversations whose messages stay in memory, so that going back to one finds it as it was. */
const mostHeld = 3;

/** Brings a conversation and its messages into the read model, and says how far it is. The last one asked for wins. */
export class ConversationOpener implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #client: ChatClientApi | undefined;
  #id: string | undefined;
  #opened: Opened = { state: 'none' };
  /** By id, the longest unvisited first. */
  readonly #held = new Map<string, () => void>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get opened(): Opened {
    return this.#opened;
  }

  /** Opens a conversation; none where either is missing. */
  show(client: ChatClientApi | undefined, id: string | undefined): void {
    if (client === this.#client && id === this.#id) return;
    if (client !== this.#client) this.#release();
    this.#client = client;
    this.#id = id;
    if (client && id !== undefined) this.#open(client, id);
    else this.#opened = { state: 'none' };
  }

  /** Tries again what failed for a reason that may have passed. */
  retry(): void {
    const failed = this.#opened.state === 'failed' && this.#opened.code !== errorCodes.notFound;
    if (failed && this.#client && this.#id !== undefined) this.#open(this.#client, this.#id);
  }

  hostDisconnected(): void {
    this.#release();
    this.#client = undefined;
    this.#id = undefined;
    this.#opened = { state: 'none' };
  }

  #open(client: ChatClientApi, id: string): void {
    if (client.conversation(id)) return this.#fill(client, id);
    this.#opened = { state: 'opening' };
    const current = (): boolean => client === this.#client && id === this.#id;
    client.openConversation(id).then(
      () => {
        if (!current()) return;
        this.#fill(client, id);
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        if (!current()) return;
        this.#opened = { state: 'failed', code: (error as { readonly code?: number }).code };
        this.#host.requestUpdate();
      },
    );
  }

  #fill(client: ChatClientApi, id: string): void {
    this.#opened = { state: 'open' };
    const release = this.#held.get(id) ?? holdTimeline(client, id);
    this.#held.delete(id);
    this.#held.set(id, release);
    if (this.#held.size > mostHeld) this.#drop(this.#held.keys().next().value!);
    // Who left it in the middle finds it there.
    if (client.timeline(id).hasNewer) return;
    // What goes wrong here the client tells as an error of its own, and it asks again when it is connected.
    client.openTimeline(id).catch(() => undefined);
  }

  #drop(id: string): void {
    this.#held.get(id)?.();
    this.#held.delete(id);
  }

  #release(): void {
    for (const id of [...this.#held.keys()]) this.#drop(id);
  }
}
