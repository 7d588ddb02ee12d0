import { limits } from '../protocol/limits.js';
import type { Message } from '../protocol/message.js';
import type { LogEvent } from '../protocol/model.js';
import type { Cache } from './cache/cache.js';
import type { Commits } from './commits.js';
import type { Requests } from './requests.js';
import type { Settings } from './options.js';
import { messageOf } from './store/messages.js';
import type { ReadModel } from './store/read-model.js';
import type { Sync } from './sync.js';

type Parts = {
  readonly settings: Settings;
  readonly cache: Cache;
  readonly commits: Commits;
  readonly model: ReadModel;
  readonly requests: Requests;
  readonly sync: Sync;
};

type Asked = { readonly seq: number; readonly answer: (message: Message | undefined) => void };

/** Messages by their places, wherever these are: what a quote or a pin shows. */
export class SingleMessages {
  readonly #parts: Parts;
  /** What is being looked for, so that it is looked for once. */
  readonly #finding = new Map<string, Promise<Message | undefined>>();
  /** What the server is to be asked, together. */
  readonly #asked = new Map<string, Asked[]>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  at(cid: string, seq: number): Promise<Message | undefined> {
    const shown = this.#parts.model.view(cid).messages.find((message) => message.seq === seq);
    if (shown) return Promise.resolve(shown);
    const key = `${cid} ${seq}`;
    const running = this.#finding.get(key) ?? this.#find(cid, seq).finally(() => this.#finding.delete(key));
    this.#finding.set(key, running);
    return running;
  }

  /** Newest pin first. */
  async pinned(cid: string): Promise<readonly Message[]> {
    const { events } = await this.#parts.requests.ask<'pins'>({ t: 'pins', cid });
    return (await this.#keep(cid, events)).filter(({ pinned }) => pinned);
  }

  async #find(cid: string, seq: number): Promise<Message | undefined> {
    const { cache, settings, sync } = this.#parts;
    const [known] = sync.present(cid, await cache.events(cid, seq, seq));
    if (known) return messageOf(cid, settings.account, known);
    return new Promise((answer) => {
      const waiting = this.#asked.get(cid) ?? [];
      this.#asked.set(cid, waiting);
      waiting.push({ seq, answer });
      if (waiting.length === 1) queueMicrotask(() => void this.#ask(cid));
    });
  }

  async #ask(cid: string): Promise<void> {
    const waiting = this.#asked.get(cid) ?? [];
    this.#asked.delete(cid);
    for (let i = 0; i < waiting.length; i += limits.picked) {
      const some = waiting.slice(i, i + limits.picked);
      // Without an answer a quote says that it does not know.
      const found = await this.#fetch(cid, some).catch((): Message[] => []);
      for (const { seq, answer } of some) answer(found.find((message) => message.seq === seq));
    }
  }

  async #fetch(cid: string, asked: readonly Asked[]): Promise<Message[]> {
    const seqs = asked.map(({ seq }) => seq);
    const { events } = await this.#parts.requests.ask<'messages'>({ t: 'messages', cid, seqs });
    return this.#keep(cid, events);
  }

  async #keep(cid: string, answered: readonly LogEvent[]): Promise<Message[]> {
    const { commits, settings, sync } = this.#parts;
    const events = sync.present(cid, answered);
    await commits.add({ cid, events });
    return events.flatMap((event) => messageOf(cid, settings.account, event) ?? []);
  }
}
