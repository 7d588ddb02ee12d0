import type { InviteMode, JoinMode } from '../../protocol/group-forms.js';
import type { GroupInfo } from '../../protocol/groups.js';
import type { NotificationAttach } from '../../protocol/model.js';
import type { Conversation } from '../api.js';

/** The group after what a notification in its conversation tells; so nobody has to ask for it again. */
export function withNotification(group: GroupInfo, attach: NotificationAttach, account: string): GroupInfo {
  const { type, operator, accounts = [], changes = [] } = attach;
  const mine = accounts.includes(account);
  let next = group;
  for (const [field, value] of changes) next = withField(next, field, value);
  switch (type) {
    case 'transfer':
      return {
        ...next,
        ...(accounts[0] !== undefined && { owner: accounts[0] }),
        ...(mine ? { role: 'owner' as const } : operator === account && { role: 'member' as const }),
      };
    case 'admin':
      return mine ? { ...next, role: 'admin' } : next;
    case 'unadmin':
      return mine ? { ...next, role: 'member' } : next;
    case 'mute':
      return mine ? { ...next, mutedUntil: Number(changes.find(([field]) => field === 'until')?.[1] ?? 0) } : next;
    case 'unmute':
      return mine ? without(next, 'mutedUntil') : next;
    case 'dismiss':
      return { ...next, dismissed: true };
    default:
      return next;
  }
}

function withField(group: GroupInfo, field: string, value: string): GroupInfo {
  switch (field) {
    case 'memberCount':
      return { ...group, memberCount: Number(value) };
    case 'name':
      return { ...group, name: value };
    case 'avatar':
    case 'intro':
    case 'announcement':
      return value === '' ? without(group, field) : { ...group, [field]: value };
    case 'joinMode':
      return { ...group, joinMode: value as JoinMode };
    case 'inviteMode':
      return { ...group, inviteMode: value as InviteMode };
    case 'mutedAll':
      return { ...group, mutedAll: value === 'true' };
    default:
      return group;
  }
}

function without<K extends keyof GroupInfo>(group: GroupInfo, field: K): GroupInfo {
  const { [field]: _, ...rest } = group;
  return rest as GroupInfo;
}

/** How the conversation is called and looks after it. */
export function withRenaming<C extends Omit<Conversation, 'draft'>>(conversation: C, attach: NotificationAttach): C {
  let next = conversation;
  for (const [field, value] of attach.changes ?? []) {
    if (field === 'name') next = { ...next, name: value };
    if (field === 'avatar') next = { ...next, avatar: value };
  }
  return next;
}
