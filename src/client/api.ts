import type { Features } from '../protocol/frames.js';
import type { ConversationInfo, FileInfo, Profile } from '../protocol/model.js';
import type { Message, MessageDraft } from '../protocol/message.js';
import type { GroupApi, NoticeList } from './group-api.js';

/** Where the link stands, and why; the only words for it. */
export type ConnectionState =
  | { readonly state: 'connected' }
  | {
      readonly state: 'connecting';
      readonly attempt: number;
      /** Why the last one ended. */ readonly code?: number;
      readonly reason?: string;
    }
  | {
      readonly state: 'disconnected';
      /** A close code of the protocol, where one ended it. */
      readonly code?: number;
      readonly reason?: string;
      /** When the next attempt comes (ms since 1970); absent when none will come by itself. */
      readonly retryAt?: number;
    };

/** A conversation in the read model: the server's view of it, and what is local. */
export type Conversation = Omit<ConversationInfo, 'lastMsg'> & {
  readonly lastMsg?: Message;
  /** What stands unsent in the composer. Local. */
  readonly draft?: string;
};

/**
 * What of this person's would be lost with the page, because the browser keeps nothing (no database, a full disk) and the server does
 * not have it yet. A cache that only has to be fetched again puts nothing at risk.
 */
export type StorageState = {
  /** Whether what is written outlives the page. */
  readonly lasting: boolean;
  /** Messages that are only here. */
  readonly unsent: number;
  /** Drafts that are only here. */
  readonly drafts: number;
};

/** What one does to a message that everybody sees. */
export type MessageAct = 'edit' | 'recall' | 'react' | 'pin';
/** What is sent with a file: what the sender knows of it, and what the message says beside it. Pixels and milliseconds. */
export type FileDraft = MessageDraft & {
  readonly type: 'image' | 'audio' | 'video' | 'file';
  readonly name: string;
  readonly w?: number;
  readonly h?: number;
  readonly duration?: number;
  readonly peaks?: readonly number[];
};

export type Presence = { readonly online: boolean; readonly lastSeen?: number };

/** What `on` listens to, and what each listener gets. Emitted after the read model holds it. */
export type ClientEvents = {
  connection: ConnectionState;
  /** The list changed: order, entries, unread, drafts. */
  conversations: { readonly unreadTotal: number };
  /** Messages of one conversation changed; read `timeline(conversationId)` again. */
  timeline: { readonly conversationId: string };
  /** Somebody else's message arrived, live or in a resume; once each. */
  message: { readonly message: Message };
  /** The server has stored one's own. */
  send: { readonly message: Message };
  'send-fail': { readonly message: Message; readonly error: { readonly code: number; readonly message: string } };
  typing: { readonly conversationId: string };
  /** Somebody else's message arrived and nobody looks at the account's chat; told in one tab only, and never of what is muted. */
  notify: { readonly message: Message };
  presence: { readonly account: string };
  storage: StorageState;
  /**
   * An edit, a recall, a reaction or a pin was refused, and is undone here. `message` is the one that it was for, where it is known
   * here.
   */
  'action-fail': {
    readonly conversationId: string;
    readonly seq: number;
    readonly message?: Message;
    readonly act: MessageAct;
    readonly error: { readonly code: number; readonly message: string };
  };
  /** `client.features` is another. */
  features: Features;
  /** A group changed: what it is, who is in it, what one may do there, how people are called there. */
  group: { readonly conversationId: string };
  /** A notice came, or its state changed. */
  notice: NoticeList;
  /** Something went wrong that no promise tells: the cache gave up, a frame could not be read. */
  error: { readonly error: Error };
};

/**
 * The messages of a conversation that are in memory: one stretch of its log without a hole, then what is still being sent.
 * The array is replaced, never changed, so identity tells whether anything happened; an unchanged message keeps its identity.
 */
export type Timeline = {
  readonly messages: readonly Message[];
  /** Whether older ones exist beyond the first. */
  readonly hasOlder: boolean;
  /** Whether newer ones exist beyond the last (the stretch does not reach the head). */
  readonly hasNewer: boolean;
  readonly loading: 'none' | 'initial' | 'older' | 'newer';
};

/** What is changed of a conversation for this account alone. */
export type ConversationChange = {
  readonly pinned?: boolean;
  readonly muted?: boolean;
  readonly custom?: string;
  /** Out of the list until somebody says more. */
  readonly hidden?: boolean;
  /** Shown as unread until it is read again. */
  readonly markedUnread?: boolean;
};

