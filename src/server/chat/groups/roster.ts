import type { GroupActor, GroupState } from '../../../protocol/group-forms.js';
import { conversationId } from '../../../protocol/ids.js';
import type { GroupMemberRow, GroupRow, RosterChange, RosterRow } from '../../storage/storage.js';

/** A group with everybody in it, as it stands now: the same object as long as it is remembered. Each message asks it who may write and who hears. */
export class Roster {
  /** The conversation's key in the store. */
  readonly id: number;
  readonly scene = 'group';
  readonly cid: string;
  readonly #members: Map<string, GroupMemberRow>;
  #group: GroupRow;
  #names: readonly string[] | undefined;

  constructor({ group, members }: RosterRow) {
    this.id = group.conversation;
    this.cid = conversationId('group', group.id);
    this.#group = group;
    this.#members = new Map(members.map((member) => [member.account, member]));
  }

  get group(): GroupRow {
    return this.#group;
  }

  get state(): GroupState {
    return this.#group;
  }

  get size(): number {
    return this.#members.size;
  }

  /** Everybody's accounts; the same array until somebody comes or goes. */
  get members(): readonly string[] {
    return (this.#names ??= [...this.#members.keys()]);
  }

  member(account: string): GroupMemberRow | undefined {
    return this.#members.get(account);
  }

  roleOf(account: string): GroupActor {
    return this.#members.get(account)?.role ?? 'outsider';
  }

  /** The accounts that manage it: its owner first. */
  managers(): string[] {
    const found = [...this.#members.values()].filter(({ role }) => role !== 'member');
    return found.sort((a, b) => Number(b.role === 'owner') - Number(a.role === 'owner')).map(({ account }) => account);
  }

  /** Of those whom a message mentions, who is here. */
  mentionable(accounts: readonly string[]): string[] {
    return accounts.filter((account) => account === '*' || this.#members.has(account));
  }

  owner(): string | undefined {
    return this.managers().find((account) => this.roleOf(account) === 'owner');
  }

  apply(version: number, change: RosterChange): void {
    const { set, join = [], leave = [], roles = [], mutes = [], nicknames = [], notify = [], stillMuted } = change;
    this.#group = { ...this.#group, ...set, version };
    for (const { account, role, before } of join)
      this.#members.set(account, {
        account,
        role,
        since: before ? 0 : change.joinedAt,
        joinTime: change.time,
        nickname: '',
        mutedUntil: stillMuted.find((mute) => mute.account === account)?.until ?? 0,
        notify: 'notify',
      });
    for (const { account, role } of roles) this.#alter(account, { role });
    for (const { account, until } of mutes) this.#alter(account, { mutedUntil: until });
    for (const { account, nickname } of nicknames) this.#alter(account, { nickname });
    for (const { account, mode } of notify) this.#alter(account, { notify: mode });
    for (const account of leave) this.#members.delete(account);
    if (join.length > 0 || leave.length > 0) this.#names = undefined;
  }

  #alter(account: string, fields: Partial<GroupMemberRow>): void {
    const member = this.#members.get(account);
    if (member) this.#members.set(account, { ...member, ...fields });
  }
}
