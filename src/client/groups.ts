import { errorCodes } from '../protocol/codes.js';
import { mayInGroup, type GroupAct, type GroupActor } from '../protocol/group-forms.js';
import type { GroupCall, GroupInfo, GroupMember, GroupReply } from '../protocol/groups.js';
import { limits } from '../protocol/limits.js';
import type { Message } from '../protocol/message.js';
import type { LogEvent } from '../protocol/model.js';
import type { GroupRow } from './cache/cache.js';
import type { Commits } from './commits.js';
import { ChatError } from './errors.js';
import type { GroupOutcome, MemberPage, MemberQuery } from './group-api.js';
import { GroupNames } from './group-names.js';
import type { Requests } from './requests.js';
import type { Settings } from './options.js';
import { withNotification, withRenaming } from './store/group-change.js';
import type { ReadModel } from './store/read-model.js';

/** Members that are kept with a group. */
const firstMembers = 100;

type Known = { readonly row: GroupRow; /** Whether it may have changed since. */ readonly stale: boolean };

type Parts = {
  readonly settings: Settings;
  readonly commits: Commits;
  readonly model: ReadModel;
  readonly requests: Requests;
  /** Whether a question would be answered now rather than some day. */
  readonly online: () => boolean;
  /** Learns a conversation that was not there, or not any more. */
  readonly learn: (id: string) => Promise<unknown>;
};

type Call<A extends GroupCall['act']> = A extends A ? Omit<Extract<GroupCall, { act: A }>, 'id'> : never;

/** Groups as this account sees them: asked for once, then kept up to date by what their conversations tell. */
export class Groups {
  readonly #parts: Parts;
  readonly #known = new Map<string, Known>();
  readonly #loading = new Map<string, Promise<GroupInfo>>();
  readonly names: GroupNames;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.names = new GroupNames(parts.requests, parts.online, (id) => this.#changed(id));
  }

