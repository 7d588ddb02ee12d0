import { errorCodes } from '../protocol/codes.js';
import type { FileInfo } from '../protocol/model.js';
import type { ServerFrameOf, ClientFrame } from '../protocol/frames.js';
import type { LogEvent } from '../protocol/model.js';
import type { Message, MessageDraft } from '../protocol/message.js';
import type { ActBody, FileRow, ForwardBody, OutboxRow, SentRow, UploadPlan } from './cache/cache.js';
import { Timers } from './clock.js';
import type { Change, Commits } from './commits.js';
import { newId } from './new-id.js';
import type { Settings } from './options.js';
import { eventOfAck, nextOf, withoutError, withUpload, type Item } from './outbox-item.js';
import { sendFrame, validDraft } from './send-frame.js';
import type { ReadModel } from './store/read-model.js';
import type { TimelineModel } from './store/timeline-model.js';
import { actionOf, pendingMessage, toMessage } from './store/messages.js';

export interface OutboxLink {
  send(frame: ClientFrame): boolean;
  /** An ack did not come: the link is worth nothing. */
  onSilence(): void;
  /** A message came into the outbox whose file is not at the server yet; with its bytes, where it is a new one. */
  onFile(file?: FileRow): void;
  /** A message left it. */
  onSettled(idClient: string): void;
}

/** What is sent to a conversation: a message of one's own, or others' to be merged into one. */
export type Sendable = { readonly cid: string } & (
  { readonly draft: MessageDraft; readonly forward?: never } | { readonly forward: ForwardBody; readonly draft?: never }
);

/** What a person wrote and the server has not stored: kept, sent in order, one at a time in each conversation. */
export class Outbox {
  readonly #settings: Settings;
  readonly #commits: Commits;
  readonly #model: ReadModel;
  readonly #link: OutboxLink;
  readonly #tab: string;
  readonly #timers: Timers;
  readonly #items = new Map<string, Item>();
  /** Conversation → `idClient` of the one in flight, or of the one that waits to be sent again. */
  readonly #inFlight = new Map<string, string>();
  #online = false;
  #lastOrder = 0;

  constructor(settings: Settings, commits: Commits, model: ReadModel, link: OutboxLink, tab: string) {
    this.#settings = settings;
    this.#commits = commits;
    this.#model = model;
    this.#link = link;
    this.#tab = tab;
    this.#timers = new Timers(settings.clock);
  }

  /** How many are not stored yet. */
  get size(): number {
    return this.#items.size;
  }

