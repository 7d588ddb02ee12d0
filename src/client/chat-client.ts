import type { Message, MessageDraft } from '../protocol/message.js';
import type { ChatClientApi, ClientEvents, ConnectionState, Conversation, Presence, Timeline } from './api.js';
import { FallbackCache } from './cache/fallback-cache.js';
import { Commits } from './commits.js';
import { Connection } from './connection.js';
import { Directory } from './directory.js';
import { History } from './history.js';
import { Inbox } from './inbox.js';
import { NetworkSignals } from './network-signals.js';
import { newId } from './new-id.js';
import { resolveOptions, type ChatClientOptions, type Settings } from './options.js';
import { Outbox } from './outbox.js';
import { PresenceWatch } from './presence.js';
import { Receipts } from './receipts.js';
import { Requests } from './requests.js';
import { Resume } from './resume.js';
import { Emitter } from './store/emitter.js';
import { ReadModel } from './store/read-model.js';
import { Sync } from './sync.js';
import { Tabs } from './tabs.js';
import { Typing } from './typing.js';

/** The chat without a screen: one account, one server, one connection. Puts the parts together; what they do stands in their files. */
export class ChatClient implements ChatClientApi {
  readonly account: string;
  readonly #settings: Settings;
  readonly #emitter = new Emitter<ClientEvents>();
  readonly #model = new ReadModel(this.#emitter);
  readonly #cache: FallbackCache;
  readonly #commits: Commits;
  readonly #connection: Connection;
  readonly #requests: Requests;
  readonly #outbox: Outbox;
  readonly #sync: Sync;
  readonly #resume: Resume;
  readonly #history: History;
  readonly #directory: Directory;
  readonly #receipts: Receipts;
  readonly #typing: Typing;
  readonly #presence: PresenceWatch;
  readonly #inbox: Inbox;
  readonly #signals: NetworkSignals;
  #tabs: Tabs | undefined;
  /** Resolves when the cache has told for the first time what it knows. */
  readonly #ready: Promise<void>;
  #setReady: () => void = () => undefined;
  /** Resolves when the cache has been read; absent while closed. */
  #opened: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  /** @throws {TypeError} when an option is missing or wrong */
  constructor(options: ChatClientOptions) {
    const settings = (this.#settings = resolveOptions(options));
    const { clock, timing, name } = settings;
    const onError = (error: Error): void => this.#emitter.emit('error', { error });
    this.account = settings.account;
    this.#cache = new FallbackCache({
      ...(settings.cache === 'indexeddb' && { name }),
      clock,
      limit: timing.cacheOpen,
      onError,
    });
    this.#commits = new Commits(this.#cache, this.#model);
    this.#connection = new Connection(settings, {
      greeting: async () => {
        await this.#opened;
        return this.#resume.greeting();
      },
      onState: (state) => this.#onState(state),
      onWelcome: (welcome) => {
        this.#resume.welcome(welcome);
        this.#requests.online();
        this.#presence.online();
      },
      onFrame: (frame) => this.#inbox.receive(frame),
      onFault: onError,
    });
    const send = this.#connection.send.bind(this.#connection);
    const tab = newId();
    this.#requests = new Requests(settings, send);
    const onSilence = (): void => this.#connection.drop('a message was not acknowledged in time');
    this.#outbox = new Outbox(settings, this.#commits, this.#model, { send, onSilence }, tab);
    this.#receipts = new Receipts(settings, this.#model, this.#commits, send);
    this.#typing = new Typing(settings, send, (conversationId) => this.#emitter.emit('typing', { conversationId }));
    this.#presence = new PresenceWatch(send, (account) => this.#emitter.emit('presence', { account }));
    const core = {
      settings,
      cache: this.#cache,
      commits: this.#commits,
      model: this.#model,
      requests: this.#requests,
      outbox: this.#outbox,
    };
    this.#sync = new Sync(core);
    this.#resume = new Resume({ ...core, sync: this.#sync }, tab);
    this.#directory = new Directory({ ...core, resume: this.#resume });
    const online = (): boolean => this.connection.state === 'connected';
    const ownFault = (error: Error): void => void (this.#opened && onError(error));
    this.#ready = new Promise((ready) => (this.#setReady = ready));
    this.#history = new History({ ...core, sync: this.#sync, ready: this.#ready, online, onFault: ownFault });
    this.#inbox = new Inbox({
      ...core,
      sync: this.#sync,
      resume: this.#resume,
      typing: this.#typing,
      presence: this.#presence,
      onSynced: () => this.#onSynced(),
      onFault: onError,
    });
    this.#signals = new NetworkSignals(settings.signals, () => this.#connection.wake());
  }

  get connection(): ConnectionState {
    return this.#connection.state;
  }

  get profile(): ChatClientApi['profile'] {
    return this.#resume.profile;
  }

  connect(): void {
    if (!this.#opened) {
      this.#opened = this.#open();
      this.#signals.start();
    }
    this.#connection.connect();
  }

  close(): Promise<void> {
    if (!this.#opened) return this.#closed ?? Promise.resolve();
    const opened = this.#opened;
    this.#opened = undefined;
    this.#signals.stop();
    this.#connection.close();
    this.#closed = opened.then(async () => {
      this.#outbox.close();
      this.#tabs?.close();
      this.#tabs = undefined;
      await this.#commits.idle();
      this.#cache.close();
    });
    return this.#closed;
  }

  on<K extends keyof ClientEvents>(event: K, listener: (detail: ClientEvents[K]) => void): () => void {
    return this.#emitter.on(event, listener);
  }

  conversations(): readonly Conversation[] {
    return this.#model.list.sorted();
  }

  conversation(id: string): Conversation | undefined {
    return this.#model.conversation(id);
  }

  get conversationsLoading(): boolean {
    return !this.#resume.listLoaded;
  }

  get hasMoreConversations(): boolean {
    return this.#resume.more;
  }

  loadMoreConversations(): Promise<void> {
    return this.#directory.loadMore();
  }

  get unreadTotal(): number {
    return this.#model.list.unreadTotal();
  }

  async openConversation(id: string): Promise<Conversation> {
    await this.#ready;
    return this.#directory.open(id);
  }

  updateConversation(id: string, change: { pinned?: boolean; muted?: boolean; custom?: string }): Promise<void> {
    return this.#directory.update(id, change);
  }

  setDraft(id: string, text: string): void {
    if (!this.#model.setDraft(id, text)) return;
    this.#model.flush();
    void this.#commits.add({ drafts: [{ cid: id, text }] });
    this.#tabs?.tellDraft(id, text);
  }

  timeline(id: string): Timeline {
    return this.#model.timeline(id).view;
  }

  openTimeline(id: string): Promise<void> {
    return this.#history.open(id);
  }

  loadOlder(id: string): Promise<void> {
    return this.#history.loadOlder(id);
  }

  loadNewer(id: string): Promise<void> {
    return this.#history.loadNewer(id);
  }

  releaseTimeline(id: string): void {
    this.#history.release(id);
  }

  async history(id: string, options: { before?: number; limit?: number } = {}): Promise<Message[]> {
    await this.#ready;
    return this.#history.read(id, options);
  }

  send(id: string, draft: MessageDraft): Promise<Message> {
    this.#typing.sent(id);
    return this.#outbox.send(id, draft);
  }

  resend(idClient: string): Promise<void> {
    return this.#outbox.resend(idClient);
  }

  discard(idClient: string): Promise<void> {
    return this.#outbox.discard(idClient);
  }

  markRead(id: string, seq?: number): void {
    this.#receipts.mark(id, seq);
  }

  setTyping(id: string, on: boolean): void {
    this.#typing.set(id, on);
  }

  typing(id: string): readonly string[] {
    return this.#typing.writers(id);
  }

  watchPresence(account: string): () => void {
    return this.#presence.watch(account);
  }

  presence(account: string): Presence | undefined {
    return this.#presence.get(account);
  }

  /** Reads the cache into memory. What memory knows already, from before a `close`, is newer. */
  async #open(): Promise<void> {
    await this.#closed;
    await this.#cache.open();
    const snapshot = await this.#cache.load(this.#settings.clock.wall());
    if (!this.#opened) return;
    if (this.#settings.cache === 'indexeddb') this.#tabs = this.#makeTabs();
    const entries = snapshot.entries.filter(({ conversation }) => !this.#model.conversation(conversation.id));
    for (const entry of entries) this.#model.putEntry(entry);
    for (const { cid, text } of snapshot.drafts) this.#model.setDraft(cid, text);
    this.#sync.restore(entries);
    this.#resume.restore(snapshot);
    this.#model.touchList();
    this.#model.flush();
    this.#setReady();
    for (const tab of new Set(snapshot.outbox.map((row) => row.tab))) this.#tabs?.watch(tab);
  }

  #makeTabs(): Tabs {
    return new Tabs(this.#settings, this.#resume.tab, {
      onGone: (tab) => void this.#adopt(tab),
      onDraft: (cid, text) => {
        this.#model.setDraft(cid, text);
        this.#model.flush();
      },
    });
  }

  async #adopt(tab: string): Promise<void> {
    const rows = await this.#cache.outbox();
    if (this.#opened) await this.#outbox.adopt(rows.filter((row) => row.tab === tab));
  }

  #onState(state: ConnectionState): void {
    if (state.state !== 'connected') {
      const ended = state.state === 'disconnected' && state.retryAt === undefined;
      this.#requests.offline(ended ? (state.reason ?? 'the client is closed') : undefined);
      this.#sync.offline();
      this.#outbox.offline();
      this.#receipts.offline();
      this.#typing.offline();
      this.#presence.offline();
    }
    this.#emitter.emit('connection', state);
  }

  #onSynced(): void {
    if (this.connection.state !== 'connected') return;
    this.#outbox.online();
    this.#receipts.online();
    this.#history.reopen();
  }
}