export type SearchOptions = {
  /** In one conversation only; then neither people nor conversations are found. */
  readonly conversationId?: string;
  /** Messages that are older than this moment, ms since 1970: the time of the last one that was found. */
  readonly before?: number;
  readonly limit?: number;
};

export type SearchResult = {
  readonly people: readonly Profile[];
  readonly conversations: readonly Conversation[];
  /** Newest first. */
  readonly messages: readonly Message[];
  /** Whether older messages may be found too. */
  readonly more: boolean;
  /** The server could not be asked: this is what this browser keeps. */
  readonly offline: boolean;
};

export type MediaKind = 'media' | 'files' | 'links';

/** Anything a screen does, without a screen. What `<im-connection>.client` is. */
export interface ChatClientApi extends GroupApi {
  readonly account: string;
  readonly connection: ConnectionState;
  /** One's own name and picture, known from the first `welcome` or the cache on. */
  readonly profile: { readonly account: string; readonly name?: string; readonly avatar?: string };
  /** The same object until something changes. */
  readonly storage: StorageState;
  /** What the server offers and allows. The same object until something changes; defaults before the first `welcome`. */
  readonly features: Features;

  /** Opens the cache, then the link; keeps it open until `close`. Calling it again probes at once instead of waiting. */
  connect(): void;
  /** Ends the link and every timer. The cache stays. */
  close(): Promise<void>;
  /**
   * As `close`, and removes what this browser kept of the account, unless another tab has it open. What was written and never sent stays for the
   * account's next visit.
   */
  signOut(): Promise<void>;

  on<K extends keyof ClientEvents>(event: K, listener: (detail: ClientEvents[K]) => void): () => void;

  /** Pinned first, then newest first. */
  conversations(): readonly Conversation[];
  conversation(id: string): Conversation | undefined;
  /** Whether the list is still to come: neither the cache nor the server has answered yet. */
  readonly conversationsLoading: boolean;
  readonly hasMoreConversations: boolean;
  loadMoreConversations(): Promise<void>;
  readonly unreadTotal: number;
  /** Makes a conversation known by its id, also one in which nothing was said. @throws {ChatError} 404 when there is nobody of that name */
  openConversation(id: string): Promise<Conversation>;
  updateConversation(id: string, change: ConversationChange): Promise<void>;
  setDraft(id: string, text: string): void;

  timeline(id: string): Timeline;
  /** Makes sure that the newest messages, or those round the first unread, are in the timeline: cache first, then the server. */
  openTimeline(id: string): Promise<void>;
  /**
   * Shows the stretch round a message instead of the one that is shown; `openTimeline` leads back to the end.
   * @throws {ChatError} when neither the cache nor the server has it
   */
  openAt(id: string, seq: number): Promise<void>;
  /** The first message of a moment (ms since 1970) or after it; the last one where there is none. */
  seqAt(id: string, time: number): Promise<number>;
  loadOlder(id: string): Promise<void>;
  loadNewer(id: string): Promise<void>;
  /** Drops a conversation's messages from memory when nothing shows them. */
  releaseTimeline(id: string): void;
  /** Messages of a log range, without touching the timeline; for programs. */
  history(id: string, options?: { before?: number; limit?: number }): Promise<Message[]>;

