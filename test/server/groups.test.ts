import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerFrameOf } from '../../src/protocol/frames.js';
import { messageIn } from '../contract/helpers/talk.js';
import { ChatServer } from '../helpers/chat-server.js';
import { countingStorage } from '../helpers/counting-storage.js';
import { GroupServer } from '../helpers/group-server.js';
import type { WireClient } from '../helpers/wire-client.js';

const content = ({ event }: ServerFrameOf<'event'>): string | undefined =>
  event.kind === 'message' ? (event.message.content ?? event.message.attach?.type) : undefined;
const codeOf = async (sent: ReturnType<WireClient['text']>): Promise<number> => {
  const answer = await sent;
  return answer.t === 'ack' ? 200 : answer.code;
};
const page = async (client: WireClient, cid: string): Promise<ServerFrameOf<'page'>> => {
  client.send({ t: 'get', r: 77, cid });
  return client.expect('page');
};

describe('a group', () => {
  it('gives each message to everybody in it, one text for all, and to nobody else', async (t) => {
    const groups = await GroupServer.start(t);
    const [alice, bob, phone, eve] = await groups.connectAll('alice', 'bob', 'alice', 'eve');
    const id = await groups.create(alice, { form: 'private', members: ['bob'] });
    await alice.text(id, 'hello');
    const frames = await Promise.all(
      [bob, phone].map((client) => client.expect('event', (frame) => content(frame) === 'hello')),
    );
    assert.deepEqual(frames[0], frames[1]);
    assert.equal(frames[0]!.cid, id);
    assert.deepEqual(await eve.rest('event'), []);
    assert.deepEqual((await alice.rest('event')).map(content), ['create'], 'the sender has its ack');
  });

  it('is silent to whoever was removed, at once, and gives no page any more', async (t) => {
    const groups = await GroupServer.start(t);
    const [alice, bob, carol] = await groups.connectAll('alice', 'bob', 'carol');
    const id = await groups.create(alice, { form: 'private', members: ['bob', 'carol'] });
    await alice.text(id, 'one');
    await groups.ask(alice, { act: 'remove', id, accounts: ['carol'] });
    const left = await carol.expect('user', ({ event }) => event.kind === 'left');
    assert.ok(left.event.kind === 'left' && left.event.cid === id);
    await alice.text(id, 'two');
    await bob.expect('event', (frame) => content(frame) === 'two');
    const roster = await groups.storage.group(id.slice(6));
    // A message whose hint was lost is pushed by the comparison of heads: to those who are in the group now.
    await groups.storage.append(
      messageIn(roster!.group.conversation, 'alice', { body: '{"content":"three"}', idClient: crypto.randomUUID() }),
    );
    await groups.server.checkHeads();
    await bob.expect('event', (frame) => content(frame) === 'three');
    assert.deepEqual((await carol.rest('event')).map(content), ['create', 'one']);
    carol.send({ t: 'get', r: 1, cid: id });
    assert.equal((await carol.expect('error')).code, 404);
    assert.equal(await codeOf(carol.text(id, 'may I?')), 404);
    carol.send({ t: 'list', r: 2, limit: 10 });
    assert.deepEqual((await carol.expect('list')).items, []);
    const { epoch, u } = carol.all.find((frame) => frame.t === 'welcome')!;
    const again = await groups.server.connect('carol', { resume: { epoch, u, heads: [[id, 2]] } });
    assert.ok(!again.all.some(({ t: type }) => type === 'reset' || type === 'sync'));
    assert.ok(again.all.some((frame) => frame.t === 'user' && frame.event.kind === 'left'));
  });

  it('shows who comes what was said since, or all where the form says so: in a page, a resume and the list', async (t) => {
    const groups = await GroupServer.start(t);
    const [alice, bob] = await groups.connectAll('alice', 'bob');
    for (const [form, wanted] of [
      ['public', ['join', 'new']],
      ['chatroom', ['create', 'old', 'new']],
    ] as const) {
      const id = await groups.create(alice, { form, joinMode: 'free' });
      await alice.text(id, 'old');
      assert.equal((await groups.ask(bob, { act: 'join', id })).code, 200);
      bob.send({ t: 'list', r: 1, limit: 10 });
      const listed = (await bob.expect('list')).items.find((item) => item.id === id);
      assert.equal(listed?.lastMsg?.content ?? listed?.lastMsg?.attach?.type, form === 'public' ? 'join' : 'old');
      await alice.text(id, 'new');
      const events = ({ cid, events: all }: { cid: string; events: ServerFrameOf<'page'>['events'] }) =>
        all.map((event) => content({ t: 'event', cid, event }));
      const asked = await page(bob, id);
      assert.deepEqual([asked.from, asked.head, events(asked)], [1, form === 'public' ? 4 : 3, [...wanted]]);
      const fresh = await groups.server.connect('bob');
      const sync = fresh.all.find((frame) => frame.t === 'sync' && frame.conversation.id === id);
      assert.ok(sync?.t === 'sync' && sync.gap === undefined);
      assert.deepEqual(events({ cid: id, events: sync.events }), [...wanted]);
      assert.equal(sync.conversation.unread, form === 'public' ? 1 : 0);
      await fresh.close();
    }
  });

  it('who is answered by two at once is answered by the first, and both hear by whom', async (t) => {
    const groups = await GroupServer.start(t);
    const [alice, bob, carol] = await groups.connectAll('alice', 'bob', 'carol');
    const id = await groups.create(alice, { members: ['bob'] });
    await groups.ask(alice, { act: 'setAdmin', id, accounts: ['bob'], on: true });
    await groups.ask(carol, { act: 'join', id, note: 'please' });
    assert.equal((await groups.ask(carol, { act: 'join', id })).code, 808);
    const answers = await Promise.all([
      groups.ask(alice, { act: 'answerApplication', id, account: 'carol', accept: true }),
      groups.ask(bob, { act: 'answerApplication', id, account: 'carol', accept: false }),
    ]);
    const said = answers.map((answer) => ('state' in answer ? `${answer.state} ${answer.by}` : answer.code));
    assert.equal(said[0], said[1]);
    assert.deepEqual(answers.map(({ code }) => code).sort(), [200, 807]);
    for (const client of [alice, bob]) {
      client.send({ t: 'notices', r: 1, limit: 10 });
      const { notices } = await client.expect('notices');
      const applications = notices.filter(({ type }) => type === 'applyTeam');
      assert.deepEqual(
        applications.map(({ state, by }) => `${state} ${by}`),
        [said[0]],
        'one notice each',
      );
    }
    assert.equal((await groups.ask(carol, { act: 'answerInvitation', id, accept: true })).code, 404);
  });

  it('takes everybody who joins at once, and counts right', async (t) => {
    const groups = await GroupServer.start(t);
    const [alice] = await groups.connectAll('alice');
    const id = await groups.create(alice, { joinMode: 'free' });
    const names = Array.from({ length: 60 }, (_, i) => `guest-${i}`);
    const guests = await groups.connectAll(...names);
    const codes = await Promise.all(guests.map(async (guest) => (await groups.ask(guest, { act: 'join', id })).code));
    assert.ok(codes.every((code) => code === 200));
    const info = await groups.ask(alice, { act: 'info', id });
    assert.equal('group' in info && info.group?.memberCount, 61);
    const counts = (await page(alice, id)).events.flatMap((event) =>
      event.kind === 'message' ? (event.message.attach?.changes?.map(([, value]) => value) ?? []) : [],
    );
    assert.equal(counts.at(-1), '61');
  });

  it('refuses what would be too many, all of it, and says which', async (t) => {
    const groups = await GroupServer.start(t);
    const [alice] = await groups.connectAll('alice');
    const names = Array.from({ length: 200 }, (_, i) => `m${i}`);
    for (const name of names) await groups.storage.ensureAccount(name);
    assert.equal((await groups.ask(alice, { act: 'create', form: 'private', name: 'x', members: names })).code, 801);
    const id = await groups.create(alice, { form: 'private', members: names.slice(0, 150) });
    assert.equal((await groups.ask(alice, { act: 'invite', id, accounts: names.slice(140) })).code, 801);
    const some = await groups.ask(alice, { act: 'invite', id, accounts: ['m149', 'm150', 'nobody'] });
    assert.deepEqual('failed' in some && some.failed, [
      ['m149', 809],
      ['nobody', 404],
    ]);
    for (let i = 0; i < 5; i++) await groups.app({ act: 'create', form: 'broadcast', name: `b${i}`, members: [] });
    assert.equal((await groups.app({ act: 'create', form: 'broadcast', name: 'b5', members: [] })).code, 806);
    const room = await groups.create(alice, { form: 'public', members: names.slice(0, 12) });
    const admins = await groups.ask(alice, { act: 'setAdmin', id: room, accounts: names.slice(0, 11), on: true });
    assert.equal(admins.code, 815);
  });

  it('is there in a demo that begins, once', async (t) => {
    const server = await ChatServer.start(t, { demo: true, demoGroup: true });
    await server.restart();
    const dave = await server.connect('dave');
    dave.send({ t: 'list', r: 1, limit: 10 });
    assert.deepEqual(
      (await dave.expect('list')).items.map(({ name, form }) => `${name} ${form}`),
      ['Team private'],
    );
  });

  it('is made once by one request, however often it is asked', async (t) => {
    const groups = await GroupServer.start(t);
    const [alice, bob] = await groups.connectAll('alice', 'bob');
    const key = crypto.randomUUID();
    const id = await groups.create(alice, { key });
    assert.equal(await groups.create(alice, { key }), id);
    assert.notEqual(await groups.create(bob, { key }), id);
    assert.equal((await alice.rest('event')).length, 1);
  });

  it('closes for those who may not write: muted, all muted, dismissed; and stays to be read', async (t) => {
    const groups = await GroupServer.start(t);
    const [alice, bob] = await groups.connectAll('alice', 'bob');
    const id = await groups.create(alice, { members: ['bob'] });
    await groups.ask(alice, { act: 'mute', id, account: 'bob', seconds: 60 });
    assert.equal(await codeOf(bob.text(id, 'x')), 423);
    await groups.ask(bob, { act: 'leave', id });
    await groups.ask(alice, { act: 'update', id, joinMode: 'free' });
    await groups.ask(bob, { act: 'join', id });
    assert.equal(await codeOf(bob.text(id, 'x')), 423, 'going and coming does not lift it');
    await groups.ask(alice, { act: 'mute', id, account: 'bob', seconds: 0 });
    await groups.ask(alice, { act: 'muteAll', id, on: true });
    assert.equal(await codeOf(bob.text(id, 'x')), 812);
    assert.equal(await codeOf(alice.text(id, 'heard')), 200);
    await groups.ask(alice, { act: 'dismiss', id });
    assert.equal(await codeOf(alice.text(id, 'x')), 803);
    assert.equal(content({ t: 'event', cid: id, event: (await page(bob, id)).events.at(-1)! }), 'dismiss');
    assert.equal((await groups.ask(bob, { act: 'update', id, name: 'mine' })).code, 803);
    assert.equal((await groups.ask(bob, { act: 'leave', id })).code, 200);
  });

  it('tells the writer, and nobody else, who has read', async (t) => {
    const groups = await GroupServer.start(t);
    const [alice, bob, carol] = await groups.connectAll('alice', 'bob', 'carol');
    const id = await groups.create(alice, { members: ['bob', 'carol'] });
    await alice.text(id, 'hello');
    bob.send({ t: 'read', cid: id, seq: 2 });
    await bob.expect('user', ({ event }) => event.kind === 'read');
    await groups.app({ act: 'invite', id, accounts: ['bob'] });
    await groups.storage.ensureAccount('late');
    await groups.app({ act: 'invite', id, accounts: ['late'] });
    const told = await groups.ask(alice, { act: 'readers', id, seq: 2 });
    assert.deepEqual('read' in told && [told.read, told.unread], [['bob'], ['carol']], 'not who came later');
    assert.equal((await groups.ask(carol, { act: 'readers', id, seq: 2 })).code, 814);
    assert.equal((await groups.ask(alice, { act: 'readers', id, seq: 1 })).code, 814, 'not of an event of the server');
    assert.deepEqual(await alice.rest('user').then((all) => all.filter(({ event }) => event.kind === 'peer-read')), []);
  });

  it('costs the store for a message of 2,000 members what it costs for one of two', async (t) => {
    const { storage, statements } = await countingStorage(t);
    const groups = await GroupServer.start(t, { storage });
    const [alice, bob] = await groups.connectAll('alice', 'bob');
    const small = await groups.create(alice, { members: ['bob'] });
    const big = await groups.create(alice, { members: ['bob'] });
    const names = Array.from({ length: 1_998 }, (_, i) => `m${i}`);
    for (const name of names) await storage.ensureAccount(name);
    for (let i = 0; i < names.length; i += 200)
      assert.equal((await groups.app({ act: 'invite', id: big, accounts: names.slice(i, i + 200) })).code, 200);
    assert.equal((await groups.ask(alice, { act: 'members', id: big, limit: 1 })).code, 200);
    const costs: string[][] = [];
    for (const id of [small, big, small, big]) {
      await bob.rest('event');
      const before = statements.length;
      await alice.text(id, 'hello');
      await bob.expect('event', (frame) => frame.cid === id && content(frame) === 'hello');
      costs.push(statements.slice(before));
    }
    assert.ok(costs[0]!.length > 0);
    assert.deepEqual(costs[1], costs[0]);
    assert.deepEqual(costs[3], costs[2]);
    t.diagnostic(`a message of two: ${costs[2]!.length} statements; of 2,000: ${costs[3]!.length}`);
  });
});
