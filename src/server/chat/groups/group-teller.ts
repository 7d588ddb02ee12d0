import type { Bus } from '../../bus/bus.js';
import type { GroupChange, GroupChanged, GroupNote } from '../../storage/storage.js';
import { logEventJson } from '../log-event.js';
import { groupInfo, noticeInfo } from './group-info.js';
import type { Roster } from './roster.js';
import type { Rosters } from './rosters.js';

/** Tells of what changed in a group, after the commit: first those who remember it, so that whoever was removed hears nothing more. */
export class GroupTeller {
  readonly #bus: Bus;
  readonly #rosters: Rosters;
  readonly #now: () => number;

  constructor(bus: Bus, rosters: Rosters, now: () => number) {
    this.#bus = bus;
    this.#rosters = rosters;
    this.#now = now;
  }

  /** The group as it is now, where it is remembered. */
  changed(id: string, full: GroupChange, changed: GroupChanged): Roster | undefined {
    const { conversation: _c, version: _v, note, requests: _r, settle: _s, notices: _n, ...change } = full;
    const { version, noteSeq, us, notices, joinedAt, stillMuted } = changed;
    this.#bus.publish({ topic: 'group', group: id, version, change: { ...change, joinedAt, stillMuted } });
    const roster = this.#rosters.peek(id);
    if (roster) {
      if (note) this.note(roster, note, noteSeq, full.time);
      for (const [account, u] of us) this.#own(roster, account, u);
    }
    for (const [account, notice] of notices)
      this.#bus.publish({
        topic: 'user',
        account,
        event: { kind: 'notice', u: notice.u, notice: noticeInfo(notice) },
      });
    return roster;
  }

  /** An event of the log that the server itself wrote. */
  note(roster: Roster, { id, idClient, from, body }: GroupNote, seq: number, time: number): void {
    this.#bus.publish({
      topic: 'log',
      conversation: roster.id,
      scene: 'group',
      cid: roster.cid,
      members: roster.members,
      seq,
      event: logEventJson({ seq, n: 0, id, idClient, from, type: 'notification', body, time }),
    });
  }

  #own(roster: Roster, account: string, u: number): void {
    const event = roster.member(account)
      ? ({ kind: 'group', u, group: groupInfo(roster, account, this.#now()) } as const)
      : ({ kind: 'left', u, cid: roster.cid } as const);
    this.#bus.publish({ topic: 'user', account, event });
  }
}
