import type { ClientEvents, ConnectionState } from './api.js';
import type { FileRow } from './cache/cache.js';
import { FallbackCache } from './cache/fallback-cache.js';
import { Commits } from './commits.js';
import { Directory } from './directory.js';
import { Files } from './files/files.js';
import { Finder } from './finder.js';
import { Groups } from './groups.js';
import { History } from './history.js';
import { Inbox } from './inbox.js';
import { MessageActions } from './message-actions.js';
import { newId } from './new-id.js';
import { NoticeBox } from './notices.js';
import type { Settings } from './options.js';
import { Outbox } from './outbox.js';
import { PresenceWatch } from './presence.js';
import { Receipts } from './receipts.js';
import { Requests } from './requests.js';
import { Resume } from './resume.js';
import type { Emitter } from './store/emitter.js';
import { ReadModel } from './store/read-model.js';
import { StorageWatch } from './storage-watch.js';
import { Sync } from './sync.js';
import { SharedLink } from './tabs/shared-link.js';
import { Typing } from './typing.js';

/** What the parts ask of the client that they are parts of. */
export interface PartsOwner {
  readonly emitter: Emitter<ClientEvents>;
  /** Resolves when the cache has been read. */
  readonly ready: Promise<void>;
  /** The same, for the opening that is under way now. */
  opened(): Promise<void> | undefined;
  /** There is a database again: it may hold what an earlier life wrote. */
  onReturn(): void;
}

export type Parts = ReturnType<typeof makeParts>;

/** Makes a client's parts and tells each of those that it works with. */
export function makeParts(settings: Settings, { emitter, ready, opened, onReturn }: PartsOwner) {
  const { clock, timing, name } = settings;
  const onFault = (error: Error): void => emitter.emit('error', { error });
  const model = new ReadModel(emitter);
  const lasting =
    typeof settings.cache === 'object' ? { given: settings.cache } : settings.cache === 'indexeddb' && { name };
  const cache = new FallbackCache({
    ...lasting,
    clock,
    limit: timing.cacheOpen,
    retry: timing.cacheAgain,
    present: () => ({ ...storage.present(), files: files.local.held(outbox.rows().map(({ idClient }) => idClient)) }),
    onError: onFault,
    onLasting: (lasts) => {
      storage.look();
      if (lasts) onReturn();
    },
  });
  const commits = new Commits(cache, model, onFault);
  const tab = newId();
  const link: SharedLink = new SharedLink(settings, tab, {
    greeting: async () => {
      await opened();
      return resume.greeting();
    },
    onState: (state) => {
      if (state.state !== 'connected') goOffline(state);
      emitter.emit('connection', state);
    },
    onWelcome: (welcome) => {
      resume.welcome(welcome);
      requests.online();
      presence.online();
    },
    onFrame: (frame) => inbox.receive(frame),
    onFault,
    onFollow: (following) => (commits.following = following),
    onGone: (gone) => void adopt(gone),
    onDraft: (cid, text) => {
      model.setDraft(cid, text);
      model.flush();
    },
    onRead: (cid, seq) => receipts.marked(cid, seq),
    reserve: () => requests.reserve(),
    eventOf: (ack) => outbox.eventOf(ack),
    standing: async () => {
      await commits.idle();
      const { notices: shown, read } = notices.standing();
      const entries = [...model.list.entries()];
      const own = { deleted: sync.allDeleted, notices: shown, noticesRead: read };
      return { u: resume.u, more: resume.more, entries, ...own };
    },
    cache,
  });
  const send = link.send.bind(link);
  const requests = new Requests(settings, send);
  const onSilence = (): void => link.drop('a message was not acknowledged in time');
  const onFile = (file?: FileRow): void => (file ? files.local.hold(file) : files.wake());
  const onSettled = (idClient: string): void => files.local.settled(idClient);
  const outbox: Outbox = new Outbox(settings, commits, model, { send, onSilence, onFile, onSettled }, tab);
  const files: Files = new Files({ settings, cache, outbox, requests, onFault });
  const storage: StorageWatch = new StorageWatch({ emitter, cache, model, outbox });
  const receipts = new Receipts(settings, model, commits, send, (cid, seq) => link.tellRead(cid, seq));
  const typing = new Typing(settings, send, (conversationId) => emitter.emit('typing', { conversationId }));
  const presence = new PresenceWatch(send, (account) => emitter.emit('presence', { account }));
  const core = { settings, cache, commits, model, requests, outbox, typing, presence, onFault };
  const sync: Sync = new Sync({
    ...core,
    onHole: (cid, below) => void history.refresh(cid, below),
    onEvents: (cid, events) => groups.notified(cid, events),
  });
  const resume: Resume = new Resume({ ...core, sync }, tab);
  const directory = new Directory({ ...core, resume });
  const online = (): boolean => link.state.state === 'connected';
  const groups: Groups = new Groups({ ...core, online, learn: (id) => directory.look(id) });
  const notices: NoticeBox = new NoticeBox(core);
  // After a `close` nobody wants to hear that a load was not finished.
  const onLoadFault = (error: Error): void => void (opened() && onFault(error));
  const history: History = new History({ ...core, sync, ready, online, onFault: onLoadFault });
  const finder = new Finder({ ...core, sync, online });
  const onSynced = (): void => {
    if (!online()) return;
    link.synced();
    outbox.online();
    files.online();
    receipts.online();
    history.reopen();
    groups.synced();
  };
  const actions = new MessageActions({ ...core, sync });
  const inbox = new Inbox({ ...core, actions, receipts, groups, notices, sync, resume, onSynced });

  /** Sends what another tab had left unsent. */
  async function adopt(gone: string): Promise<void> {
    const rows = await cache.outbox();
    if (opened()) await outbox.adopt(rows.filter((row) => row.tab === gone));
  }

  function goOffline(state: ConnectionState): void {
    const ended = state.state === 'disconnected' && state.retryAt === undefined;
    requests.offline(ended ? (state.reason ?? 'the client is closed') : undefined);
    sync.offline();
    outbox.offline();
    files.offline();
    receipts.offline();
    typing.offline();
    presence.offline();
  }

  const told = { receipts, typing, presence, groups, notices };
  const said = { history, finder, actions };
  return { model, cache, commits, link, outbox, files, storage, ...told, sync, resume, directory, ...said };
}
