import { errorCodes, type ErrorCode } from './codes.js';

/** The five forms of group. What each of them is stands in the table below, and nowhere else. */
export const groupForms = ['private', 'public', 'chatroom', 'live', 'broadcast'] as const;
export type GroupForm = (typeof groupForms)[number];

export const groupRoles = ['owner', 'admin', 'member'] as const;
export type GroupRole = (typeof groupRoles)[number];

/** Who acts: a member by role, somebody who is no member, or whoever runs the service (the management API). */
export type GroupActor = GroupRole | 'outsider' | 'app';

/** Everything that somebody may do to, or in, a group that is there. */
export const groupActs = [
  'see',
  'seeMembers',
  'join',
  'answerApplication',
  'invite',
  'leave',
  'remove',
  'setAdmin',
  'transfer',
  'update',
  'mute',
  'muteAll',
  'post',
  'mentionAll',
  'setNickname',
  'dismiss',
] as const;
export type GroupAct = (typeof groupActs)[number];

/** How somebody gets in without being invited: at once, when a manager agrees, or not at all. */
export const joinModes = ['free', 'approval', 'closed'] as const;
export type JoinMode = (typeof joinModes)[number];

/** Which members may invite others. */
export const inviteModes = ['everyone', 'managers', 'nobody'] as const;
export type InviteMode = (typeof inviteModes)[number];

/** What becomes of a group's messages for one member: they ring, they only come, or they do not even count. */
export const notifyModes = ['notify', 'silent', 'off'] as const;
export type NotifyMode = (typeof notifyModes)[number];

/** What a form is. */
export type FormRules = {
  /** Who may make one; `account`: anybody who is signed in. */
  readonly creators: readonly ('account' | 'app')[];
  /** How many of the form there may be. */
  readonly most: number;
  /** Whether others can be put in when it is made. */
  readonly initialMembers: boolean;
  /** Whether who makes it is its owner. */
  readonly hasOwner: boolean;
  readonly maxMembers: number;
  /** Whether somebody outside who knows the id sees what it is; to others it is not there. */
  readonly findable: boolean;
  readonly joinMode: JoinMode;
  readonly inviteMode: InviteMode;
  /** Whether the two modes can be changed. */
  readonly modesFixed: boolean;
  /** Whether somebody invited has to agree. */
  readonly consent: boolean;
  /** Whether the owner may leave it without another one. */
  readonly ownerLeaves: boolean;
  /** Whether its messages are kept; without that only those present hear them. */
  readonly stored: boolean;
  readonly unread: boolean;
  readonly push: boolean;
  /** Whether the conversation says who came and went. */
  readonly tellsComings: boolean;
  /** Whether a member may read what was said before coming. */
  readonly seesBefore: boolean;
  /** How many of the members others see. */
  readonly membersShown: number;
  /** Whether somebody without an account may listen. */
  readonly guests: boolean;
  /** Who may do what, before a group's own modes and the other one's role are looked at. */
  readonly acts: { readonly [A in GroupAct]: readonly GroupActor[] };
};

const nobody: readonly GroupActor[] = [];
const app: readonly GroupActor[] = ['app'];
const owner: readonly GroupActor[] = ['app', 'owner'];
const managers: readonly GroupActor[] = ['app', 'owner', 'admin'];
const members: readonly GroupActor[] = ['app', 'owner', 'admin', 'member'];
const inside: readonly GroupActor[] = ['owner', 'admin', 'member'];
const outside: readonly GroupActor[] = ['outsider'];
const everybody: readonly GroupActor[] = [...members, 'outsider'];

const managed = {
  see: everybody,
  seeMembers: members,
  join: outside,
  answerApplication: managers,
  invite: members,
  leave: inside,
  remove: managers,
  setAdmin: owner,
  transfer: owner,
  update: managers,
  mute: managers,
  muteAll: managers,
  post: members,
  mentionAll: managers,
  setNickname: members,
  dismiss: owner,
} as const satisfies FormRules['acts'];

