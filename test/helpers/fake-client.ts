import type {
  ChatClientApi,
  ClientEvents,
  ConnectionState,
  Conversation,
  ConversationChange,
  FileDraft,
  Presence,
  StorageState,
  Timeline,
} from '../../src/client/api.js';
import { ChatError } from '../../src/client/errors.js';
import { withAction } from '../../src/protocol/actions.js';
import type { ActionEvent, FileInfo } from '../../src/protocol/model.js';
import type { Message, MessageDraft } from '../../src/protocol/message.js';
import { parseConversationId } from '../../src/protocol/ids.js';
import { FakeHistory } from './fake-history.js';

type Listeners = { [K in keyof ClientEvents]: Set<(detail: ClientEvents[K]) => void> };

/**
 * A client without a server, for tests of elements: everything a screen calls is kept in memory, and a script plays the
 * others (`receive`, `type`, `ack`, `fail`, `link`, `come`). Extend it here when `ChatClientApi` grows.
 */
export class FakeClient extends FakeHistory implements ChatClientApi {
  readonly profile: ChatClientApi['profile'];
  connection: ConnectionState = { state: 'connected' };
  storage: StorageState = { lasting: true, unsent: 0, drafts: 0 };

  conversationsLoading = false;
  hasMoreConversations = false;
  /** Names of everything that was called to change something, for assertions: `markRead p2p-bob 3`. */
  override readonly calls: string[] = [];
  /** Accounts that `openConversation` answers 404 for are all but these, once there is one. */
  readonly people = new Set<string>();
  /** Older messages, which `loadOlder` gives out by so many. */
  readonly older = new Map<string, Message[]>();
  pageSize = 20;
  /** Where the files of messages are: path to a URL that can be loaded. */
  readonly files = new Map<string, string>();
  /** What `sendFile` was given, in order. */
  readonly sentFiles: { file: Blob; draft: FileDraft; thumbnail: Blob | undefined }[] = [];