  /** Finds words by their beginning; people, conversations and messages. Without a link in what this browser keeps. */
  search(query: string, options?: SearchOptions): Promise<SearchResult>;
  /** Pictures and films, other files, or messages with an address in them: newest first, below `before` (a `seq`). */
  media(
    id: string,
    kind: MediaKind,
    before?: number,
  ): Promise<{ readonly messages: readonly Message[]; readonly more: boolean }>;
  /**
   * Everything that was said, oldest first, and how those are called who said it.
   * @throws {ChatError} when the server cannot be asked; the signal's reason when it was aborted
   */
  exportConversation(
    id: string,
    onProgress?: (done: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<{ readonly messages: readonly Message[]; readonly names: ReadonlyMap<string, string> }>;

  /**
   * Resolves when the outbox holds it and the timeline shows it as `sending`.
   * @param left what stands in the composer from now on. It is written together with the message: whenever the page dies, the text is
   * either sent or still there, never both.
   * @throws {ChatError} when the draft breaks a limit
   */
  send(id: string, draft: MessageDraft, left?: string): Promise<Message>;
  /** Offers a failed message again, under the same `idClient`. */
  resend(idClient: string): Promise<void>;
  /** Gives up one's own message that is not stored yet, its file too. */
  discard(idClient: string): Promise<void>;

  /**
   * Another text for one's own, within `features.editMs`. This and the next three resolve when the outbox holds it: with no link it waits, and
   * outlives the page. What the server refuses then is told as `action-fail`. One that has not been offered to the server yet is changed where
   * it waits.
   * @throws {ChatError} when it cannot be done to this message, or the text breaks a limit
   */
  edit(message: Message, content: string, mentions?: readonly string[]): Promise<void>;
  /** What it said before, oldest first; what it says now is the last. */
  editHistory(message: Message): Promise<readonly { readonly content: string; readonly time: number }[]>;
  /** Takes one's own back, within `features.recallMs`: a trace stays. */
  recall(message: Message): Promise<void>;
  react(message: Message, emoji: string, on: boolean): Promise<void>;
  pin(message: Message, on: boolean): Promise<void>;
  /** Newest pin first. */
  pinned(id: string): Promise<readonly Message[]>;
  /** Out of one's own sight, on all one's devices. Resolves when the server has it. */
  deleteForMe(id: string, messages: readonly Message[]): Promise<void>;
  /** Tells the operator. Resolves when the server has it. */
  report(message: Message, reason: string): Promise<void>;
  /**
   * Messages of one conversation to others: `each` as new messages of one's own in the order of the log, `merged` as one that holds them all,
   * which the server puts together. Resolves when the outbox holds them.
   */
  forward(messages: readonly Message[], to: readonly string[], how: 'each' | 'merged', title?: string): Promise<void>;
  /** One message by its place, from memory, cache or server; `undefined` where there is none to be seen. */
  messageAt(id: string, seq: number): Promise<Message | undefined>;

  /**
   * Sends a file, however long that takes: resolves when the outbox holds it with its bytes and the timeline shows it as `sending` with `upload`.
   * Goes on after a reload where it was. What the server finds not to be what the type says goes as `file`.
   * @param thumbnail a small picture of it
   * @throws {ChatError} 413 when it is over `features.maxFileBytes`, 414 when it is empty or the draft breaks a limit
   */
  sendFile(id: string, file: Blob, draft: FileDraft, thumbnail?: Blob): Promise<Message>;
  pauseUpload(idClient: string): void;
  resumeUpload(idClient: string): void;
  /**
   * A URL that works now, for a few minutes: an object URL for what is still here, else a signed one of the server. `download`: one that saves.
   * @throws {ChatError} 404 for what is not there, or not to be seen
   */
  fileUrl(
    message: Message | { readonly conversationId: string; readonly file: FileInfo },
    which?: 'file' | 'thumbnail' | 'download',
  ): Promise<string>;
  /** Notes on this device that a voice message was listened to. */
  markPlayed(message: Message): void;

  /** Moves one's read marker forward to `seq` (default: the head). */
  markRead(id: string, seq?: number): void;
  /** Tells the others that one writes; repeats and the end are the client's business. */
  setTyping(id: string, on: boolean): void;
  /** Who writes there now. */
  typing(id: string): readonly string[];
  /** Follows somebody's presence until the function it gives is called. */
  watchPresence(account: string): () => void;
  presence(account: string): Presence | undefined;

  /** Changes one's own text. */
  edit(message: Message, content: string, mentions?: readonly string[]): Promise<void>;
  /** Every text it has had, oldest first, the present one last. */
  editHistory(message: Message): Promise<readonly { content: string; time: number }[]>;
  /** Takes back one's own message, within `features.recallMs`. */
  recall(message: Message): Promise<void>;
  react(message: Message, emoji: string, on: boolean): Promise<void>;
  pin(message: Message, on: boolean): Promise<void>;
  /** Newest pin first. */
  pinned(id: string): Promise<readonly Message[]>;
  deleteForMe(id: string, messages: readonly Message[]): Promise<void>;
  report(message: Message, reason: string): Promise<void>;
  forward(messages: readonly Message[], to: readonly string[], how: 'each' | 'merged', title?: string): Promise<void>;
  /** One message by its place: out of memory, the cache or from the server. */
  messageAt(id: string, seq: number): Promise<Message | undefined>;
  /** Who of a group of up to 100 has read one's own message. */
  readers(message: Message): Promise<{ read: readonly string[]; unread: readonly string[] }>;
  /** Replaces the timeline by the stretch round `seq`; `openTimeline` returns to the end. */
  openAt(id: string, seq: number): Promise<void>;
  /** A URL of the message's file that works now. */
  fileUrl(
    message: Message | { conversationId: string; file: NonNullable<Message['file']> },
    which?: 'file' | 'thumbnail' | 'download',
  ): Promise<string>;

  /** Whether a person looks at this client's page: as long as one does, in any tab, nothing is told as `notify`. Default: no. */
  setAttended(on: boolean): void;
}