  /** All that is not stored yet. */
  rows(): OutboxRow[] {
    return [...this.#items.values()].map(({ row }) => row);
  }

  /**
   * @param left the conversation's draft from now on
   * @throws {ChatError} when the draft breaks a limit
   */
  async send(cid: string, draft: MessageDraft, left?: string): Promise<Message> {
    return this.#write(this.#row(cid, validDraft(cid, draft)), left);
  }

  /** As `send`, of a message whose file is uploaded first. @throws {ChatError} */
  async sendFile(cid: string, draft: MessageDraft, file: Blob, thumbnail: Blob | undefined): Promise<Message> {
    const row = this.#row(cid, { ...validDraft(cid, draft), upload: { total: file.size } });
    return this.#write(row, undefined, { idClient: row.idClient, file, ...(thumbnail && { thumbnail }) });
  }

  async #write(row: OutboxRow, left: string | undefined, file?: FileRow): Promise<Message> {
    await this.#keep(row, false, left, file);
    return pendingMessage(this.#settings.account, row);
  }

  /** Something done to a message that is stored: after what was written before it, and shown at once where it can be undone in sight. */
  act(cid: string, act: ActBody): Promise<void> {
    return this.#keep(this.#row(cid, { type: 'act', body: {}, act }), false);
  }

  /** Several that go together: all of them are kept, or none. @throws {ChatError} when one breaks a limit */
  async sendAll(items: readonly Sendable[]): Promise<void> {
    const rows = items.map(({ cid, draft, forward }) =>
      this.#row(cid, draft ? validDraft(cid, draft) : { type: 'merged', body: {}, forward }),
    );
    const apply = (): void => {
      for (const row of rows) this.#place(row, false);
    };
    await this.#commits.add({ outbox: rows, strict: true, apply });
  }

  /** Whether it waits here and was never offered to the server, which therefore has nothing of it. */
  isUntold(idClient: string): boolean {
    return this.#items.get(idClient)?.tried === false;
  }

  /** Another text for what was never offered. @throws {ChatError} when it breaks a limit */
  async rewrite(idClient: string, content: string, mentions?: readonly string[]): Promise<void> {
    const item = this.#items.get(idClient);
    if (!item) return;
    const { mentions: _, ...body } = item.row.body;
    const draft = { ...body, content, ...(mentions && { mentions: [...mentions] }) };
    const checked = validDraft(item.row.cid, { type: 'text', ...draft });
    // In memory at once: what goes out from here on has the new text.
    item.row = { ...item.row, ...checked };
    await this.#keep(item.row, false);
  }

  /** Offers a failed one again, behind what was written since. */
  async resend(idClient: string): Promise<void> {
    const item = this.#items.get(idClient);
    if (item?.row.status !== 'fail') return;
    const time = this.#settings.clock.wall();
    await this.#keep(
      { ...withoutError(item.row), status: 'sending', order: this.#order(), time, tab: this.#tab },
      true,
    );
  }

  async discard(idClient: string): Promise<void> {
    const item = this.#items.get(idClient);
    if (!item) return;
    const { cid } = item.row;
    await this.#commits.add({
      settled: [idClient],
      apply: () => {
        this.#forget(idClient);
        this.#model.change(cid, (timeline) => {
          timeline.dropTail(idClient);
          timeline.unpend(idClient);
        });
        this.#pump(cid);
      },
    });
  }

  /** Takes over rows that are in the cache: this client's from an earlier life, or those of a tab that is gone. */
  async adopt(rows: readonly OutboxRow[]): Promise<void> {
    const mine = rows.filter(({ idClient }) => !this.#items.has(idClient)).map((row) => ({ ...row, tab: this.#tab }));
    if (mine.length === 0) return;
    await this.#commits.add({
      outbox: mine,
      strict: true,
      apply: () => {
        for (const row of mine) this.#place(row, true);
      },
    });
  }

  /** The history that had acked these is gone: they are to be sent again. */
  offerAgain(rows: readonly SentRow[]): Promise<void> {
    return this.adopt(rows.map(({ ackedAt: _, ...row }) => ({ ...row, status: 'sending' })));
  }

  /** What an ack, or the message itself coming back, means for the row: the change that settles it. */
  settle(idClient: string, event: LogEvent): Change | undefined {
    const item = this.#items.get(idClient);
    if (!item || item.row.act || event.kind !== 'message') return undefined;
    const { row } = item;
    const message = toMessage(row.cid, this.#settings.account, event.message, event.seq);
    // At once, not with the commit: the next one may go out while this one is written down.
    this.#forget(idClient);
    this.#pump(row.cid);
    return {
      settled: [idClient],
      // What the server put together of a history that is gone, it cannot put together again.
      sent: row.forward ? [] : [{ ...row, ackedAt: this.#settings.clock.wall() }],
      apply: () => {
        this.#model.change(row.cid, (timeline) => timeline.settle(message));
        this.#model.tell('send', { message });
      },
    };
  }

  /**
   * An ack of something done to a message: the change that settles it. After a restore it is not offered again.
   * @param seq where the log will have it; absent where it has come already
   */
  settleAct(idClient: string, seq?: number): Change | undefined {
    const { row } = this.#items.get(idClient) ?? {};
    if (!row?.act) return undefined;
    this.#forget(idClient);
    this.#pump(row.cid);
    const apply = (): void => this.#model.change(row.cid, (timeline) => timeline.unpend(idClient, seq));
    return { settled: [idClient], apply };
  }

  /** The log event that an ack stands for; `undefined` when nothing is known of the message here. */
  eventOf(ack: ServerFrameOf<'ack'>): LogEvent | undefined {
    const row = this.row(ack.idClient);
    return row && eventOfAck(row, this.#settings.account, ack);
  }

  row(idClient: string): OutboxRow | undefined {
    return this.#items.get(idClient)?.row;
  }

  /** Writes down how far a file is: what was begun, paused, and at last what the message says of it. */
  async setUpload(idClient: string, plan: Partial<UploadPlan>, done?: { type: string; file: FileInfo }): Promise<void> {
    const item = this.#items.get(idClient);
    if (!item?.row.upload) return;
    const row = (item.row = withUpload(item.row, plan, done));
    await this.#commits.add({
      outbox: [row],
      strict: true,
      apply: () => {
        if (this.#items.get(idClient)?.row !== row) return;
        this.#show(item);
        this.#pump(row.cid);
      },
    });
  }

  /** Shows how far a file is. */
  showUpload(idClient: string, upload: NonNullable<Message['upload']>, stalled = false): void {
    const item = this.#items.get(idClient);
    if (!item || item.row.status === 'fail') return;
    item.stalled = stalled;
    item.shown = upload;
    this.#show(item);
    this.#model.flush();
    if (stalled) this.#pump(item.row.cid);
  }

  #show({ row, shown }: Item): void {
    const message = pendingMessage(this.#settings.account, row);
    const upload = message.upload && shown && { upload: shown };
    this.#model.change(row.cid, (timeline) => timeline.putTail({ ...message, ...upload }));
  }

  /** The file cannot be uploaded, and will not be by itself. */
  refuse(idClient: string, error: { code: number; message: string }): void {
    const item = this.#items.get(idClient);
    if (item?.row.status === 'sending') this.#fail(item, error);
  }

  nack({ idClient, code, message, retry, afterMs }: ServerFrameOf<'nack'>): void {
    const item = this.#items.get(idClient);
    if (!item) return;
    if (!retry) return this.#fail(item, { code, message });
    // It keeps its turn: what was written after it must not overtake it.
    this.#timers.set(idClient, afterMs ?? 1_000, () => this.#transmit(item));
  }

  /** The link is up, and everything missed has been received. */
  online(): void {
    this.#online = true;
    for (const { row } of this.#items.values()) this.#pump(row.cid);
  }

  offline(): void {
    this.#online = false;
    this.#inFlight.clear();
    this.#timers.clear();
    this.#watchAge();
  }

  close(): void {
    this.offline();
    this.#timers.clear();
  }

  /** The draft is another in memory at once, as always: what is typed during the write must not be undone after it. */
  #row(cid: string, given: Pick<OutboxRow, 'type' | 'body' | 'act' | 'forward' | 'upload'>): OutboxRow {
    const time = this.#settings.clock.wall();
    return { idClient: newId(), cid, order: this.#order(), time, tab: this.#tab, status: 'sending', ...given };
  }

  #keep(row: OutboxRow, tried: boolean, left?: string, file?: FileRow): Promise<void> {
    const { cid } = row;
    const drafts = left === undefined ? [] : [{ cid, text: left }];
    for (const { text } of drafts) if (this.#model.setDraft(cid, text)) this.#model.flush();
    const files = file ? [file] : [];
    if (file) this.#link.onFile(file);
    return this.#commits.add({ outbox: [row], files, drafts, strict: true, apply: () => this.#place(row, tried) });
  }

  #place(row: OutboxRow, tried: boolean): void {
    const { idClient, cid } = row;
    const { clock } = this.#settings;
    this.#items.delete(idClient);
    this.#items.set(idClient, { row, tried, since: clock.now() - Math.max(0, clock.wall() - row.time) });
    this.#lastOrder = Math.max(this.#lastOrder, row.order);
    this.#model.change(cid, (timeline) => {
      if (row.act) return this.#pend(timeline, row);
      timeline.dropTail(idClient);
      timeline.putTail(pendingMessage(this.#settings.account, row));
    });
    this.#watchAge();
    this.#pump(cid);
    if (row.upload && !row.upload.done && row.status === 'sending') this.#link.onFile();
  }

  /** As if it were done already. A recall is not: what comes back after a refusal would have been seen to be gone. */
  #pend(timeline: TimelineModel, { idClient, act, time }: OutboxRow): void {
    if (!act || act.act === 'recall') return;
    timeline.pend(idClient, actionOf(act, { seq: 0, by: this.#settings.account, time }));
  }

  #pump(cid: string): void {
    if (!this.#online || this.#inFlight.has(cid)) return;
    const next = nextOf(this.#items.values(), cid);
    if (next) this.#transmit(next);
  }

  #transmit(item: Item): void {
    const { cid, idClient } = item.row;
    this.#inFlight.set(cid, idClient);
    if (!this.#link.send(sendFrame(item.row, item.tried))) return;
    item.tried = true;
    this.#timers.set(idClient, this.#settings.timing.ack, () => this.#link.onSilence());
  }

  #fail(item: Item, error: { code: number; message: string }): void {
    if (item.row.act) return this.#undo(item.row, item.row.act, error);
    const row: OutboxRow = { ...item.row, status: 'fail', error };
    this.#timers.cancel(row.idClient);
    item.row = row;
    void this.#commits.add({
      outbox: [row],
      strict: true,
      apply: () => {
        const message = pendingMessage(this.#settings.account, row);
        this.#model.change(row.cid, (timeline) => timeline.putTail(message));
        this.#model.tell('send-fail', { message, error });
      },
    });
    this.#release(row);
  }

  /** Something that may not be done to a message: it is as if it had never been. */
  #undo({ idClient, cid }: OutboxRow, { act, target: seq }: ActBody, error: { code: number; message: string }): void {
    this.#forget(idClient);
    void this.#commits.add({
      settled: [idClient],
      apply: () => {
        this.#model.change(cid, (timeline) => timeline.unpend(idClient));
        const message = this.#model.timeline(cid).at(seq);
        this.#model.prune(cid);
        this.#model.tell('action-fail', { conversationId: cid, seq, act, error, ...(message && { message }) });
      },
    });
    this.#pump(cid);
  }

  #forget(idClient: string): void {
    const item = this.#items.get(idClient);
    this.#timers.cancel(idClient);
    this.#items.delete(idClient);
    if (item?.row.upload) this.#link.onSettled(idClient);
    if (item) this.#release(item.row);
  }

  /** The next of the conversation may go. */
  #release({ cid, idClient }: OutboxRow): void {
    if (this.#inFlight.get(cid) !== idClient) return;
    this.#inFlight.delete(cid);
    this.#pump(cid);
  }

  /** What could not be sent for a day fails, in sight. */
  #watchAge(): void {
    const { clock, timing } = this.#settings;
    const sending = [...this.#items.values()].filter(({ row }) => row.status === 'sending');
    if (sending.length === 0) return;
    const oldest = Math.min(...sending.map(({ since }) => since));
    this.#timers.set('age', oldest + timing.giveUp - clock.now(), () => {
      const error = { code: errorCodes.serverBusy, message: 'it could not be sent in time' };
      for (const item of [...this.#items.values()]) {
        const old = item.since + timing.giveUp <= clock.now();
        if (old && item.row.status === 'sending') this.#fail(item, error);
      }
      this.#watchAge();
    });
  }

  #order(): number {
    this.#lastOrder = Math.max(this.#lastOrder + 1, this.#settings.clock.wall());
    return this.#lastOrder;
  }
}
