import { hash, randomUUID } from 'node:crypto';
import { errorCodes } from '../../../protocol/codes.js';
import { formRules } from '../../../protocol/group-forms.js';
import type { GroupCall, GroupCallOf, GroupReply } from '../../../protocol/groups.js';
import { parseConversationId } from '../../../protocol/ids.js';
import type { ClientFrameOf } from '../../../protocol/frames.js';
import type { Bus } from '../../bus/bus.js';
import { StorageBusyError, type GroupChange, type GroupChanged, type Storage } from '../../storage/storage.js';
import type { Accounts } from '../accounts.js';
import { ChatError, notFound } from '../chat-error.js';
import { groupInfo, isSmall, memberInfo } from './group-info.js';
import { GroupTeller } from './group-teller.js';
import { Deciding, makeNote, refused, type Actor, type Facts, type Plan } from './plan.js';
import * as manage from './plan-manage.js';
import * as people from './plan-members.js';
import type { Roster } from './roster.js';
import type { Rosters } from './rosters.js';

/** A group's id: nobody guesses it, and the same request gives the same. */
function groupId(owner: string, key: string): string {
  return hash('sha256', `group ${owner} ${key}`).slice(0, 16);
}

/** An account's groups, as their owner. */
const mostOwned = 1_000;

/** How often something is decided anew because the group changed meanwhile. */
const tries = 10;

/** Everything that is done to groups: who may, as the table of forms says, what changes, and who hears of it. */
export class Groups {
  readonly #storage: Storage;
  readonly #accounts: Accounts;
  readonly #rosters: Rosters;
  readonly #now: () => number;
  readonly #teller: GroupTeller;
  /** Changes of one group, one after the other. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(storage: Storage, bus: Bus, accounts: Accounts, rosters: Rosters, now: () => number) {
    this.#storage = storage;
    this.#accounts = accounts;
    this.#rosters = rosters;
    this.#now = now;
    this.#teller = new GroupTeller(bus, rosters, now);
  }

  /**
   * Does what a `group` frame asks for, in the actor's name.
   * @throws {ChatError}
   */
  run(actor: Actor, call: GroupCall): Promise<GroupReply> {
    switch (call.act) {
      case 'create':
        return this.#create(actor, call);
      case 'info':
        return this.#info(actor, call.id);
      case 'members':
        return this.#members(actor, call);
      case 'readers':
        return this.#readers(actor, call);
      default:
        return this.#inTurn(call.id, () => this.#change(actor, call));
    }
  }

