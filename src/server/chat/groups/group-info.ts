import { smallGroup } from '../../../protocol/group-forms.js';
import type { GroupInfo, GroupMember, Notice } from '../../../protocol/groups.js';
import type { NamedMemberRow, NoticeRow } from '../../storage/storage.js';
import type { Roster } from './roster.js';

/** The group as `viewer` sees it. */
export function groupInfo(roster: Roster, viewer: string | undefined, now: number): GroupInfo {
  const { group } = roster;
  const own = viewer === undefined ? undefined : roster.member(viewer);
  const owner = roster.owner();
  return {
    id: roster.cid,
    form: group.form,
    name: group.name,
    ...(group.avatar && { avatar: group.avatar }),
    ...(group.intro && { intro: group.intro }),
    ...(group.announcement && { announcement: group.announcement }),
    joinMode: group.joinMode,
    inviteMode: group.inviteMode,
    mutedAll: group.mutedAll,
    dismissed: group.dismissed,
    ...(owner !== undefined && { owner }),
    memberCount: roster.size,
    memberLimit: group.memberLimit,
    createTime: group.createTime,
    role: own?.role ?? 'outsider',
    ...(own?.nickname && { nickname: own.nickname }),
    ...(own && own.mutedUntil > now && { mutedUntil: own.mutedUntil }),
    notify: own?.notify ?? 'notify',
  };
}

export function memberInfo(row: NamedMemberRow, now: number): GroupMember {
  const { account, role, name, avatar, nickname, mutedUntil, joinTime } = row;
  return {
    account,
    role,
    ...(name && { name }),
    ...(avatar && { avatar }),
    ...(nickname && { nickname }),
    ...(mutedUntil > now && { mutedUntil }),
    joinTime,
  };
}

export function noticeInfo(row: NoticeRow): Notice {
  const { msgId, num, time, type, from, to, scene, name, content, custom, state, by, read } = row;
  return {
    msgId,
    num,
    time,
    type,
    from,
    to,
    scene,
    ...(name && { name }),
    ...(content && { content }),
    ...(custom && { custom }),
    ...(state && { state }),
    ...(by && { by }),
    read,
  };
}

/** Whether it is small enough to tell who has read, and who writes. */
export function isSmall({ size }: Roster): boolean {
  return size <= smallGroup;
}
