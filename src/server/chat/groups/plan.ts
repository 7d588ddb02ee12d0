import { randomUUID } from 'node:crypto';
import { errorCodes, type ErrorCode } from '../../../protocol/codes.js';
import {
  formRules,
  groupRefusal,
  type FormRules,
  type GroupAct,
  type GroupActor,
} from '../../../protocol/group-forms.js';
import type { GroupReply } from '../../../protocol/groups.js';
import type { NotificationAttach } from '../../../protocol/model.js';
import type { GroupChange, GroupNote, GroupRequestRow, NewNotice } from '../../storage/storage.js';
import { ChatError } from '../chat-error.js';
import type { Roster } from './roster.js';

/** Who acts: an account, or whoever runs the service. */
export type Actor = { readonly account: string } | 'app';

/** What is looked up before anything is decided. */
export type Facts = {
  readonly now: number;
  /** Which of the named accounts exist. */
  readonly exist: ReadonlySet<string>;
  /** What somebody asked for, and this answers. */
  readonly request?: GroupRequestRow;
};

/** What is decided: the change, where there is one, and the answer. */
export type Plan = {
  readonly change?: Omit<GroupChange, 'conversation' | 'version' | 'time'>;
  readonly reply: GroupReply;
};

/** One decision upon a group as it stands. Pure: should the group change meanwhile, it is made again. */
export class Deciding {
  readonly rules: FormRules;
  readonly account: string | undefined;
  readonly role: GroupActor;

  constructor(
    readonly roster: Roster,
    actor: Actor,
    readonly facts: Facts,
  ) {
    this.rules = formRules[roster.group.form];
    this.account = actor === 'app' ? undefined : actor.account;
    this.role = actor === 'app' ? 'app' : roster.roleOf(actor.account);
  }

  /** In whose name something is written: whoever runs the service has no account of his or her own. */
  sender(otherwise: string): string {
    return this.account ?? this.roster.owner() ?? otherwise;
  }

  refusal(act: GroupAct, target?: string): ErrorCode | undefined {
    const { roster, role, account, facts } = this;
    const mutedUntil = account === undefined ? 0 : (roster.member(account)?.mutedUntil ?? 0);
    return groupRefusal(roster.state, { role, mutedUntil }, act, {
      now: facts.now,
      ...(target !== undefined && { target: roster.roleOf(target) }),
    });
  }

  /** @throws {ChatError} */
  demand(act: GroupAct, target?: string): void {
    const code = this.refusal(act, target);
    if (code !== undefined) throw refused(code);
  }

  /** Whether so many more would be too many. */
  isFull(more: number): boolean {
    const { memberLimit } = this.roster.group;
    return memberLimit > 0 && this.roster.size + more > memberLimit;
  }

  /** The event that tells it in the conversation; none in a group that keeps none. */
  note(
    type: string,
    accounts: readonly string[] = [],
    changes: NotificationAttach['changes'] = [],
  ): { note?: GroupNote } {
    const from = this.sender(accounts[0] ?? this.roster.members[0] ?? '');
    if (!this.rules.stored || from === '') return {};
    return { note: makeNote(from, type, accounts, changes) };
  }

  /** The same for somebody's coming or going, where the form tells of it. */
  coming(type: string, accounts: readonly string[], by: number, changes: readonly [string, string][] = []) {
    const count: [string, string] = ['memberCount', `${this.roster.size + by}`];
    return this.rules.tellsComings ? this.note(type, accounts, [...changes, count]) : {};
  }

  /** Word to one person about this group. */
  notice(account: string, type: string, given: Partial<NewNotice> = {}): NewNotice {
    return {
      account,
      msgId: randomUUID(),
      type,
      from: this.sender(account),
      to: this.roster.cid,
      scene: 'group',
      name: this.roster.group.name,
      content: '',
      custom: '',
      state: '',
      ...given,
    };
  }
}

export function makeNote(
  operator: string,
  type: string,
  accounts: readonly string[] = [],
  changes: NotificationAttach['changes'] = [],
): GroupNote {
  const attach: NotificationAttach = {
    type,
    operator,
    ...(accounts.length > 0 && { accounts: [...accounts] }),
    ...(changes.length > 0 && { changes }),
  };
  return { id: randomUUID(), idClient: randomUUID(), from: operator, body: JSON.stringify({ attach }) };
}

const words: ReadonlyMap<ErrorCode, string> = new Map<ErrorCode, string>([
  [errorCodes.notFound, 'there is no such conversation'],
  [errorCodes.memberLimit, 'the group has no room for so many'],
  [errorCodes.noGroupPermission, 'the group does not allow you this'],
  [errorCodes.noGroup, 'the group was dismissed'],
  [errorCodes.notInGroup, 'only members of the group can do this, and only to members'],
  [errorCodes.wrongForm, 'this is not for groups of this form'],
  [errorCodes.groupLimit, 'there are as many groups as there may be'],
  [errorCodes.memberState, 'it is so already, or was answered already'],
  [errorCodes.alreadyInGroup, 'is a member already'],
  [errorCodes.accountMuted, 'you are muted in this group'],
  [errorCodes.groupMuted, 'only those who manage the group may write now'],
  [errorCodes.noReaders, 'who has read is told to the writer only, in groups of up to 100'],
  [errorCodes.adminLimit, 'the group has as many admins as it may'],
]);

export function refused(code: ErrorCode): ChatError {
  return new ChatError(code, words.get(code) ?? 'this may not be done');
}

/** What was done for some and not for others. @throws {ChatError} where it was done for nobody */
export function failures(all: readonly string[], failed: readonly [string, ErrorCode][]): Pick<GroupReply, 'failed'> {
  if (failed.length > 0 && failed.length === all.length) throw refused(failed[0]![1]);
  return failed.length > 0 ? { failed: [...failed] } : {};
}
