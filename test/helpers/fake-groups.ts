import type { Conversation } from '../../src/client/api.js';
import { ChatError } from '../../src/client/errors.js';
import type {
  GroupApi,
  GroupDraft,
  GroupOutcome,
  GroupProfile,
  MemberPage,
  MemberQuery,
  NoticeList,
} from '../../src/client/group-api.js';
import { mayInGroup, type GroupAct, type GroupActor, type NotifyMode } from '../../src/protocol/group-forms.js';
import type { GroupInfo, GroupMember, Notice } from '../../src/protocol/groups.js';

/** The groups and notices of a client without a server. */
export abstract class FakeGroups implements GroupApi {
  abstract readonly calls: string[];
  abstract readonly now: () => number;
  abstract add(id: string, fields?: Partial<Conversation>): Conversation;

  /** Groups and notices are what a test puts here; what is done to them is only noted. */
  readonly groups = new Map<string, GroupInfo>();
  readonly groupMembers = new Map<string, readonly GroupMember[]>();
  noticeList: NoticeList = { notices: [], unread: 0, more: false };
  outcome: GroupOutcome = { outcome: 'done', failed: [] };
  readBy: { readonly read: readonly string[]; readonly unread: readonly string[] } = { read: [], unread: [] };

  group(id: string): GroupInfo | undefined {
    return this.groups.get(id);
  }
  loadGroup(id: string): Promise<GroupInfo> {
    const info = this.groups.get(id);
    return info ? Promise.resolve(info) : Promise.reject(new ChatError(404, `there is no ${id}`));
  }
  may(id: string, act: GroupAct, target?: GroupActor): boolean {
    const info = this.groups.get(id);
    const asked = { now: this.now(), ...(target !== undefined && { target }) };
    return info !== undefined && mayInGroup(info, info, act, asked);
  }
  members(id: string, { query = '' }: MemberQuery = {}): Promise<MemberPage> {
    const all = this.groupMembers.get(id) ?? [];
    return Promise.resolve({
      members: all.filter(({ account, name = '', nickname = '' }) =>
        [account, name, nickname].some((text) => text.toLowerCase().includes(query.toLowerCase())),
      ),
      more: false,
    });
  }
  nameIn(id: string, account: string): string | undefined {
    const member = this.groupMembers.get(id)?.find((one) => one.account === account);
    return member?.nickname ?? member?.name;
  }
  createGroup({ name, form, members }: GroupDraft): Promise<Conversation> {
    this.calls.push(`createGroup ${form} ${name} ${members.join(' ')}`);
    return Promise.resolve(this.add(`group-${name.toLowerCase()}`, { name, form }));
  }
  updateGroup(id: string, change: GroupProfile): Promise<void> {
    return this.#acted('updateGroup', id, JSON.stringify(change)).then(() => undefined);
  }
  invite(id: string, accounts: readonly string[]): Promise<GroupOutcome> {
    return this.#acted('invite', id, ...accounts);
  }
  answerInvitation(id: string, accept: boolean): Promise<GroupOutcome> {
    return this.#acted('answerInvitation', id, accept);
  }
  joinGroup(id: string, note = ''): Promise<GroupOutcome> {
    return this.#acted('joinGroup', id, note);
  }
  answerApplication(id: string, account: string, accept: boolean): Promise<GroupOutcome> {
    return this.#acted('answerApplication', id, account, accept);
  }
  leaveGroup(id: string): Promise<void> {
    return this.#acted('leaveGroup', id).then(() => undefined);
  }
  removeMembers(id: string, accounts: readonly string[]): Promise<GroupOutcome> {
    return this.#acted('removeMembers', id, ...accounts);
  }
  setAdmin(id: string, accounts: readonly string[], on: boolean): Promise<GroupOutcome> {
    return this.#acted('setAdmin', id, ...accounts, on);
  }
  transferGroup(id: string, account: string, leave = false): Promise<void> {
    return this.#acted('transferGroup', id, account, leave).then(() => undefined);
  }
  muteMember(id: string, account: string, seconds: number): Promise<void> {
    return this.#acted('muteMember', id, account, seconds).then(() => undefined);
  }
  muteAll(id: string, on: boolean): Promise<void> {
    return this.#acted('muteAll', id, on).then(() => undefined);
  }
  dismissGroup(id: string): Promise<void> {
    return this.#acted('dismissGroup', id).then(() => undefined);
  }
  setNickname(id: string, nickname: string): Promise<void> {
    return this.#acted('setNickname', id, nickname).then(() => undefined);
  }
  setNotify(id: string, mode: NotifyMode): Promise<void> {
    return this.#acted('setNotify', id, mode).then(() => undefined);
  }
  readers(): Promise<{ readonly read: readonly string[]; readonly unread: readonly string[] }> {
    return Promise.resolve(this.readBy);
  }
  notices(): NoticeList {
    return this.noticeList;
  }
  loadNotices(): Promise<void> {
    this.calls.push('loadNotices');
    return Promise.resolve();
  }
  markNoticesRead(): Promise<void> {
    this.calls.push('markNoticesRead');
    return Promise.resolve();
  }
  answerNotice({ msgId }: Notice, accept: boolean): Promise<GroupOutcome> {
    return this.#acted('answerNotice', msgId, accept);
  }
  #acted(...call: readonly (string | number | boolean)[]): Promise<GroupOutcome> {
    this.calls.push(call.join(' ').trimEnd());
    return Promise.resolve(this.outcome);
  }
}
