import { defaultFeatures, type Features, type ServerFrameOf } from '../protocol/frames.js';
import type { ChatClientApi } from './api.js';
import { sentFor, type Cache, type Cursor, type Snapshot } from './cache/cache.js';
import type { Commits } from './commits.js';
import type { Greeting } from './link.js';
import { newId } from './new-id.js';
import type { Outbox } from './outbox.js';
import type { Settings } from './options.js';
import type { ReadModel } from './store/read-model.js';
import type { Sync } from './sync.js';

type Parts = {
  readonly settings: Settings;
  readonly cache: Cache;
  readonly commits: Commits;
  readonly model: ReadModel;
  readonly sync: Sync;
  readonly outbox: Outbox;
};

/** Where this client left off: which history, how far in it, and who it is to the server. */
export class Resume {
  /** This client instance, among the account's others. */
  readonly tab: string;
  readonly #parts: Parts;
  #device = newId();
  #cursor: Cursor | undefined;
  /** Resolves when the outbox has what another history is to be offered again. */
  #offering: Promise<void> = Promise.resolve();
  /** Which history is in memory: also of one that was never received to the end, and has no cursor. */
  #epoch = '';
  /** Whether this connection has begun with a reset. */
  #isReset = false;
  #listLoaded = false;
  #more = false;
  #profile: ChatClientApi['profile'];

  constructor(parts: Parts, tab: string) {
    this.tab = tab;
    this.#parts = parts;
    this.#profile = { account: parts.settings.account };
  }

  get profile(): ChatClientApi['profile'] {
    return this.#profile;
  }

  /** Whether the cache or the server has said which conversations there are. */
  get listLoaded(): boolean {
    return this.#listLoaded;
  }

  get more(): boolean {
    return this.#more;
  }

  set more(more: boolean) {
    this.#more = more;
  }

  /** How far this client has received the account's own events; 0 before the first `synced`. */
  get u(): number {
    return this.#cursor?.u ?? 0;
  }

  restore({ device, cursor, profile, more = false, entries }: Snapshot): void {
    this.#device = device;
    this.#cursor ??= cursor;
    this.#epoch ||= cursor?.epoch ?? '';
    this.#listLoaded ||= cursor !== undefined || entries.length > 0;
    this.#more ||= more;
    if (profile) this.#profile = profile;
  }

  greeting(): Greeting {
    const { sync } = this.#parts;
    const cursor = this.#cursor;
    return { device: this.#device, tab: this.tab, ...(cursor && { resume: { ...cursor, heads: sync.heads() } }) };
  }

  /** What the server said last that it allows. */
  features: Features = defaultFeatures;

  welcome({ epoch, profile, features }: ServerFrameOf<'welcome'>): void {
    if (features) this.features = features;
    const foreign = this.#epoch !== '' && this.#epoch !== epoch;
    this.#epoch = epoch;
    this.#isReset = false;
    this.#profile = profile;
    this.#parts.model.touchList();
    void this.#parts.commits.add({ meta: { profile } });
    if (foreign) this.reset();
    // An earlier life of this page may have ended in the middle of a reset: the cursor forgotten, and nothing offered.
    else if (!this.#cursor) this.#offering = this.#offerAgain();
  }

  /** The server's history is not the one that the cache is of. What was acked lately may be missing there: it is offered again. */
  reset(): void {
    const { commits, sync } = this.#parts;
    if (this.#isReset) return;
    this.#isReset = true;
    this.#cursor = undefined;
    sync.reset();
    this.#offering = commits.add({ reset: true }).then(() => this.#offerAgain());
  }

  /** Resolves when everything is in place for what was not sent yet: what is offered again goes first. */
  async synced({ u, more }: ServerFrameOf<'synced'>): Promise<void> {
    this.#cursor = { epoch: this.#epoch, u };
    const list = (): void => {
      this.#listLoaded = true;
      this.#more = more;
      this.#parts.model.touchList();
    };
    await this.#parts.commits.add({ meta: { cursor: this.#cursor, more }, apply: list });
    await this.#offering;
  }

  /** The account's own event `u` is in; after a hole the cursor stays, so that the next resume closes it. */
  advance(u: number): { readonly cursor?: Cursor } {
    if (!this.#cursor || u !== this.#cursor.u + 1) return {};
    this.#cursor = { ...this.#cursor, u };
    return { cursor: this.#cursor };
  }

  async #offerAgain(): Promise<void> {
    const { cache, commits, outbox, settings } = this.#parts;
    // What was sent from this browser, whoever leads offers.
    if (commits.following) return;
    const since = settings.clock.wall() - sentFor;
    await outbox.offerAgain((await cache.sent()).filter(({ ackedAt }) => ackedAt > since));
  }
}
