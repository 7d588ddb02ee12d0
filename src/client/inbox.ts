import type { ServerFrame, UserEvent } from '../protocol/frames.js';
import type { Commits } from './commits.js';
import type { Groups } from './groups.js';
import type { NoticeBox } from './notices.js';
import { ChatError } from './errors.js';
import type { MessageActions } from './message-actions.js';
import type { Outbox } from './outbox.js';
import type { PresenceWatch } from './presence.js';
import type { Requests } from './requests.js';
import type { Receipts } from './receipts.js';
import type { Resume } from './resume.js';
import type { Settings } from './options.js';
import { withInfo, withPeerRead, withRead } from './store/entry.js';
import type { Sync } from './sync.js';
import type { Typing } from './typing.js';

type Parts = {
  readonly settings: Settings;
  readonly commits: Commits;
  readonly requests: Requests;
  readonly outbox: Outbox;
  readonly receipts: Receipts;
  readonly sync: Sync;
  readonly resume: Resume;
  readonly typing: Typing;
  readonly presence: PresenceWatch;
  readonly actions: MessageActions;
  readonly groups: Groups;
  readonly notices: NoticeBox;
  readonly onSynced: () => void;
  readonly onFault: (error: Error) => void;
};

/** Gives each frame of the server to the one whose it is. */
export class Inbox {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  receive(frame: ServerFrame): void {
    const { requests, outbox, receipts, sync, resume, typing, presence, notices, onSynced, onFault } = this.#parts;
    switch (frame.t) {
      case 'reset':
        notices.reset();
        return resume.reset();
      case 'sync':
        return sync.sync(frame);
      case 'synced':
        void resume.synced(frame).then(onSynced);
        return;
      case 'event':
        if (frame.event.kind === 'message') typing.receive(frame.cid, frame.event.message.from, false);
        if (frame.event.seq === 1) presence.met(frame.cid);
        return sync.event(frame.cid, frame.event);
      case 'ack':
        if (frame.seq === 1) presence.met(frame.cid);
        return sync.ack(frame);
      case 'nack':
        return outbox.nack(frame);
      case 'page':
      case 'conversation':
      case 'list':
      case 'users':
      case 'found':
      case 'place':
      case 'files':
      case 'messages':
      case 'edits':
      case 'done':
      case 'group':
      case 'notices':
        return requests.answer(frame);
      case 'error':
        if (frame.r !== undefined) return requests.refuse({ ...frame, r: frame.r });
        receipts.refused(frame.afterMs);
        return onFault(new ChatError(frame.code, frame.message));
      case 'user':
        return this.#user(frame.event);
      default:
        // What the link is made of stays with the connection.
        return;
    }
  }

  #user(event: UserEvent): void {
    const { actions, commits, resume, sync, typing, presence, groups, notices, settings } = this.#parts;
    switch (event.kind) {
      case 'read': {
        const { cid, seq, unread, head, u } = event;
        const meta = resume.advance(u);
        void commits.add({ cid, meta, entry: (known) => known && withRead(known, seq, { unread, head }) });
        return;
      }
      case 'peer-read': {
        const { cid, seq, u } = event;
        void commits.add({ cid, meta: resume.advance(u), entry: (known) => known && withPeerRead(known, seq) });
        return;
      }
      case 'conversation': {
        const { conversation, u } = event;
        const meta = resume.advance(u);
        void commits.add({
          cid: conversation.id,
          meta,
          entry: (known) => withInfo(known, conversation, settings.account),
        });
        return sync.expect(conversation.id, conversation.lastSeq);
      }
      case 'deleted': {
        const { cid, seqs, conversation: info, u } = event;
        void actions.deleted(cid, seqs, { meta: resume.advance(u), ...(info && { info }) });
        return;
      }
      case 'group':
        void commits.add({ meta: resume.advance(event.u) });
        void groups.receive(event.group);
        return;
      case 'left':
        if (event.u !== undefined) void commits.add({ meta: resume.advance(event.u) });
        void groups.left(event.cid);
        return;
      case 'notice':
        void commits.add({ meta: resume.advance(event.u) });
        void notices.receive(event.notice);
        return;
      case 'notices-read':
        void commits.add({ meta: resume.advance(event.u) });
        void notices.marked(event.num);
        return;
      case 'typing':
        return typing.receive(event.cid, event.account, event.on);
      case 'presence':
        return presence.receive(event.account, {
          online: event.online,
          ...(event.lastSeen !== undefined && { lastSeen: event.lastSeen }),
        });
      case 'unknown':
        return;
    }
  }
}