  readonly #conversations = new Map<string, Conversation>();
  readonly #timelines = new Map<string, Timeline>();
  readonly #typing = new Map<string, readonly string[]>();
  readonly #presence = new Map<string, Presence>();
  readonly #listeners: Listeners = {
    connection: new Set(),
    conversations: new Set(),
    timeline: new Set(),
    message: new Set(),
    send: new Set(),
    'send-fail': new Set(),
    typing: new Set(),
    notify: new Set(),
    presence: new Set(),
    storage: new Set(),
    'action-fail': new Set(),
    features: new Set(),
    group: new Set(),
    notice: new Set(),
    error: new Set(),
  };
  #count = 0;
  watched = 0;
  attended = false;

  constructor(
    override readonly account = 'alice',
    /** Time of what is written now. */
    override readonly now: () => number = Date.now,
  ) {
    super();
    this.profile = { account, name: account[0]!.toUpperCase() + account.slice(1) };
  }

  /** How many listeners are left; a leak test wants none. */
  get listeners(): number {
    return Object.values(this.#listeners).reduce((sum, set) => sum + set.size, 0);
  }

  connect(): void {
    this.calls.push('connect');
  }
  setAttended(on: boolean): void {
    this.attended = on;
  }

  signOut(): Promise<void> {
    this.calls.push('sign-out');
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.calls.push('close');
    return Promise.resolve();
  }
  on<K extends keyof ClientEvents>(event: K, listener: (detail: ClientEvents[K]) => void): () => void {
    // One listener given twice is two subscriptions, as in the real one.
    const own = (detail: ClientEvents[K]): void => listener(detail);
    this.#listeners[event].add(own);
    return () => void this.#listeners[event].delete(own);
  }
  emit<K extends keyof ClientEvents>(event: K, detail: ClientEvents[K]): void {
    for (const listener of [...this.#listeners[event]]) listener(detail);
  }

  conversations(): readonly Conversation[] {
    return [...this.#conversations.values()]
      .filter(({ hidden }) => !hidden)
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updateTime - a.updateTime);
  }
  conversation(id: string): Conversation | undefined {
    return this.#conversations.get(id);
  }
  loadMoreConversations(): Promise<void> {
    this.calls.push('loadMoreConversations');
    return Promise.resolve();
  }
  get unreadTotal(): number {
    return this.conversations().reduce((sum, { unread, muted }) => sum + (muted ? 0 : unread), 0);
  }
  openConversation(id: string): Promise<Conversation> {
    this.calls.push(`openConversation ${id}`);
    const known = this.#conversations.get(id);
    if (known) return Promise.resolve(known);
    const to = parseConversationId(id)?.to;
    if (to === undefined || (this.people.size > 0 && !this.people.has(to)))
      return Promise.reject(new ChatError(404, `nobody is called ${to ?? id}`));
    return Promise.resolve(this.add(id));
  }
  updateConversation(id: string, change: ConversationChange): Promise<void> {
    this.calls.push(`updateConversation ${id} ${JSON.stringify(change)}`);
    this.set(id, change);
    return Promise.resolve();
  }
  setDraft(id: string, text: string): void {
    this.calls.push(`setDraft ${id} ${text}`);
    this.set(id, { draft: text });
  }

  override timeline(id: string): Timeline {
    return this.#timelines.get(id) ?? { messages: [], hasOlder: false, hasNewer: false, loading: 'none' };
  }
  openTimeline(id: string): Promise<void> {
    this.calls.push(`openTimeline ${id}`);
    return Promise.resolve();
  }
  loadOlder(id: string): Promise<void> {
    this.calls.push(`loadOlder ${id}`);
    if (this.said.has(id)) return this.#extend(id, -this.pageSize);
    const older = this.older.get(id) ?? [];
    const page = older.splice(Math.max(0, older.length - this.pageSize));
    this.setTimeline(id, { messages: [...page, ...this.timeline(id).messages], hasOlder: older.length > 0 });
    return Promise.resolve();
  }
  loadNewer(id: string): Promise<void> {
    this.calls.push(`loadNewer ${id}`);
    return this.said.has(id) ? this.#extend(id, this.pageSize) : Promise.resolve();
  }
  releaseTimeline(id: string): void {
    this.calls.push(`releaseTimeline ${id}`);
  }
  history(id: string): Promise<Message[]> {
    return Promise.resolve([...this.timeline(id).messages]);
  }

  send(id: string, draft: MessageDraft, left?: string): Promise<Message> {
    if (left !== undefined) this.set(id, { draft: left });
    this.calls.push(`send ${id} ${draft.content ?? draft.type ?? ''}`);
    const message = this.message(id, { ...draft, from: this.account, flow: 'out', status: 'sending' });
    this.#append(message);
    return Promise.resolve(message);
  }
  resend(idClient: string): Promise<void> {
    this.calls.push(`resend ${idClient}`);
    this.changeMessage(idClient, ({ error: _, ...message }) => ({ ...message, status: 'sending', resend: true }));
    return Promise.resolve();
  }
  /** Shown at once with `upload`; a script moves it on with `upload`, and `ack` ends it. */
  sendFile(id: string, file: Blob, draft: FileDraft, thumbnail?: Blob): Promise<Message> {
    if (file.size > this.features.maxFileBytes) return Promise.reject(new ChatError(413, 'too large'));
    this.calls.push(`sendFile ${id} ${draft.type} ${draft.name}`);
    this.sentFiles.push({ file, draft, thumbnail });
    const { name, w, h, duration, peaks, ...rest } = draft;
    const sides = { ...(w !== undefined && { w }), ...(h !== undefined && { h }) };
    const sound = { ...(duration !== undefined && { duration }), ...(peaks && { peaks }) };
    const ext = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
    const info: FileInfo = { url: '', name, size: file.size, ext, mime: file.type, ...sides, ...(sound as object) };
    const message = this.message(id, { ...rest, file: info, from: this.account, flow: 'out', status: 'sending' });
    this.#append(message);
    this.upload(message.idClient, { state: 'waiting', sent: 0, total: file.size });
    return Promise.resolve(this.timeline(id).messages.find(({ idClient }) => idClient === message.idClient)!);
  }
  /** How far a file is. */
  upload(idClient: string, upload: NonNullable<Message['upload']>): void {
    this.changeMessage(idClient, (message) => ({ ...message, upload }));
  }
  pauseUpload(idClient: string): void {
    this.calls.push(`pauseUpload ${idClient}`);
    this.changeMessage(idClient, (message) =>
      message.upload ? { ...message, upload: { ...message.upload, state: 'paused' } } : message,
    );
  }
  resumeUpload(idClient: string): void {
    this.calls.push(`resumeUpload ${idClient}`);
    this.changeMessage(idClient, (message) =>
      message.upload ? { ...message, upload: { ...message.upload, state: 'waiting' } } : message,
    );
  }
  fileUrl(
    { file }: Message | { readonly conversationId: string; readonly file: FileInfo },
    which: 'file' | 'thumbnail' | 'download' = 'file',
  ): Promise<string> {
    const path = which === 'thumbnail' ? (file?.thumbnail ?? file?.url) : file?.url;
    this.calls.push(`fileUrl ${path} ${which}`);
    const url = this.files.get(path ?? '');
    return url === undefined ? Promise.reject(new ChatError(404, 'no such file')) : Promise.resolve(url);
  }
  markPlayed(message: Message): void {
    this.calls.push(`markPlayed ${message.idClient}`);
    this.changeMessage(message.idClient, (known) => ({ ...known, played: true }));
  }
  discard(idClient: string): Promise<void> {
    this.calls.push(`discard ${idClient}`);
    this.changeMessage(idClient, () => undefined);
    return Promise.resolve();
  }

  markRead(id: string, seq?: number): void {
    const readSeq = seq ?? this.conversation(id)?.lastSeq ?? 0;
    this.calls.push(`markRead ${id} ${readSeq}`);
    this.set(id, { readSeq, ...(readSeq === this.conversation(id)?.lastSeq && { unread: 0 }) });
  }
  setTyping(id: string, on: boolean): void {
    this.calls.push(`setTyping ${id} ${on}`);
  }
  typing(id: string): readonly string[] {
    return this.#typing.get(id) ?? [];
  }
  watchPresence(): () => void {
    this.watched++;
    return () => void this.watched--;
  }
  presence(account: string): Presence | undefined {
    return this.#presence.get(account);
  }

  // What the test's script does.

  /** Puts a conversation into the list. */
  add(id: string, fields: Partial<Conversation> = {}): Conversation {
    const { scene, to } = parseConversationId(id)!;
    const plain = {
      id,
      scene,
      to,
      name: to[0]!.toUpperCase() + to.slice(1),
      updateTime: this.now() - this.#conversations.size,
    };
    const counters = { lastSeq: 0, unread: 0, readSeq: 0, pinned: false, muted: false };
    const conversation: Conversation = { ...plain, ...counters, ...fields };
    this.#conversations.set(id, conversation);
    this.emit('conversations', { unreadTotal: this.unreadTotal });
    return conversation;
  }
  set(id: string, fields: Partial<Conversation>): void {
    this.#conversations.set(id, { ...(this.#conversations.get(id) ?? this.add(id)), ...fields });
    this.emit('conversations', { unreadTotal: this.unreadTotal });
  }
  remove(id: string): void {
    this.#conversations.delete(id);
    this.emit('conversations', { unreadTotal: this.unreadTotal });
  }

  /** A message that is nowhere yet: an incoming text from the other one, stored, unless told otherwise. */
  message(id: string, fields: Partial<Message> = {}): Message {
    const { scene, to } = parseConversationId(id)!;
    const flow = fields.flow ?? 'in';
    const idClient = fields.idClient ?? `message-${++this.#count}`;
    const seq = (this.#conversations.get(id)?.lastSeq ?? 0) + 1;
    const stored = (fields.status ?? 'success') === 'success' ? { id: `server-${idClient}`, seq } : {};
    const from = flow === 'out' ? this.account : to;
    const rest = { conversationId: id, idClient, scene, to, from, flow, status: 'success' as const, type: 'text' };
    return { time: this.now(), ...rest, ...stored, ...fields };
  }
  /** Somebody writes. */
  receive(id: string, fields: Partial<Message> = {}): Message {
    const message = this.message(id, fields);
    this.#append(message);
    this.set(id, { unread: (this.conversation(id)?.unread ?? 0) + 1 });
    this.emit('message', { message });
    return message;
  }
  override setTimeline(id: string, fields: Partial<Timeline>): void {
    this.#timelines.set(id, { ...this.timeline(id), ...fields });
    this.emit('timeline', { conversationId: id });
  }
  /** The server stores one's own message. */
  ack(idClient: string): void {
    this.changeMessage(idClient, (message) => {
      const seq = (this.conversation(message.conversationId)?.lastSeq ?? 0) + 1;
      this.set(message.conversationId, { lastSeq: seq, readSeq: seq });
      const stored: Message = { ...message, status: 'success', id: `server-${idClient}`, seq };
      this.emit('send', { message: stored });
      return stored;
    });
  }
  /** Somebody does something to a message that is shown; `make` gets the action's own place and the message's. */
  act(message: Message, make: (at: { seq: number; target: number }) => ActionEvent): Promise<void> {
    const { conversationId: id, idClient, seq: target = 0 } = message;
    const seq = (this.conversation(id)?.lastSeq ?? 0) + 1;
    this.set(id, { lastSeq: seq });
    this.changeMessage(idClient, (known) => withAction(known, make({ seq, target })));
    return Promise.resolve();
  }
  /** The server refuses one's own message. */
  fail(idClient: string, code = 403): void {
    this.changeMessage(idClient, (message) => {
      const error = { code, message: 'refused' };
      const failed: Message = { ...message, status: 'fail', error };
      this.emit('send-fail', { message: failed, error });
      return failed;
    });
  }
  /** Something about a message in a timeline becomes another. */
  override change(idClient: string, fields: Partial<Message>): void {
    this.changeMessage(idClient, (message) => ({ ...message, ...fields }));
  }
  /** The other one reads up to `seq` (default: everything). */
  peerRead(id: string, seq = this.conversation(id)?.lastSeq ?? 0): void {
    this.set(id, { peerReadSeq: seq });
    this.emit('timeline', { conversationId: id });
  }
  /** The link's state changes. */
  link(connection: ConnectionState): void {
    this.connection = connection;
    this.emit('connection', connection);
  }
  /** Somebody writes, or stops. */
  type(id: string, ...accounts: string[]): void {
    this.#typing.set(id, accounts);
    this.emit('typing', { conversationId: id });
  }
  /** Somebody comes or goes. */
  come(account: string, presence: Presence): void {
    this.#presence.set(account, presence);
    this.emit('presence', { account });
  }

  /** Makes the shown stretch of what was said longer, at its end or (negative) at its beginning. */
  #extend(id: string, by: number): Promise<void> {
    const said = this.said.get(id)!;
    const { messages } = this.timeline(id);
    const from = said.indexOf(messages[0]!) + Math.min(by, 0);
    const to = said.indexOf(messages.at(-1)!) + 1 + Math.max(by, 0);
    const [first, end] = [Math.max(0, from), Math.min(said.length, to)];
    this.setTimeline(id, { messages: said.slice(first, end), hasOlder: first > 0, hasNewer: end < said.length });
    return Promise.resolve();
  }
  #append(message: Message): void {
    const { conversationId: id, seq } = message;
    this.set(id, { lastMsg: message, updateTime: message.time, ...(seq !== undefined && { lastSeq: seq }) });
    this.setTimeline(id, { messages: [...this.timeline(id).messages, message] });
  }
  override changeMessage(idClient: string, change: (message: Message) => Message | undefined): void {
    for (const [id, timeline] of this.#timelines) {
      const at = timeline.messages.findIndex((message) => message.idClient === idClient);
      if (at < 0) continue;
      const changed = change(timeline.messages[at]!);
      const rest = timeline.messages;
      this.setTimeline(id, { messages: [...rest.slice(0, at), ...(changed ? [changed] : []), ...rest.slice(at + 1)] });
      if (changed && this.conversation(id)?.lastMsg?.idClient === idClient) this.set(id, { lastMsg: changed });
      return;
    }
  }
}
