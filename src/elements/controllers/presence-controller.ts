import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatClientApi } from '../../client/api.js';

/** Follows the presence of those whom the host shows, and of nobody else. */
export class PresenceController implements ReactiveController {
  readonly #watched = new Map<string, () => void>();
  #client: ChatClientApi | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Says who is on screen now. */
  watch(client: ChatClientApi | undefined, accounts: Iterable<string>): void {
    if (client !== this.#client) this.hostDisconnected();
    this.#client = client;
    const wanted = new Set(client ? accounts : []);
    for (const [account, stop] of this.#watched)
      if (!wanted.has(account)) {
        stop();
        this.#watched.delete(account);
      }
    for (const account of wanted)
      if (!this.#watched.has(account)) this.#watched.set(account, client!.watchPresence(account));
  }

  hostDisconnected(): void {
    for (const stop of this.#watched.values()) stop();
    this.#watched.clear();
  }
}
