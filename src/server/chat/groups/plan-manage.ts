import { errorCodes, type ErrorCode } from '../../../protocol/codes.js';
import { mostAdmins } from '../../../protocol/group-forms.js';
import type { GroupCallOf } from '../../../protocol/groups.js';
import type { GroupFields } from '../../storage/storage.js';
import { failures, refused, type Deciding, type Plan } from './plan.js';

// What the group is, and what its members are in it.

const done = { code: errorCodes.ok };

export function update(at: Deciding, call: GroupCallOf<'update'>): Plan {
  at.demand('update');
  const { act: _act, id: _id, ...fields } = call;
  if ((fields.joinMode ?? fields.inviteMode) !== undefined && at.rules.modesFixed) throw refused(errorCodes.wrongForm);
  const { group } = at.roster;
  const set: Partial<GroupFields> = Object.fromEntries(
    (Object.keys(fields) as (keyof typeof fields)[])
      .filter((field) => fields[field] !== group[field])
      .map((field) => [field, fields[field]]),
  );
  const changes = Object.entries(set).map(([field, value]): [string, string] => [field, `${value}`]);
  return changes.length === 0 ? { reply: done } : { change: { set, ...at.note('update', [], changes) }, reply: done };
}

export function setAdmin(at: Deciding, { accounts, on }: GroupCallOf<'setAdmin'>): Plan {
  at.demand('setAdmin');
  const role = on ? ('admin' as const) : ('member' as const);
  const failed: [string, ErrorCode][] = [];
  const changed = [...new Set(accounts)].filter((account) => {
    const isSo = at.roster.roleOf(account) === role ? errorCodes.memberState : undefined;
    const code = at.refusal('setAdmin', account) ?? isSo;
    if (code !== undefined) failed.push([account, code]);
    return code === undefined;
  });
  const told = failures([...new Set(accounts)], failed);
  const admins = at.roster.managers().filter((account) => at.roster.roleOf(account) === 'admin').length;
  if (on && admins + changed.length > mostAdmins) throw refused(errorCodes.adminLimit);
  const notices = changed.map((account) => at.notice(account, on ? 'addTeamManager' : 'removeTeamManager'));
  const roles = changed.map((account) => ({ account, role }));
  return { change: { roles, notices, ...at.note(on ? 'admin' : 'unadmin', changed) }, reply: { ...done, ...told } };
}

export function transfer(at: Deciding, { account, leave }: GroupCallOf<'transfer'>): Plan {
  at.demand('transfer', account);
  const before = at.roster.owner();
  const left = leave && before !== undefined ? [before] : [];
  const stays = before === undefined || leave ? [] : [{ account: before, role: 'member' as const }];
  const count: [string, string][] = left.length > 0 ? [['memberCount', `${at.roster.size - 1}`]] : [];
  return {
    change: {
      roles: [...stays, { account, role: 'owner' }],
      leave: left,
      notices: [at.notice(account, 'transferTeam')],
      ...at.note('transfer', [account], count),
    },
    reply: done,
  };
}

export function mute(at: Deciding, { account, seconds }: GroupCallOf<'mute'>): Plan {
  at.demand('mute', account);
  const until = seconds === 0 ? 0 : at.facts.now + seconds * 1_000;
  const note = seconds === 0 ? at.note('unmute', [account]) : at.note('mute', [account], [['until', `${until}`]]);
  return { change: { mutes: [{ account, until }], ...note }, reply: done };
}

export function muteAll(at: Deciding, { on }: GroupCallOf<'muteAll'>): Plan {
  at.demand('muteAll');
  if (at.roster.group.mutedAll === on) return { reply: done };
  return { change: { set: { mutedAll: on }, ...at.note('update', [], [['mutedAll', `${on}`]]) }, reply: done };
}

export function setNickname(at: Deciding, { nickname }: GroupCallOf<'setNickname'>): Plan {
  at.demand('setNickname');
  if (at.account === undefined) throw refused(errorCodes.noGroupPermission);
  return { change: { nicknames: [{ account: at.account, nickname: nickname.trim() }] }, reply: done };
}

/** One's own setting: whoever is in may. */
export function notify(at: Deciding, { mode }: GroupCallOf<'notify'>): Plan {
  at.demand('see');
  if (at.account === undefined || at.role === 'outsider') throw refused(errorCodes.notInGroup);
  return { change: { notify: [{ account: at.account, mode }] }, reply: done };
}

/** It stays readable to those who were in it. One that keeps nothing is gone. */
export function dismiss(at: Deciding): Plan {
  at.demand('dismiss');
  const leave = at.rules.stored ? [] : [...at.roster.members];
  return { change: { set: { dismissed: true }, leave, ...at.note('dismiss') }, reply: done };
}
