import type { GroupAct, GroupActor, GroupForm, InviteMode, JoinMode, NotifyMode } from '../protocol/group-forms.js';
import type { GroupInfo, GroupMember, Notice, RequestState } from '../protocol/groups.js';
import type { Message } from '../protocol/message.js';
import type { Conversation } from './api.js';

/** What of a group can be said when it is made, and changed later. */
export type GroupProfile = {
  readonly name?: string;
  readonly avatar?: string;
  readonly intro?: string;
  readonly announcement?: string;
  readonly joinMode?: JoinMode;
  readonly inviteMode?: InviteMode;
};

export type GroupDraft = GroupProfile & {
  readonly form: GroupForm;
  readonly name: string;
  readonly members: readonly string[];
};

/**
 * What became of it. `done`; `waiting`: somebody else has to answer first (an application, an invitation); `answered`: somebody answered before,
 * as `state` and `by` say. `failed`: those for whom it was not done, with one of the protocol's `errorCodes`.
 */
export type GroupOutcome = {
  readonly outcome: 'done' | 'waiting' | 'answered';
  readonly state?: RequestState;
  readonly by?: string;
  readonly failed: readonly { readonly account: string; readonly code: number }[];
};

export type MemberPage = { readonly members: readonly GroupMember[]; readonly more: boolean };
export type MemberQuery = { readonly query?: string; readonly after?: string; readonly limit?: number };

/** The account's notices, newest first; the same object until something changes. */
export type NoticeList = { readonly notices: readonly Notice[]; readonly unread: number; readonly more: boolean };

/** Groups and notices: a part of `ChatClientApi`. What the server refuses rejects with a `ChatError` and its code. */
export interface GroupApi {
  createGroup(draft: GroupDraft): Promise<Conversation>;
  /** As it is known: from the cache, then the server. `undefined` until `loadGroup`, or a conversation that was opened, brought it. */
  group(id: string): GroupInfo | undefined;
  /** As it stands on the server; from the cache where that cannot be reached. */
  loadGroup(id: string): Promise<GroupInfo>;
  /**
   * Whether one may do it there now, by the same table that the server asks; what is not known yet may not.
   * @param target the role of the one to whom it would be done
   */
  may(id: string, act: GroupAct, target?: GroupActor): boolean;
  /** Members by rank, then by name; without a link the first of them from the cache. */
  members(id: string, query?: MemberQuery): Promise<MemberPage>;
  /** How somebody is called there: by nickname, or else by name. Asked for when it is not known; `group` tells when it came. */
  nameIn(id: string, account: string): string | undefined;

  updateGroup(id: string, change: GroupProfile): Promise<void>;
  /** `waiting`: they have to agree. */
  invite(id: string, accounts: readonly string[], note?: string): Promise<GroupOutcome>;
  answerInvitation(id: string, accept: boolean, note?: string): Promise<GroupOutcome>;
  /** In at once (`done`), or an application (`waiting`). */
  joinGroup(id: string, note?: string): Promise<GroupOutcome>;
  answerApplication(id: string, account: string, accept: boolean, note?: string): Promise<GroupOutcome>;
  leaveGroup(id: string): Promise<void>;
  removeMembers(id: string, accounts: readonly string[]): Promise<GroupOutcome>;
  setAdmin(id: string, accounts: readonly string[], on: boolean): Promise<GroupOutcome>;
  /** @param leave whether one goes with it; otherwise one stays as a member */
  transferGroup(id: string, account: string, leave?: boolean): Promise<void>;
  /** @param seconds 0 lets the member write again */
  muteMember(id: string, account: string, seconds: number): Promise<void>;
  muteAll(id: string, on: boolean): Promise<void>;
  dismissGroup(id: string): Promise<void>;
  /** One's own name there; empty: as everywhere. */
  setNickname(id: string, nickname: string): Promise<void>;
  setNotify(id: string, mode: NotifyMode): Promise<void>;
  /** Who has read one's own message, in groups of up to 100. */
  readers(message: Message): Promise<{ readonly read: readonly string[]; readonly unread: readonly string[] }>;

  notices(): NoticeList;
  /** More of them: older ones, or the first. */
  loadNotices(): Promise<void>;
  /** All that are here. */
  markNoticesRead(): Promise<void>;
  /** Accepts or refuses what a notice asks; the first answer counts, whoever gives it. */
  answerNotice(notice: Notice, accept: boolean, note?: string): Promise<GroupOutcome>;
}
