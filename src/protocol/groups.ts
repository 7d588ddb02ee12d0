import * as v from 'valibot';
import { groupForms, groupRoles, inviteModes, joinModes, longestMute, notifyModes } from './group-forms.js';
import { limits } from './limits.js';
import { Account, ConversationId, Count, IdClient, storedText } from './model.js';

/** `group-<groupId>`. */
const GroupCid = v.pipe(ConversationId, v.startsWith('group-'));
const Form = v.picklist(groupForms);
const Name = v.pipe(
  storedText(limits.name),
  v.check((name) => name.trim() !== '', 'is empty'),
);
const Note = storedText(limits.groupNote);
const Accounts = v.pipe(v.array(Account), v.minLength(1), v.maxLength(limits.accounts));

/** What of a group can be set when it is made, and changed later. */
const profile = {
  avatar: v.exactOptional(storedText(limits.url)),
  intro: v.exactOptional(storedText(limits.groupIntro)),
  announcement: v.exactOptional(storedText(limits.groupAnnouncement)),
  joinMode: v.exactOptional(v.picklist(joinModes)),
  inviteMode: v.exactOptional(v.picklist(inviteModes)),
};

const id = GroupCid;

/** What a `group` frame asks for; `act` says which. */
export const GroupCall = v.variant('act', [
  v.strictObject({
    act: v.literal('create'),
    /** Made once for it: asked again after a lost answer, it is the same group. */
    key: v.exactOptional(IdClient),
    form: Form,
    name: Name,
    members: v.pipe(v.array(Account), v.maxLength(limits.accounts)),
    ...profile,
  }),
  v.strictObject({ act: v.literal('info'), id }),
  v.strictObject({ act: v.literal('update'), id, name: v.exactOptional(Name), ...profile }),
  /** Members by rank, then by name; those whose account, name or nickname holds `query`; those behind the account `after`. */
  v.strictObject({
    act: v.literal('members'),
    id,
    query: v.exactOptional(storedText(limits.name)),
    after: v.exactOptional(Account),
    limit: v.pipe(Count, v.minValue(1), v.maxValue(limits.accounts)),
  }),
  v.strictObject({ act: v.literal('invite'), id, accounts: Accounts, note: v.exactOptional(Note) }),
  v.strictObject({ act: v.literal('answerInvitation'), id, accept: v.boolean(), note: v.exactOptional(Note) }),
  /** In at once, or an application, as the group's `joinMode` says. */
  v.strictObject({ act: v.literal('join'), id, note: v.exactOptional(Note) }),
  v.strictObject({
    act: v.literal('answerApplication'),
    id,
    account: Account,
    accept: v.boolean(),
    note: v.exactOptional(Note),
  }),
  v.strictObject({ act: v.literal('leave'), id }),
  v.strictObject({ act: v.literal('remove'), id, accounts: Accounts }),
  v.strictObject({ act: v.literal('setAdmin'), id, accounts: Accounts, on: v.boolean() }),
  v.strictObject({ act: v.literal('transfer'), id, account: Account, leave: v.boolean() }),
  /** For so many seconds; 0 lifts it. */
  v.strictObject({ act: v.literal('mute'), id, account: Account, seconds: v.pipe(Count, v.maxValue(longestMute)) }),
  v.strictObject({ act: v.literal('muteAll'), id, on: v.boolean() }),
  v.strictObject({ act: v.literal('setNickname'), id, nickname: storedText(limits.nickname) }),
  v.strictObject({ act: v.literal('notify'), id, mode: v.picklist(notifyModes) }),
  v.strictObject({ act: v.literal('dismiss'), id }),
  /** Who has read one's own message `seq`. */
  v.strictObject({ act: v.literal('readers'), id, seq: Count }),
]);
export type GroupCall = v.InferOutput<typeof GroupCall>;
export type GroupCallOf<A extends GroupCall['act']> = Extract<GroupCall, { act: A }>;

const text = v.string();

/** A group as its viewer sees it. */
export const GroupInfo = v.object({
  id: GroupCid,
  form: Form,
  name: text,
  avatar: v.exactOptional(text),
  intro: v.exactOptional(text),
  announcement: v.exactOptional(text),
  joinMode: v.picklist(joinModes),
  inviteMode: v.picklist(inviteModes),
  /** Only those who manage it may write. */
  mutedAll: v.boolean(),
  dismissed: v.boolean(),
  owner: v.exactOptional(Account),
  memberCount: Count,
  /** 0: any number. */
  memberLimit: Count,
  createTime: Count,
  /** The viewer's own role; `outsider` for one who is no member (any more). */
  role: v.picklist([...groupRoles, 'outsider']),
  nickname: v.exactOptional(text),
  /** Until when the viewer may not write, ms since 1970. */
  mutedUntil: v.exactOptional(Count),
  notify: v.picklist(notifyModes),
});
export type GroupInfo = v.InferOutput<typeof GroupInfo>;

export const GroupMember = v.object({
  account: Account,
  role: v.picklist(groupRoles),
  name: v.exactOptional(text),
  avatar: v.exactOptional(text),
  /** How the member is called in this group. */
  nickname: v.exactOptional(text),
  mutedUntil: v.exactOptional(Count),
  joinTime: Count,
});
export type GroupMember = v.InferOutput<typeof GroupMember>;

/** What became of an application or an invitation. */
export const RequestState = v.picklist(['init', 'passed', 'rejected']);
export type RequestState = v.InferOutput<typeof RequestState>;

/** The answer to each `group` frame: of these whatever its `act` gives. */
export const groupReplyEntries = {
  group: v.exactOptional(GroupInfo),
  members: v.exactOptional(v.array(GroupMember)),
  more: v.exactOptional(v.boolean()),
  /** 200: done; 808: applied, 810: invited, and somebody else has to answer. */
  code: Count,
  /** Of an answer: what it was answered with, by whoever was first. */
  state: v.exactOptional(RequestState),
  by: v.exactOptional(Account),
  /** Those for whom it was not done, and why. */
  failed: v.exactOptional(v.array(v.tuple([Account, Count]))),
  read: v.exactOptional(v.array(Account)),
  unread: v.exactOptional(v.array(Account)),
} as const;
export type GroupReply = v.InferOutput<v.ObjectSchema<typeof groupReplyEntries, undefined>>;

/** Word to one person, outside any conversation. */
export const Notice = v.object({
  msgId: text,
  /** Its place among the account's notices: later ones have higher numbers. */
  num: Count,
  time: Count,
  /** One of `noticeTypes`, or one of a later version's. */
  type: text,
  from: Account,
  /** The account that it is for, or the group that it is about: its conversation's id. */
  to: text,
  scene: v.picklist(['p2p', 'group']),
  /** The group's name when it was written: whoever is outside cannot look it up. */
  name: v.exactOptional(text),
  /** What the other one wrote with it. */
  content: v.exactOptional(text),
  custom: v.exactOptional(text),
  /** Of what is to be answered. */
  state: v.exactOptional(RequestState),
  /** Who answered. */
  by: v.exactOptional(Account),
  read: v.boolean(),
});
export type Notice = v.InferOutput<typeof Notice>;