/** The forms, as one table: the server asks it, the widget asks it, the tests go through it. */
export const formRules: { readonly [F in GroupForm]: FormRules } = {
  private: {
    creators: ['account', 'app'],
    most: Infinity,
    initialMembers: true,
    hasOwner: true,
    maxMembers: 200,
    findable: false,
    joinMode: 'closed',
    inviteMode: 'everyone',
    modesFixed: true,
    consent: false,
    ownerLeaves: true,
    stored: true,
    unread: true,
    push: true,
    tellsComings: true,
    seesBefore: false,
    membersShown: Infinity,
    guests: false,
    acts: {
      ...managed,
      see: members,
      join: nobody,
      answerApplication: nobody,
      remove: owner,
      setAdmin: nobody,
      update: members,
      mute: nobody,
      muteAll: nobody,
      mentionAll: owner,
      dismiss: app,
    },
  },
  public: {
    creators: ['account', 'app'],
    most: Infinity,
    initialMembers: true,
    hasOwner: true,
    maxMembers: 2_000,
    findable: true,
    joinMode: 'approval',
    inviteMode: 'nobody',
    modesFixed: false,
    consent: true,
    ownerLeaves: false,
    stored: true,
    unread: true,
    push: true,
    tellsComings: true,
    seesBefore: false,
    membersShown: Infinity,
    guests: false,
    acts: managed,
  },
  chatroom: {
    creators: ['account', 'app'],
    most: Infinity,
    initialMembers: true,
    hasOwner: true,
    maxMembers: 10_000,
    findable: true,
    joinMode: 'free',
    inviteMode: 'nobody',
    modesFixed: false,
    consent: true,
    ownerLeaves: false,
    stored: true,
    unread: false,
    push: false,
    tellsComings: false,
    seesBefore: true,
    membersShown: Infinity,
    guests: false,
    acts: managed,
  },
  live: {
    creators: ['account', 'app'],
    most: Infinity,
    initialMembers: false,
    hasOwner: true,
    maxMembers: Infinity,
    findable: true,
    joinMode: 'free',
    inviteMode: 'nobody',
    modesFixed: true,
    consent: false,
    ownerLeaves: false,
    stored: false,
    unread: false,
    push: false,
    tellsComings: true,
    seesBefore: false,
    membersShown: 300,
    guests: true,
    acts: {
      ...managed,
      answerApplication: nobody,
      invite: nobody,
      remove: nobody,
      setAdmin: nobody,
      transfer: nobody,
      update: owner,
      mute: owner,
      muteAll: owner,
      mentionAll: owner,
      setNickname: nobody,
    },
  },
  broadcast: {
    creators: ['app'],
    most: 5,
    initialMembers: false,
    hasOwner: false,
    maxMembers: Infinity,
    findable: false,
    joinMode: 'free',
    inviteMode: 'nobody',
    modesFixed: true,
    consent: false,
    ownerLeaves: false,
    stored: false,
    unread: false,
    push: false,
    tellsComings: false,
    seesBefore: false,
    membersShown: 0,
    guests: true,
    acts: {
      see: members,
      seeMembers: nobody,
      join: outside,
      answerApplication: nobody,
      invite: nobody,
      leave: inside,
      remove: nobody,
      setAdmin: nobody,
      transfer: nobody,
      update: app,
      mute: nobody,
      muteAll: nobody,
      post: app,
      mentionAll: app,
      setNickname: nobody,
      dismiss: app,
    },
  },
};

/** How many of a group may be its admins. */
export const mostAdmins = 10;
/** The longest that a member can be muted, seconds: 30 days. */
export const longestMute = 2_592_000;
/** Groups of up to so many tell who has read a message, and who writes. */
export const smallGroup = 100;

/** What of a group, beyond its form, decides what may be done in it. */
export type GroupState = {
  readonly form: GroupForm;
  readonly joinMode: JoinMode;
  readonly inviteMode: InviteMode;
  readonly mutedAll: boolean;
  readonly dismissed: boolean;
};

/** The one who acts. */
export type ActingMember = { readonly role: GroupActor; /** ms since 1970 */ readonly mutedUntil?: number };

/**
 * Why `who` may not do `act`: a code, or `undefined` where it may be done.
 * @param target the role of the one to whom it is done, for `remove`, `mute`, `setAdmin`, `transfer`
 * @param now for a mute that ends by itself
 */
export function groupRefusal(
  group: GroupState,
  who: ActingMember,
  act: GroupAct,
  { target, now = 0 }: { readonly target?: GroupActor; readonly now?: number } = {},
): ErrorCode | undefined {
  const rules = formRules[group.form];
  const { role } = who;
  if (role === 'outsider' && !rules.findable && !rules.acts[act].includes(role)) return errorCodes.notFound;
  if (group.dismissed && act !== 'see' && act !== 'leave' && act !== 'seeMembers') return errorCodes.noGroup;
  if (act === 'join' && role !== 'outsider' && role !== 'app') return errorCodes.alreadyInGroup;
  if (role === 'outsider' && !rules.acts[act].includes('outsider')) return errorCodes.notInGroup;
  if (!rules.acts[act].includes(role)) return errorCodes.noGroupPermission;
  return byState(group, who, act, now) ?? (target && byTarget(role, act, target));
}

function byState(group: GroupState, { role, mutedUntil = 0 }: ActingMember, act: GroupAct, now: number) {
  const { form, joinMode, inviteMode, mutedAll, dismissed } = group;
  const manages = role === 'owner' || role === 'admin' || role === 'app';
  switch (act) {
    case 'join':
      return joinMode === 'closed' ? errorCodes.noGroupPermission : undefined;
    case 'invite': {
      if (role === 'app') return undefined;
      const may = inviteMode === 'everyone' || (inviteMode === 'managers' && manages);
      return may ? undefined : errorCodes.noGroupPermission;
    }
    case 'leave':
      return role === 'owner' && !formRules[form].ownerLeaves && !dismissed ? errorCodes.noGroupPermission : undefined;
    case 'post':
      if (mutedUntil > now) return errorCodes.accountMuted;
      return mutedAll && !manages ? errorCodes.groupMuted : undefined;
    default:
      return undefined;
  }
}

const rank: { readonly [A in GroupActor]: number } = { outsider: 0, member: 1, admin: 2, owner: 3, app: 4 };

/** Managers act upon those below them; what is handed over goes to a member. */
function byTarget(role: GroupActor, act: GroupAct, target: GroupActor): ErrorCode | undefined {
  if (target === 'outsider') return errorCodes.notInGroup;
  if (act === 'remove' || act === 'mute')
    return rank[role] > rank[target] && target !== 'owner' ? undefined : errorCodes.noGroupPermission;
  if (act === 'setAdmin' || act === 'transfer') return target === 'owner' ? errorCodes.memberState : undefined;
  return undefined;
}

/** Whether it may be done; for the reasons `groupRefusal`. */
export function mayInGroup(...question: Parameters<typeof groupRefusal>): boolean {
  return groupRefusal(...question) === undefined;
}
