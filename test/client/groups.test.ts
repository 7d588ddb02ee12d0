import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ChatClient } from '../../src/client/chat-client.js';
import { connected, texts, until } from './helpers/until.js';
import { World } from './helpers/world.js';

describe('groups, with the real server', () => {
  let world: World;
  let alice: ChatClient;
  let bob: ChatClient;
  let carol: ChatClient;
  beforeEach(async () => {
    world = await World.open();
    [alice, bob, carol] = [world.connect('alice'), world.connect('bob'), world.connect('carol')];
    await Promise.all([alice, bob, carol].map(connected));
  });
  afterEach(() => world.close());

  const make = async (given: Partial<Parameters<ChatClient['createGroup']>[0]> = {}): Promise<string> => {
    const { id } = await alice.createGroup({ form: 'private', name: 'Trip', members: ['bob'], ...given });
    return id;
  };
  const notifications = (client: ChatClient, id: string): (string | undefined)[] =>
    client.timeline(id).messages.flatMap(({ type, attach }) => (type === 'notification' ? [attach?.type] : []));

  it('a group is in everybody’s list, is written in, counts and is read', async () => {
    const id = await make();
    await until(bob, () => bob.conversation(id)?.name === 'Trip');
    assert.deepEqual([bob.conversation(id)?.form, bob.conversation(id)?.unread], ['private', 0]);
    await bob.openTimeline(id);
    await alice.send(id, { content: 'hello all' });
    await until(bob, () => texts(bob, id).includes('hello all'));
    assert.equal(bob.conversation(id)?.unread, 1);
    assert.equal(bob.timeline(id).messages.at(-1)?.to, id.slice('group-'.length));
    await alice.openTimeline(id);
    const own = alice.timeline(id).messages.at(-1)!;
    assert.deepEqual(await alice.readers(own), { read: [], unread: ['bob'] });
    bob.markRead(id);
    await until(bob, () => bob.conversation(id)?.unread === 0);
    for (;;) if ((await alice.readers(own)).read.includes('bob')) break;
    await assert.rejects(bob.readers(bob.timeline(id).messages.at(-1)!), { code: 814 });
    assert.deepEqual(notifications(bob, id), ['create']);
    bob.setTyping(id, true);
    await until(alice, () => alice.typing(id).includes('bob'));
  });

  it('whoever comes later reads from the coming on, and hears nothing after going', async () => {
    const id = await make();
    await alice.send(id, { content: 'before' });
    await until(alice, () => alice.conversation(id)!.lastSeq >= 2);
    assert.equal((await alice.invite(id, ['carol', 'nobody'])).failed[0]?.code, 404);
    await until(carol, () => carol.conversation(id)?.name === 'Trip');
    await carol.openTimeline(id);
    await alice.send(id, { content: 'after' });
    await until(carol, () => texts(carol, id).includes('after'));
    assert.deepEqual(texts(carol, id).filter(Boolean), ['after']);
    assert.equal(carol.timeline(id).hasOlder, false);
    await alice.removeMembers(id, ['carol']);
    await until(carol, () => carol.conversation(id)?.left);
    assert.equal(carol.may(id, 'post'), false);
    await alice.send(id, { content: 'without her' });
    await until(bob, () => bob.conversation(id)?.lastMsg?.content === 'without her');
    carol.releaseTimeline(id);
    await carol.openTimeline(id);
    assert.deepEqual(texts(carol, id).filter(Boolean), ['after'], 'what she had stays');
    const [removed] = carol.notices().notices;
    assert.deepEqual([removed?.type, removed?.from, removed?.name], ['removeTeamMember', 'alice', 'Trip']);
    await carol.close();
    carol.connect();
    await connected(carol);
    assert.deepEqual(carol.conversation(id)?.left, true);
    await alice.invite(id, ['carol']);
    await until(carol, () => carol.conversation(id) && !carol.conversation(id)!.left);
    await alice.send(id, { content: 'with her' });
    await until(carol, () => texts(carol, id).includes('with her'));
  });

  it('an application is answered once, in every tab, and the group goes from hand to hand', async () => {
    const id = await make({ form: 'public' });
    const phone = world.connect('alice');
    await connected(phone);
    assert.equal((await carol.joinGroup(id, 'me too')).outcome, 'waiting');
    const notice = await until(phone, () => phone.notices().notices.find(({ type }) => type === 'applyTeam'));
    assert.deepEqual(
      [notice.from, notice.content, notice.state, phone.notices().unread],
      ['carol', 'me too', 'init', 1],
    );
    await until(alice, () => alice.notices().unread === 1);
    await phone.markNoticesRead();
    await until(alice, () => alice.notices().unread === 0);
    assert.equal((await phone.answerNotice(notice, true)).state, 'passed');
    await until(alice, () => alice.notices().notices[0]?.state === 'passed');
    const late = await alice.answerNotice(notice, false);
    assert.deepEqual([late.outcome, late.state, late.by], ['answered', 'passed', 'alice']);
    await until(carol, () => carol.conversation(id)?.name === 'Trip');
    await carol.openTimeline(id);
    await bob.loadGroup(id);
    assert.equal(bob.may(id, 'mute', 'member'), false);
    await alice.setAdmin(id, ['bob'], true);
    await until(bob, () => bob.may(id, 'mute', 'member'));
    assert.equal(bob.may(id, 'remove', 'owner'), false);
    await carol.loadGroup(id);
    await bob.muteMember(id, 'carol', 60);
    await until(carol, () => !carol.may(id, 'post'));
    const muted = await carol.send(id, { content: 'may I?' });
    await until(
      carol,
      () => carol.timeline(id).messages.find(({ idClient }) => idClient === muted.idClient)?.error?.code === 423,
    );
    await bob.muteMember(id, 'carol', 0);
    await until(carol, () => carol.may(id, 'post'));
    await assert.rejects(alice.leaveGroup(id), { code: 802 });
    await alice.transferGroup(id, 'bob');
    await until(bob, () => bob.group(id)?.role === 'owner' && bob.group(id)?.owner === 'bob');
    await alice.leaveGroup(id);
    await until(phone, () => phone.conversation(id)?.left);
    await until(carol, () => carol.group(id)?.memberCount === 2 && carol.group(id)?.owner === 'bob');
    await until(carol, () => notifications(carol, id).at(-1) === 'leave');
    assert.deepEqual(notifications(carol, id), ['join', 'admin', 'mute', 'unmute', 'transfer', 'leave']);
  });

  it('an invitation that needs agreement, and its refusal', async () => {
    const id = await make({ form: 'public', inviteMode: 'everyone' });
    await until(bob, () => bob.conversation(id) !== undefined);
    assert.equal((await bob.invite(id, ['carol'], 'come')).outcome, 'waiting');
    const invitation = await until(carol, () => carol.notices().notices[0]);
    assert.deepEqual([invitation.type, invitation.from, invitation.content], ['teamInvite', 'bob', 'come']);
    assert.equal((await carol.answerNotice(invitation, false, 'no time')).state, 'rejected');
    const refusal = await until(bob, () => bob.notices().notices[0]);
    assert.deepEqual([refusal.type, refusal.from, refusal.content], ['rejectTeamInvite', 'carol', 'no time']);
    await until(carol, () => carol.notices().notices[0]?.state === 'rejected');
    await bob.invite(id, ['carol']);
    await until(carol, () => carol.notices().notices.length === 2);
    assert.equal((await carol.answerNotice(carol.notices().notices[0]!, true)).outcome, 'done');
    await until(carol, () => carol.conversation(id)?.name === 'Trip');
  });

  it('what the group is changes for everybody, and is there without a link', async () => {
    const id = await make();
    await until(bob, () => bob.conversation(id) !== undefined);
    await bob.loadGroup(id);
    await bob.updateGroup(id, { name: 'Journey', announcement: 'At nine' });
    await until(alice, () => alice.conversation(id)?.name === 'Journey');
    await alice.setNickname(id, 'Captain');
    await bob.members(id);
    assert.equal(bob.nameIn(id, 'alice'), 'Captain');
    await bob.close();
    assert.deepEqual([bob.group(id)?.announcement, bob.group(id)?.memberCount], ['At nine', 2]);
    assert.deepEqual(
      (await bob.members(id, { query: 'cap' })).members.map(({ account }) => account),
      ['alice'],
    );
  });

  it('a mention is marked until it is read, live and after an absence', async () => {
    const id = await make();
    await until(bob, () => bob.conversation(id) !== undefined);
    await alice.send(id, { content: '@bob', mentions: ['bob'] });
    await until(bob, () => bob.conversation(id)?.mentioned);
    bob.markRead(id);
    await until(bob, () => !bob.conversation(id)?.mentioned);
    await bob.close();
    await alice.send(id, { content: '@all', mentions: ['*'] });
    await until(alice, () => alice.conversation(id)?.lastMsg?.status === 'success');
    bob.connect();
    await until(bob, () => bob.conversation(id)?.mentioned);
    const fresh = world.connect('bob');
    await until(fresh, () => fresh.conversation(id)?.mentioned);
    await bob.send(id, { content: 'to all', mentions: ['*'] });
    await until(bob, () => bob.conversation(id)?.lastMsg?.error?.code === 802);
  });

  it('notices come after an absence, and settings of a group go to one’s other devices', async () => {
    const id = await make({ form: 'public' });
    await alice.close();
    await carol.joinGroup(id);
    alice.connect();
    await until(alice, () => alice.notices().notices[0]?.type === 'applyTeam');
    const phone = world.connect('alice');
    await until(phone, () => phone.notices().unread === 1);
    await alice.setNotify(id, 'off');
    await until(phone, () => phone.conversation(id)?.muted);
    await until(alice, () => alice.conversation(id)?.muted);
    await phone.updateConversation(id, { muted: false });
    await until(alice, () => alice.group(id)?.notify === 'notify');
  });
});
