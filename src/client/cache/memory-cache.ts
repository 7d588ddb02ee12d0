import { isAction, withAction } from '../../protocol/actions.js';
import type { ActionEvent, LogEvent } from '../../protocol/model.js';
import type { Notice } from '../../protocol/groups.js';
import { newId } from '../new-id.js';
import type { Entry } from '../store/entry.js';
import {
  sentFor,
  type Cache,
  type CacheWrite,
  type Draft,
  type FileRow,
  type GroupRow,
  type Meta,
  type OutboxRow,
  type SentRow,
  type Snapshot,
} from './cache.js';

/** How many events are kept; beyond, the ones put first go. */
const capacity = 20_000;

/** The cache where there is no database: lives as long as the client. */
export class MemoryCache implements Cache {
  readonly #device = newId();
  readonly #events = new Map<string, LogEvent>();
  readonly #entries = new Map<string, Entry>();
  readonly #outbox = new Map<string, OutboxRow>();
  readonly #files = new Map<string, FileRow>();
  readonly #sent = new Map<string, SentRow>();
  /** An empty text: removed. */
  readonly #drafts = new Map<string, string>();
  readonly #settled = new Set<string>();
  readonly #groups = new Map<string, GroupRow>();
  readonly #notices = new Map<number, Notice>();
  #meta: Meta = {};

  load(now: number): Promise<Snapshot> {
    for (const row of this.#sent.values()) if (row.ackedAt <= now - sentFor) this.#sent.delete(row.idClient);
    return Promise.resolve({
      ...this.#meta,
      device: this.#device,
      entries: [...this.#entries.values()],
      drafts: this.#allDrafts().filter(({ text }) => text !== ''),
      outbox: byOrder(this.#outbox),
      ...(this.#groups.size > 0 && { groups: [...this.#groups.values()] }),
      ...(this.#notices.size > 0 && { notices: [...this.#notices.values()] }),
    });
  }

  write(write: CacheWrite): Promise<void> {
    for (const { cid, below } of write.forget ?? []) this.#forget(cid, below);
    for (const { cid, event } of write.events) this.#put(cid, event);
    for (const { cid, event } of write.events) if (isAction(event)) this.#act(cid, event);
    for (const entry of write.entries) this.#entries.set(entry.conversation.id, entry);
    for (const row of write.outbox) {
      this.#outbox.set(row.idClient, row);
      this.#settled.delete(row.idClient);
    }
    for (const file of write.files ?? []) this.#files.set(file.idClient, file);
    for (const idClient of write.settled) {
      this.#files.delete(idClient);
      this.#outbox.delete(idClient);
      this.#settled.add(idClient);
    }
    for (const row of write.sent) this.#sent.set(row.idClient, row);
    for (const { cid, text } of write.drafts) this.#drafts.set(cid, text);
    this.#meta = { ...this.#meta, ...write.meta };
    for (const row of write.groups ?? []) this.#groups.set(row.id, row);
    for (const notice of write.notices ?? []) this.#notices.set(notice.num, notice);
    for (const oldest of this.#events.keys()) {
      if (this.#events.size <= capacity) break;
      this.#events.delete(oldest);
    }
    return Promise.resolve();
  }

  events(cid: string, from: number, to: number): Promise<LogEvent[]> {
    const found: LogEvent[] = [];
    for (let seq = from; seq <= to; seq++) {
      const event = this.#events.get(key(cid, seq));
      if (event) found.push(event);
    }
    return Promise.resolve(found);
  }

  outbox(): Promise<OutboxRow[]> {
    return Promise.resolve(byOrder(this.#outbox));
  }

  sent(): Promise<SentRow[]> {
    return Promise.resolve(byOrder(this.#sent));
  }

  file(idClient: string): Promise<FileRow | undefined> {
    return Promise.resolve(this.#files.get(idClient));
  }

  reset(): Promise<void> {
    this.#events.clear();
    this.#entries.clear();
    this.#groups.clear();
    this.#notices.clear();
    const { cursor: _, noticesRead: _n, ...rest } = this.#meta;
    this.#meta = rest;
    return Promise.resolve();
  }

  evict(): Promise<void> {
    this.#events.clear();
    return Promise.resolve();
  }

  close(): void {
    // Nothing is open.
  }

  /** All of it but the pages, and what was taken out, as one write into another cache. */
  everything(): CacheWrite {
    return {
      events: [],
      entries: [...this.#entries.values()],
      outbox: byOrder(this.#outbox),
      files: [...this.#files.values()],
      settled: [...this.#settled],
      sent: byOrder(this.#sent),
      drafts: this.#allDrafts(),
      meta: this.#meta,
      groups: [...this.#groups.values()],
      notices: [...this.#notices.values()],
      strict: true,
    };
  }

  /** As in the database: what was done to a message since stays done. */
  #put(cid: string, event: LogEvent): void {
    const known = this.#events.get(key(cid, event.seq));
    if (known?.kind === 'message' && event.kind === 'message' && (known.message.rev ?? 0) > (event.message.rev ?? 0))
      return;
    this.#events.set(key(cid, event.seq), event);
  }

  #act(cid: string, action: ActionEvent): void {
    const at = key(cid, action.target);
    const known = this.#events.get(at);
    if (known?.kind === 'message') this.#events.set(at, { ...known, message: withAction(known.message, action) });
  }

  #forget(cid: string, below: number): void {
    const start = `${cid} `;
    for (const [at, { seq }] of this.#events) if (seq < below && at.startsWith(start)) this.#events.delete(at);
  }

  #allDrafts(): Draft[] {
    return [...this.#drafts].map(([cid, text]) => ({ cid, text }));
  }
}

function byOrder<Row extends OutboxRow>(rows: ReadonlyMap<string, Row>): Row[] {
  return [...rows.values()].sort((a, b) => a.order - b.order);
}

function key(cid: string, seq: number): string {
  return `${cid} ${seq}`;
}
