import type { Message, MessageDraft } from '../protocol/message.js';
import type {
  ChatClientApi,
  ClientEvents,
  ConnectionState,
  Conversation,
  Presence,
  StorageState,
  Timeline,
} from './api.js';
import type { Snapshot } from './cache/cache.js';
import { wipeDatabase } from './cache/wipe.js';
import { defaultFeatures, notYet } from './not-yet.js';
import { NetworkSignals } from './network-signals.js';
import { resolveOptions, type ChatClientOptions, type Settings } from './options.js';
import { makeParts, type Parts } from './parts.js';
import { SleepWatch } from './sleep-watch.js';
import { asError, Emitter } from './store/emitter.js';
import { Attention } from './tabs/attention.js';
import { CommonLock } from './tabs/common-lock.js';

/** The chat without a screen: one account, one server, one connection. What it does stands in its parts; here is its face, and its life. */
export class ChatClient implements ChatClientApi {
  readonly account: string;
  readonly #settings: Settings;
  readonly #emitter = new Emitter<ClientEvents>();
  readonly #parts: Parts;
  readonly #signals: NetworkSignals;
  readonly #sleepWatch: SleepWatch;
  readonly #attention: Attention;
  /** Held as long as this client may have the database open. */
  readonly #openLock: CommonLock;
  /** Resolves when the cache has told for the first time what it knows. */
  readonly #ready: Promise<void>;
  #setReady: () => void = () => undefined;
  /** Resolves when the cache has been read; absent while closed. */
  #opened: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  /** @throws {TypeError} when an option is missing or wrong */
  constructor(options: ChatClientOptions) {
    this.#settings = resolveOptions(options);
    this.account = this.#settings.account;
    this.#ready = new Promise((ready) => (this.#setReady = ready));
    this.#parts = makeParts(this.#settings, {
      emitter: this.#emitter,
      ready: this.#ready,
      opened: () => this.#opened,
      onReturn: () => void this.#return(),
    });
    const { locks, name } = this.#settings;
    this.#openLock = new CommonLock(locks, `${name} open`);
    this.#attention = new Attention(locks, name);
    this.#emitter.on('message', ({ message }) => void this.#ring(message));
    const { link } = this.#parts;
    this.#signals = new NetworkSignals(this.#settings.signals, {
      onWake: () => link.wake(),
      onSleep: () => link.sleep(),
      onHide: (hidden) => link.hide(hidden),
    });
    this.#sleepWatch = new SleepWatch(this.#settings.clock, () => {
      link.drop('the machine was asleep');
      link.wake();
    });
  }

  get connection(): ConnectionState {
    return this.#parts.link.state;
  }

  get profile(): ChatClientApi['profile'] {
    return this.#parts.resume.profile;
  }

  get storage(): StorageState {
    return this.#parts.storage.state;
  }

  connect(): void {
    if (!this.#opened) {
      this.#opened = this.#open();
      this.#signals.start();
      if (this.#settings.signals) this.#sleepWatch.start();
    }
    this.#parts.link.connect();
  }

  close(): Promise<void> {
    if (!this.#opened) return this.#closed ?? Promise.resolve();
    const opened = this.#opened;
    this.#opened = undefined;
    this.#signals.stop();
    this.#sleepWatch.stop();
    this.#parts.link.close();
    this.#closed = opened.then(async () => {
      this.#parts.outbox.close();
      await this.#parts.commits.idle();
      if (!this.#opened) this.#parts.link.release();
      this.#parts.cache.close();
      if (!this.#opened) this.#openLock.release();
    });
    return this.#closed;
  }

  async signOut(): Promise<void> {
    await this.close();
    if (this.#settings.cache !== 'indexeddb' || this.#opened) return;
    const { name } = this.#settings;
    try {
      await this.#openLock.alone(() => wipeDatabase(name));
    } catch (cause) {
      this.#emitter.emit('error', { error: asError(cause) });
    }
  }

  on<K extends keyof ClientEvents>(event: K, listener: (detail: ClientEvents[K]) => void): () => void {
    return this.#emitter.on(event, listener);
  }

  conversations(): readonly Conversation[] {
    return this.#parts.model.list.sorted();
  }

  conversation(id: string): Conversation | undefined {
    return this.#parts.model.conversation(id);
  }

  get conversationsLoading(): boolean {
    return !this.#parts.resume.listLoaded;
  }

  get hasMoreConversations(): boolean {
    return this.#parts.resume.more;
  }

  loadMoreConversations(): Promise<void> {
    return this.#parts.directory.loadMore();
  }

  get unreadTotal(): number {
    return this.#parts.model.list.unreadTotal();
  }

  async openConversation(id: string): Promise<Conversation> {
    await this.#ready;
    return this.#parts.directory.open(id);
  }

  updateConversation(id: string, change: { pinned?: boolean; muted?: boolean; custom?: string }): Promise<void> {
    return this.#parts.directory.update(id, change);
  }

  setDraft(id: string, text: string): void {
    if (!this.#parts.model.setDraft(id, text)) return;
    this.#parts.model.flush();
    void this.#parts.commits.add({ drafts: [{ cid: id, text }] });
    this.#parts.link.tellDraft(id, text);
  }

  timeline(id: string): Timeline {
    return this.#parts.model.view(id);
  }

  openTimeline(id: string): Promise<void> {
    return this.#parts.history.open(id);
  }

  loadOlder(id: string): Promise<void> {
    return this.#parts.history.loadOlder(id);
  }

  loadNewer(id: string): Promise<void> {
    return this.#parts.history.loadNewer(id);
  }

  releaseTimeline(id: string): void {
    this.#parts.history.release(id);
  }

  async history(id: string, options: { before?: number; limit?: number } = {}): Promise<Message[]> {
    await this.#ready;
    return this.#parts.history.read(id, options);
  }

  async send(id: string, draft: MessageDraft, left?: string): Promise<Message> {
    this.#parts.typing.sent(id);
    const message = await this.#parts.outbox.send(id, draft, left);
    if (left !== undefined) this.#parts.link.tellDraft(id, this.#parts.model.list.draft(id));
    return message;
  }

  resend(idClient: string): Promise<void> {
    return this.#parts.outbox.resend(idClient);
  }

  discard(idClient: string): Promise<void> {
    return this.#parts.outbox.discard(idClient);
  }

  markRead(id: string, seq?: number): void {
    this.#parts.receipts.mark(id, seq);
  }

  setTyping(id: string, on: boolean): void {
    this.#parts.typing.set(id, on);
  }

  typing(id: string): readonly string[] {
    return this.#parts.typing.writers(id);
  }

  watchPresence(account: string): () => void {
    return this.#parts.presence.watch(account);
  }

  presence(account: string): Presence | undefined {
    return this.#parts.presence.get(account);
  }

  readonly features = defaultFeatures;
  readonly edit = notYet;
  readonly editHistory = notYet;
  readonly recall = notYet;
  readonly react = notYet;
  readonly pin = notYet;
  readonly pinned = notYet;
  readonly deleteForMe = notYet;
  readonly report = notYet;
  readonly forward = notYet;
  readonly messageAt = notYet;
  readonly readers = notYet;
  readonly openAt = notYet;
  readonly fileUrl = notYet;

  setAttended(on: boolean): void {
    this.#attention.here = on;
  }

  /** Of all tabs the one with the socket rings. */
  async #ring(message: Message): Promise<void> {
    const { link, model } = this.#parts;
    if (link.following || model.conversation(message.conversationId)?.muted) return;
    await this.#attention.elseRing(() => this.#emitter.emit('notify', { message }));
  }

  /** Reads the cache into memory. What memory knows already, from before a `close`, is newer. */
  async #open(): Promise<void> {
    await this.#closed;
    if (this.#settings.cache === 'indexeddb') await this.#openLock.hold();
    await this.#parts.cache.open();
    const snapshot = await this.#parts.cache.load(this.#settings.clock.wall());
    if (!this.#opened) return;
    // Without a cursor it is not known which history they are of: a first visit ended before everything was there.
    const known = snapshot.cursor ? snapshot.entries : [];
    if (known.length < snapshot.entries.length) void this.#parts.commits.add({ reset: true });
    const entries = known.filter(({ conversation }) => !this.#parts.model.conversation(conversation.id));
    for (const entry of entries) this.#parts.model.putEntry(entry);
    this.#parts.sync.restore(entries);
    this.#parts.resume.restore({ ...snapshot, entries });
    this.#parts.model.touchList();
    this.#takeUp(snapshot);
    this.#setReady();
  }

  /** The database is there again, perhaps for the first time in this life. */
  async #return(): Promise<void> {
    const snapshot = await this.#parts.cache.load(this.#settings.clock.wall());
    if (this.#opened) this.#takeUp(snapshot);
  }

  /** What a person had written, here or in a life before. A draft that is written now is newer. */
  #takeUp({ drafts, outbox }: Snapshot): void {
    const { model, link } = this.#parts;
    for (const { cid, text } of drafts) if (!model.list.draft(cid)) model.setDraft(cid, text);
    model.flush();
    for (const tab of new Set(outbox.map((row) => row.tab))) link.watch(tab);
  }
}
