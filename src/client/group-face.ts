import { errorCodes } from '../protocol/codes.js';
import type { GroupAct, GroupActor, NotifyMode } from '../protocol/group-forms.js';
import type { GroupInfo, Notice } from '../protocol/groups.js';
import type { Message } from '../protocol/message.js';
import type { Conversation } from './api.js';
import type { Directory } from './directory.js';
import { ChatError } from './errors.js';
import type {
  GroupApi,
  GroupDraft,
  GroupOutcome,
  GroupProfile,
  MemberPage,
  MemberQuery,
  NoticeList,
} from './group-api.js';
import type { Groups } from './groups.js';
import { newId } from './new-id.js';
import type { NoticeBox } from './notices.js';

export type GroupParts = {
  readonly groups: Groups;
  readonly notices: NoticeBox;
  readonly directory: Directory;
  /** Resolves when the cache has told what it knows. */
  readonly ready: Promise<void>;
};

/** The client's face where it has to do with groups and notices. */
export abstract class GroupFace implements GroupApi {
  protected abstract get groupParts(): GroupParts;

  async createGroup({ members, ...draft }: GroupDraft): Promise<Conversation> {
    const { id } = await this.groupParts.groups.create({ key: newId(), members: [...members], ...draft });
    return this.groupParts.directory.open(id);
  }

  group(id: string): GroupInfo | undefined {
    return this.groupParts.groups.get(id);
  }

  async loadGroup(id: string): Promise<GroupInfo> {
    await this.groupParts.ready;
    return this.groupParts.groups.load(id);
  }

  may(id: string, act: GroupAct, target?: GroupActor): boolean {
    return this.groupParts.groups.may(id, act, target);
  }

  members(id: string, query?: MemberQuery): Promise<MemberPage> {
    return this.groupParts.groups.members(id, query);
  }

  nameIn(id: string, account: string): string | undefined {
    return this.groupParts.groups.names.of(id, account);
  }

  async updateGroup(id: string, change: GroupProfile): Promise<void> {
    await this.groupParts.groups.act(id, { act: 'update', ...change });
  }

  invite(id: string, accounts: readonly string[], note?: string): Promise<GroupOutcome> {
    return this.groupParts.groups.act(id, { act: 'invite', accounts: [...accounts], ...noted(note) });
  }

  answerInvitation(id: string, accept: boolean, note?: string): Promise<GroupOutcome> {
    return this.groupParts.groups.act(id, { act: 'answerInvitation', accept, ...noted(note) });
  }

  joinGroup(id: string, note?: string): Promise<GroupOutcome> {
    return this.groupParts.groups.settle(id, { act: 'join', ...noted(note) }, errorCodes.alreadyInGroup);
  }

  answerApplication(id: string, account: string, accept: boolean, note?: string): Promise<GroupOutcome> {
    return this.groupParts.groups.act(id, { act: 'answerApplication', account, accept, ...noted(note) });
  }

  async leaveGroup(id: string): Promise<void> {
    await this.groupParts.groups.settle(id, { act: 'leave' }, errorCodes.notInGroup, errorCodes.notFound);
  }

  removeMembers(id: string, accounts: readonly string[]): Promise<GroupOutcome> {
    return this.groupParts.groups.act(id, { act: 'remove', accounts: [...accounts] });
  }

  setAdmin(id: string, accounts: readonly string[], on: boolean): Promise<GroupOutcome> {
    return this.groupParts.groups.act(id, { act: 'setAdmin', accounts: [...accounts], on });
  }

  async transferGroup(id: string, account: string, leave = false): Promise<void> {
    await this.groupParts.groups.act(id, { act: 'transfer', account, leave });
  }

  async muteMember(id: string, account: string, seconds: number): Promise<void> {
    await this.groupParts.groups.act(id, { act: 'mute', account, seconds });
  }

  async muteAll(id: string, on: boolean): Promise<void> {
    await this.groupParts.groups.act(id, { act: 'muteAll', on });
  }

  async dismissGroup(id: string): Promise<void> {
    await this.groupParts.groups.act(id, { act: 'dismiss' });
  }

  async setNickname(id: string, nickname: string): Promise<void> {
    await this.groupParts.groups.act(id, { act: 'setNickname', nickname });
  }

  async setNotify(id: string, mode: NotifyMode): Promise<void> {
    await this.groupParts.groups.act(id, { act: 'notify', mode });
  }

  readers(message: Message): Promise<{ readonly read: readonly string[]; readonly unread: readonly string[] }> {
    return this.groupParts.groups.readers(message);
  }

  notices(): NoticeList {
    return this.groupParts.notices.view;
  }

  loadNotices(): Promise<void> {
    return this.groupParts.notices.load();
  }

  markNoticesRead(): Promise<void> {
    return this.groupParts.notices.markRead();
  }

  answerNotice({ type, to, from }: Notice, accept: boolean, note?: string): Promise<GroupOutcome> {
    if (type === 'teamInvite') return this.answerInvitation(to, accept, note);
    if (type === 'applyTeam') return this.answerApplication(to, from, accept, note);
    return Promise.reject(new ChatError(errorCodes.badParameter, `a notice of the type "${type}" has no answer`));
  }
}

const noted = (note: string | undefined): { note?: string } => (note === undefined ? {} : { note });
