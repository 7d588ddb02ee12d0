import type { GroupForm, GroupRole, InviteMode, JoinMode, NotifyMode } from '../../../protocol/group-forms.js';
import type { RequestState } from '../../../protocol/groups.js';

/** What the store does for groups and notices. A group is a conversation of the scene `group`; one that keeps no messages, of `room`. */
export interface GroupStorage {
  /** Makes a group, its members and its first event, in one transaction. All accounts must exist. */
  createGroup(group: NewGroup): Promise<GroupChanged>;
  /** A group with everybody in it, by its id. */
  group(id: string): Promise<RosterRow | undefined>;
  countGroups(form: GroupForm): Promise<number>;
  /** How many groups the account owns. */
  countOwned(account: string): Promise<number>;
  /**
   * Changes a group and all that goes with it in one transaction: the event in its log, the `u` of those concerned, their notices.
   * Nothing is done where the group's version is another than the one that this was decided upon.
   */
  changeGroup(change: GroupChange): Promise<GroupChanged | 'stale'>;
  /** Members by rank, then by name. */
  groupMembers(conversation: number, page: MemberPage): Promise<NamedMemberRow[]>;
  /** How far each member has read, and since where each may. */
  groupMarks(conversation: number): Promise<MemberMark[]>;
  groupRequest(
    conversation: number,
    account: string,
    kind: GroupRequestRow['kind'],
  ): Promise<GroupRequestRow | undefined>;
  /** Notes whom a message mentions; `*` for everybody. */
  addMentions(conversation: number, seq: number, accounts: readonly string[]): Promise<void>;

  /** Newest first below `before`; or those that changed above `changedAfter` (a `u`), oldest change first. */
  notices(account: string, page: { limit: number; before?: number; changedAfter?: number }): Promise<NoticeRow[]>;
  /** How far the account has read its notices, and how many stand above that. */
  noticeMarks(account: string): Promise<{ read: number; unread: number }>;
  /** Moves that forward, never back; gives the new `u`, `undefined` when nothing changed. */
  readNotices(account: string, num: number): Promise<number | undefined>;
}

export type GroupFields = {
  name: string;
  avatar: string;
  intro: string;
  announcement: string;
  joinMode: JoinMode;
  inviteMode: InviteMode;
  mutedAll: boolean;
  dismissed: boolean;
};

export type GroupRow = GroupFields & {
  conversation: number;
  id: string;
  form: GroupForm;
  /** 0: any number. */
  memberLimit: number;
  createTime: number;
  /** Moves with every change. */
  version: number;
};

export type GroupMemberRow = {
  account: string;
  role: GroupRole;
  /** What a member may read lies above this `seq`. */
  since: number;
  joinTime: number;
  nickname: string;
  /** ms since 1970; outlives leaving and coming back. */
  mutedUntil: number;
  notify: NotifyMode;
};

export type RosterRow = { group: GroupRow; members: GroupMemberRow[] };
export type NamedMemberRow = Omit<GroupMemberRow, 'since' | 'notify'> & { name: string; avatar: string };
export type MemberMark = { account: string; readSeq: number; since: number };

export type MemberPage = {
  limit: number;
  /** In the account, its name or its nickname. */
  query?: string;
  after?: { account: string; role: GroupRole };
};

/** An event of the group's own, in the name of `from`. */
export type GroupNote = { id: string; idClient: string; from: string; body: string };

export type NewGroup = Omit<GroupRow, 'conversation' | 'version' | 'dismissed' | 'mutedAll'> & {
  /** Whether it keeps messages and stands in its members' lists. */
  stored: boolean;
  members: readonly { account: string; role: GroupRole }[];
  note?: GroupNote;
};

export type GroupRequestRow = {
  account: string;
  kind: 'apply' | 'invite';
  /** Who invited. */
  by: string;
  state: RequestState;
  answeredBy: string;
  msgId: string;
};

export type NewNotice = Omit<NoticeRow, 'num' | 'u' | 'read' | 'time' | 'by'> & { account: string };

export type NoticeRow = {
  msgId: string;
  num: number;
  time: number;
  type: string;
  from: string;
  to: string;
  scene: 'p2p' | 'group';
  name: string;
  content: string;
  custom: string;
  /** Empty where there is nothing to answer. */
  state: RequestState | '';
  by: string;
  read: boolean;
  /** The account's `u` at its last change. */
  u: number;
};

export type GroupChange = {
  conversation: number;
  version: number;
  time: number;
  set?: Partial<GroupFields>;
  /** `before`: they may read what was said before. */
  join?: readonly { account: string; role: GroupRole; before: boolean }[];
  leave?: readonly string[];
  roles?: readonly { account: string; role: GroupRole }[];
  mutes?: readonly { account: string; until: number }[];
  nicknames?: readonly { account: string; nickname: string }[];
  notify?: readonly { account: string; mode: NotifyMode }[];
  note?: GroupNote;
  /** Asked for and not answered; each replaces an earlier one of the same kind. */
  requests?: readonly Omit<GroupRequestRow, 'state' | 'answeredBy'>[];
  /** Answers a request, and everybody's notice of it. */
  settle?: { msgId: string; state: RequestState; by: string };
  notices?: readonly NewNotice[];
};

export type GroupChanged = {
  conversation: number;
  version: number;
  /** Place of the event in the log; 0 where there is none. */
  noteSeq: number;
  /** New `u` of each whose own part changed. */
  us: readonly (readonly [account: string, u: number])[];
  notices: readonly (readonly [account: string, notice: NoticeRow])[];
  /** The log's head, at which those who joined begin. */
  joinedAt: number;
  /** Members that are there again, whose mute has outlived their leaving. */
  stillMuted: readonly { account: string; until: number }[];
};

/** What every node has to know of a change, to bring what it remembers of the group up to it. */
export type RosterChange = Pick<
  GroupChange,
  'set' | 'join' | 'leave' | 'roles' | 'mutes' | 'nicknames' | 'notify' | 'time'
> &
  Pick<GroupChanged, 'joinedAt' | 'stillMuted'>;