  /**
   * Whether `from` may write this there.
   * @throws {ChatError}
   */
  demandPost(roster: Roster, from: string, { mentions }: Pick<ClientFrameOf<'send'>, 'mentions'>): void {
    const at = new Deciding(roster, { account: from }, { now: this.#now(), exist: new Set() });
    at.demand('post');
    if (mentions?.includes('*')) at.demand('mentionAll');
    // What is not kept needs another way to those present than the log, and there is none yet.
    if (!at.rules.stored) throw new ChatError(errorCodes.wrongForm, 'this server does not carry live messages yet');
  }

  /** @throws {ChatError} 404 */
  async #roster(cid: string): Promise<Roster> {
    const target = parseConversationId(cid);
    const roster = target?.scene === 'group' ? await this.#rosters.get(target.to) : undefined;
    if (!roster) throw notFound('conversation');
    return roster;
  }

  #deciding(roster: Roster, actor: Actor): Deciding {
    return new Deciding(roster, actor, { now: this.#now(), exist: new Set() });
  }

  async #info(actor: Actor, cid: string): Promise<GroupReply> {
    const roster = await this.#roster(cid);
    this.#deciding(roster, actor).demand('see');
    return this.#withGroup(actor, roster, { code: errorCodes.ok });
  }

  async #members(actor: Actor, { id, query, after, limit }: GroupCallOf<'members'>): Promise<GroupReply> {
    const roster = await this.#roster(id);
    const at = this.#deciding(roster, actor);
    at.demand('seeMembers');
    const most = Math.min(limit, at.rules.membersShown);
    const role = after === undefined ? undefined : roster.member(after)?.role;
    const rows = await this.#storage.groupMembers(roster.id, {
      limit: most + 1,
      ...(query !== undefined && { query }),
      ...(after !== undefined && { after: { account: after, role: role ?? 'member' } }),
    });
    const shown = rows.slice(0, most).map((row) => memberInfo(row, at.facts.now));
    // Of a form that shows only some, there are no further pages.
    const more = rows.length > most && at.rules.membersShown === Infinity;
    return { code: errorCodes.ok, members: shown, more };
  }

  /** Counted from the members' own markers: nothing is written when somebody reads or is read. */
  async #readers(actor: Actor, { id, seq }: GroupCallOf<'readers'>): Promise<GroupReply> {
    const roster = await this.#roster(id);
    const at = this.#deciding(roster, actor);
    at.demand('see');
    if (at.role === 'outsider') throw refused(errorCodes.notInGroup);
    const [message] = await this.#storage.messages(roster.id, seq, seq);
    if (!isSmall(roster) || !message || message.from !== at.account || message.type === 'notification')
      throw refused(errorCodes.noReaders);
    const marks = (await this.#storage.groupMarks(roster.id)).filter(
      ({ account, since }) => account !== at.account && since < seq,
    );
    const names = (done: boolean): string[] =>
      marks.filter(({ readSeq }) => readSeq >= seq === done).map(({ account }) => account);
    return { code: errorCodes.ok, read: names(true), unread: names(false) };
  }

  async #create(actor: Actor, call: GroupCallOf<'create'>): Promise<GroupReply> {
    const rules = formRules[call.form];
    const owner = actor === 'app' ? undefined : actor.account;
    if (!rules.creators.includes(owner === undefined ? 'app' : 'account')) throw refused(errorCodes.noGroupPermission);
    const id = groupId(owner ?? '', call.key ?? randomUUID());
    const again = call.key === undefined ? undefined : await this.#rosters.get(id);
    if (again) return this.#withGroup(actor, again, { code: errorCodes.ok });
    const asked = [...new Set(call.members)].filter((account) => account !== owner);
    if (asked.length > 0 && !rules.initialMembers) throw refused(errorCodes.wrongForm);
    if ((call.joinMode ?? call.inviteMode) !== undefined && rules.modesFixed) throw refused(errorCodes.wrongForm);
    const isMany =
      (rules.most !== Infinity && (await this.#storage.countGroups(call.form)) >= rules.most) ||
      (owner !== undefined && (await this.#storage.countOwned(owner)) >= mostOwned);
    if (isMany) throw refused(errorCodes.groupLimit);
    const exist = await this.#existing(asked);
    const members = asked.filter((account) => exist.has(account));
    if (members.length + 1 > rules.maxMembers) throw refused(errorCodes.memberLimit);

    const { form, name, avatar = '', intro = '', announcement = '' } = call;
    const sender = owner ?? members[0];
    const count: [string, string] = ['memberCount', `${members.length + Number(owner !== undefined)}`];
    const note =
      rules.stored && sender !== undefined ? makeNote(sender, 'create', members, [['name', name], count]) : undefined;
    const createTime = this.#now();
    const made = await this.#storage.createGroup({
      ...{ id, form, name: name.trim(), avatar, intro, announcement, createTime },
      joinMode: call.joinMode ?? rules.joinMode,
      inviteMode: call.inviteMode ?? rules.inviteMode,
      memberLimit: rules.maxMembers === Infinity ? 0 : rules.maxMembers,
      stored: rules.stored,
      members: [
        ...(owner !== undefined && rules.hasOwner ? [{ account: owner, role: 'owner' as const }] : []),
        ...members.map((account) => ({ account, role: 'member' as const })),
      ],
      ...(note && { note }),
    });
    const roster = (await this.#rosters.get(id))!;
    if (note) this.#teller.note(roster, note, made.noteSeq, createTime);
    const failed = asked
      .filter((account) => !exist.has(account))
      .map((account) => [account, errorCodes.notFound] as [string, number]);
    return this.#withGroup(actor, roster, { code: errorCodes.ok, ...(failed.length > 0 && { failed }) });
  }

  async #change(actor: Actor, call: Changing): Promise<GroupReply> {
    for (let left = tries; left > 0; left--) {
      const roster = await this.#roster(call.id);
      const at = new Deciding(roster, actor, await this.#facts(roster, actor, call));
      const { change, reply } = plan(at, call);
      if (!change) return this.#withGroup(actor, roster, reply);
      const full: GroupChange = {
        ...change,
        conversation: roster.id,
        version: roster.group.version,
        time: at.facts.now,
      };
      const changed = await this.#storage.changeGroup(full);
      if (changed !== 'stale') return this.#changed(actor, roster, full, changed, reply);
      this.#rosters.forget(roster.group.id);
    }
    throw new StorageBusyError('the group changes all the time');
  }

  #changed(actor: Actor, { group }: Roster, full: GroupChange, changed: GroupChanged, reply: GroupReply): GroupReply {
    const roster = this.#teller.changed(group.id, full, changed);
    return roster ? this.#withGroup(actor, roster, reply) : reply;
  }

  async #facts(roster: Roster, actor: Actor, call: Changing): Promise<Facts> {
    const now = this.#now();
    const account = actor === 'app' ? undefined : actor.account;
    const exist = call.act === 'invite' ? await this.#existing(call.accounts) : new Set<string>();
    const request = async (who: string | undefined, kind: 'apply' | 'invite') =>
      who === undefined ? undefined : this.#storage.groupRequest(roster.id, who, kind);
    const found =
      call.act === 'answerInvitation'
        ? await request(account, 'invite')
        : call.act === 'answerApplication'
          ? await request(call.account, 'apply')
          : call.act === 'join'
            ? await request(account, 'apply')
            : undefined;
    return { now, exist, ...(found && { request: found }) };
  }

  async #existing(accounts: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.#accounts.profiles(accounts)).map(({ account }) => account));
  }

  /** The switch of a conversation's settings; one that was set to `off` stays so. @throws {ChatError} */
  async setMuted(account: string, id: string, muted: boolean): Promise<void> {
    const own = (await this.#roster(id)).member(account);
    if (!own || (own.notify !== 'notify') === muted) return;
    await this.run({ account }, { act: 'notify', id, mode: muted ? 'silent' : 'notify' });
  }

  /** What the actor may see of it stands in each answer. */
  #withGroup(actor: Actor, roster: Roster, reply: GroupReply): GroupReply {
    const viewer = actor === 'app' ? undefined : actor.account;
    if (this.#deciding(roster, actor).refusal('see') !== undefined) return reply;
    return { ...reply, group: groupInfo(roster, viewer, this.#now()) };
  }

  async #inTurn<T>(cid: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(cid) ?? Promise.resolve();
    const done = before.then(work, work);
    this.#turns.set(cid, done);
    try {
      return await done;
    } finally {
      if (this.#turns.get(cid) === done) this.#turns.delete(cid);
    }
  }
}

type Changing = Exclude<GroupCall, { act: 'create' | 'info' | 'members' | 'readers' }>;

function plan(at: Deciding, call: Changing): Plan {
  switch (call.act) {
    case 'invite':
      return people.invite(at, call);
    case 'answerInvitation':
      return people.answerInvitation(at, call);
    case 'join':
      return people.join(at, call);
    case 'answerApplication':
      return people.answerApplication(at, call);
    case 'leave':
      return people.leave(at);
    case 'remove':
      return people.remove(at, call);
    case 'update':
      return manage.update(at, call);
    case 'setAdmin':
      return manage.setAdmin(at, call);
    case 'transfer':
      return manage.transfer(at, call);
    case 'mute':
      return manage.mute(at, call);
    case 'muteAll':
      return manage.muteAll(at, call);
    case 'setNickname':
      return manage.setNickname(at, call);
    case 'notify':
      return manage.notify(at, call);
    case 'dismiss':
      return manage.dismiss(at);
  }
}