  /** What the cache knows; what came by itself meanwhile is newer. */
  restore(rows: readonly GroupRow[]): void {
    for (const row of rows) {
      if (this.#known.has(row.id)) continue;
      this.#known.set(row.id, { row, stale: true });
      this.names.learn(row.id, row.members ?? []);
    }
  }

  /** While there was no link, anything may have changed. */
  synced(): void {
    for (const [id, { row }] of this.#known) this.#known.set(id, { row, stale: true });
    for (const [id, timeline] of this.#parts.model.timelines()) if (timeline.wanted) this.opened(id);
    this.names.online();
  }

  /** Somebody looks at the conversation. */
  opened(id: string): void {
    if (!isGroup(id) || this.#known.get(id)?.stale === false || !this.#parts.online()) return;
    this.load(id).catch(() => undefined);
  }

  get(id: string): GroupInfo | undefined {
    return this.#known.get(id)?.row.info;
  }

  may(id: string, act: GroupAct, target?: GroupActor): boolean {
    const info = this.get(id);
    if (!info) return false;
    const { role, mutedUntil = 0 } = info;
    const now = this.#parts.settings.clock.wall();
    return mayInGroup(info, { role, mutedUntil }, act, { now, ...(target !== undefined && { target }) });
  }

  load(id: string): Promise<GroupInfo> {
    let loading = this.#loading.get(id);
    if (!loading) {
      loading = this.#load(id).finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
    }
    return loading;
  }

  async members(id: string, { query, after, limit = firstMembers }: MemberQuery = {}): Promise<MemberPage> {
    const known = this.#known.get(id)?.row.members;
    if (!this.#parts.online() && known && after === undefined) {
      const found = query === undefined ? known : known.filter((member) => matches(member, query));
      return { members: found, more: false };
    }
    const call = {
      limit: Math.min(limit, limits.accounts),
      ...(query !== undefined && { query }),
      ...(after !== undefined && { after }),
    };
    const { members = [], more = false } = await this.#ask(id, { act: 'members', ...call });
    this.names.learn(id, members);
    const row = this.#known.get(id)?.row;
    if (row && query === undefined && after === undefined) await this.#keep({ ...row, members }, false);
    return { members, more };
  }

  /** Does something there, and takes in what the group is after it. @throws {ChatError} */
  async act(id: string, call: Call<Exclude<GroupCall['act'], 'create'>>): Promise<GroupOutcome> {
    return outcomeOf(await this.#ask(id, call));
  }

  /** The same where it counts as done when it was done before: an answer may have been lost. */
  async settle(id: string, call: Call<'join' | 'leave'>, ...done: number[]): Promise<GroupOutcome> {
    try {
      return await this.act(id, call);
    } catch (error) {
      if (error instanceof ChatError && done.includes(error.code)) return { outcome: 'done', failed: [] };
      throw error;
    }
  }

  async create(call: Omit<Extract<GroupCall, { act: 'create' }>, 'act'>): Promise<GroupInfo> {
    const { group } = await this.#parts.requests.ask<'group'>({ t: 'group', call: { act: 'create', ...call } });
    if (!group) throw new ChatError(errorCodes.serverError, 'the server did not say which group it made');
    await this.take(group);
    return group;
  }

  async readers({ conversationId: id, seq }: Message): Promise<{ read: readonly string[]; unread: readonly string[] }> {
    if (seq === undefined) throw new ChatError(errorCodes.badParameter, 'the message is not sent yet');
    const { read = [], unread = [] } = await this.#ask(id, { act: 'readers', seq });
    return { read, unread };
  }

  /** The group as the server tells it. */
  async take(info: GroupInfo): Promise<void> {
    const members = this.#known.get(info.id)?.row.members;
    await this.#keep({ id: info.id, info, ...(members && { members }) }, false);
  }

  /** Something of one's own there changed, or one has come into it. */
  async receive(info: GroupInfo): Promise<void> {
    await this.take(info);
    const muted = info.notify !== 'notify';
    const { commits, model, learn } = this.#parts;
    const known = model.conversation(info.id);
    if (!known || known.left) await learn(info.id).catch(() => undefined);
    else if (known.muted !== muted)
      await commits.add({
        cid: info.id,
        entry: (entry) => entry && { ...entry, conversation: { ...entry.conversation, muted } },
      });
  }

  /** One is not in it any more: what is here stays. */
  async left(id: string): Promise<void> {
    const row = this.#known.get(id)?.row;
    if (row) await this.#keep({ ...row, info: { ...row.info, role: 'outsider' } }, false);
    await this.#parts.commits.add({
      cid: id,
      entry: (entry) => entry && { ...entry, conversation: { ...entry.conversation, left: true } },
    });
  }

  /** What the conversation tells of the group. */
  notified(id: string, events: readonly LogEvent[]): void {
    if (!isGroup(id)) return;
    for (const event of events) {
      const attach =
        event.kind === 'message' && event.message.type === 'notification' ? event.message.attach : undefined;
      if (!attach) continue;
      const row = this.#known.get(id)?.row;
      if (row) {
        const { members: _, ...rest } = row;
        // Of the members it tells only some; they are asked for when somebody looks.
        const kept = attach.type === 'update' ? row : rest;
        void this.#keep({ ...kept, info: withNotification(row.info, attach, this.#parts.settings.account) }, false);
      }
      void this.#parts.commits.add({
        cid: id,
        entry: (entry) => entry && { ...entry, conversation: withRenaming(entry.conversation, attach) },
      });
    }
  }

  async #load(id: string): Promise<GroupInfo> {
    const known = this.get(id);
    if (known && !this.#parts.online()) return known;
    const { group } = await this.#ask(id, { act: 'info' });
    if (!group) throw new ChatError(errorCodes.notFound, 'there is no such group');
    if (group.role !== 'outsider') await this.members(id).catch(() => undefined);
    return group;
  }

  async #ask(id: string, call: Call<Exclude<GroupCall['act'], 'create'>>): Promise<GroupReply> {
    if (!isGroup(id)) throw new ChatError(errorCodes.badParameter, `"${id}" is not a group`);
    const reply = await this.#parts.requests.ask<'group'>({ t: 'group', call: { id, ...call } });
    if (reply.group) await this.take(reply.group);
    return reply;
  }

  /** Written, then in memory, then told; what is newer in memory by then stays. */
  #keep(row: GroupRow, stale: boolean): Promise<void> {
    this.#known.set(row.id, { row, stale });
    this.#changed(row.id);
    return this.#parts.commits.add({ groups: [row] });
  }

  #changed(id: string): void {
    const { model } = this.#parts;
    model.tell('group', { conversationId: id });
    model.flush();
  }
}

function isGroup(id: string): boolean {
  return id.startsWith('group-');
}

function matches({ account, name = '', nickname = '' }: GroupMember, query: string): boolean {
  const wanted = query.toLowerCase();
  return [account, name, nickname].some((text) => text.toLowerCase().includes(wanted));
}

function outcomeOf({ code, state, by, failed = [] }: GroupReply): GroupOutcome {
  const waits = code === errorCodes.applied || code === errorCodes.invited;
  return {
    outcome: waits ? 'waiting' : code === errorCodes.memberState ? 'answered' : 'done',
    ...(state !== undefined && { state }),
    ...(by !== undefined && { by }),
    failed: failed.map(([account, why]) => ({ account, code: why })),
  };
}
