import type { ClientEvents, StorageState } from './api.js';
import type { CacheWrite } from './cache/cache.js';
import type { Outbox } from './outbox.js';
import type { Emitter } from './store/emitter.js';
import type { ReadModel } from './store/read-model.js';

type Watched = {
  readonly emitter: Emitter<ClientEvents>;
  readonly cache: { readonly lasting: boolean };
  readonly model: ReadModel;
  readonly outbox: Outbox;
};

const nothingAtRisk: StorageState = { lasting: true, unsent: 0, drafts: 0 };

/** Knows what a person would lose if the page ended now: what they wrote while nothing is kept and the server does not have it. */
export class StorageWatch {
  readonly #watched: Watched;
  #state = nothingAtRisk;

  constructor(watched: Watched) {
    this.#watched = watched;
    const { emitter, cache } = watched;
    if (!cache.lasting) this.#state = { lasting: false, unsent: 0, drafts: 0 };
    // A draft changes the list, a message its timeline.
    emitter.on('conversations', () => this.look());
    emitter.on('timeline', () => this.look());
  }

  get state(): StorageState {
    return this.#state;
  }

  /** What this client would write if its database began anew. */
  present(): Pick<CacheWrite, 'entries' | 'outbox' | 'drafts'> {
    const { model, outbox } = this.#watched;
    const drafts = [...model.list.drafts()].map(([cid, text]) => ({ cid, text }));
    return { entries: [...model.list.entries()], outbox: outbox.rows(), drafts };
  }

  /** Tells what has changed. */
  look(): void {
    const { cache, model, outbox, emitter } = this.#watched;
    const { lasting, unsent, drafts } = this.#state;
    const now = cache.lasting
      ? nothingAtRisk
      : { lasting: false, unsent: outbox.size, drafts: model.list.drafts().size };
    if (now.lasting === lasting && now.unsent === unsent && now.drafts === drafts) return;
    this.#state = now;
    emitter.emit('storage', now);
  }
}
