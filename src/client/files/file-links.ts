import { errorCodes } from '../../protocol/codes.js';
import { limits } from '../../protocol/limits.js';
import { Timers } from '../clock.js';
import { ChatError } from '../errors.js';
import type { Settings } from '../options.js';
import type { Requests } from '../requests.js';

/** What is asked for within so many ms goes out in one frame. */
const gatherMs = 5;
/** Links that are about to end are not given any more, ms. */
const marginMs = 60_000;
const mostKnown = 2_000;

type Asking = { readonly resolve: (link: string) => void; readonly reject: (error: unknown) => void };

/** The server's links to files: asked for together, and again only when they are about to end. */
export class FileLinks {
  readonly #settings: Settings;
  readonly #requests: Requests;
  readonly #timers: Timers;
  readonly #known = new Map<string, { readonly link: string; readonly until: number }>();
  /** Conversation → id → who wants to know. */
  readonly #asked = new Map<string, Map<string, Asking[]>>();

  constructor(settings: Settings, requests: Requests) {
    this.#settings = settings;
    this.#requests = requests;
    this.#timers = new Timers(settings.clock);
  }

  /** `/files/…`, relative to the server. @throws {ChatError} 404 for what one may not see, or is not there */
  get(cid: string, id: string): Promise<string> {
    const known = this.#known.get(id);
    if (known && this.#settings.clock.now() < known.until) return Promise.resolve(known.link);
    return new Promise((resolve, reject) => {
      const ids = this.#asked.get(cid) ?? new Map<string, Asking[]>();
      this.#asked.set(cid, ids);
      ids.set(id, [...(ids.get(id) ?? []), { resolve, reject }]);
      if (!this.#timers.has('gather')) this.#timers.set('gather', gatherMs, () => this.#ask());
    });
  }

  #ask(): void {
    for (const [cid, asked] of this.#asked) {
      const all = [...asked];
      for (let i = 0; i < all.length; i += limits.files) void this.#askFor(cid, all.slice(i, i + limits.files));
    }
    this.#asked.clear();
  }

  async #askFor(cid: string, asked: readonly [string, readonly Asking[]][]): Promise<void> {
    try {
      const ids = asked.map(([id]) => id);
      const { urls, ttlS } = await this.#requests.ask<'files'>({ t: 'files', cid, ids });
      const until = this.#settings.clock.now() + Math.max(ttlS * 1_000 - marginMs, ttlS * 500);
      const links = new Map(urls);
      for (const [id, waiting] of asked) {
        const link = links.get(id);
        if (link !== undefined) this.#remember(id, link, until);
        for (const { resolve, reject } of waiting)
          if (link === undefined) reject(new ChatError(errorCodes.notFound, 'there is no such file'));
          else resolve(link);
      }
    } catch (cause) {
      for (const [, waiting] of asked) for (const { reject } of waiting) reject(cause);
    }
  }

  #remember(id: string, link: string, until: number): void {
    this.#known.delete(id);
    this.#known.set(id, { link, until });
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
  }
}
