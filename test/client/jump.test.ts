import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settle } from './helpers/fake-clock.js';
import type { FakeSocket } from './helpers/fake-network.js';
import { event, info, live, message, messages, scripted, syncOf, type Scripted } from './helpers/scripted.js';

const cid = 'p2p-bob';

const shown = ({ client }: Scripted): number[] => client.timeline(cid).messages.map(({ seq }) => seq!);
const dense = (list: readonly number[]): boolean => list.every((seq, i) => i === 0 || seq === list[i - 1]! + 1);

/** Answers the last question for a page as the server would whose log has `head` messages. */
async function answer(socket: FakeSocket, head: number): Promise<void> {
  const { r, from, to, before, limit = 50 } = socket.last('get')!;
  const last = from === undefined ? Math.min(head, (before ?? head + 1) - 1) : Math.min(to ?? head, from + limit - 1);
  const first = from ?? Math.max(1, last - limit + 1);
  await socket.push({ t: 'page', r, cid, from: first, to: last, head, events: messages(first, last) });
}

async function opened(head = 10_000): Promise<{ world: Scripted; socket: FakeSocket }> {
  const world = scripted();
  const socket = await live(world, [syncOf(head - 59, head, { readSeq: head, unread: 0 })]);
  await world.client.openTimeline(cid);
  return { world, socket };
}

describe('a jump into a conversation', () => {
  it('shows the stretch round a message, and fills the hole in both directions', async () => {
    const { world, socket } = await opened();
    const { client } = world;
    const jump = client.openAt(cid, 5_000);
    await settle();
    await answer(socket, 10_000);
    await jump;
    assert.deepEqual([shown(world)[0], shown(world).at(-1)], [4_990, 5_039]);
    assert.equal(client.timeline(cid).hasNewer, true);
    assert.equal(client.timeline(cid).hasOlder, true);
    for (let i = 0; i < 3; i++) {
      const newer = client.loadNewer(cid);
      await settle();
      await answer(socket, 10_000);
      await newer;
      const older = client.loadOlder(cid);
      await settle();
      await answer(socket, 10_000);
      await older;
    }
    assert.deepEqual([shown(world)[0], shown(world).at(-1)], [4_840, 5_189]);
    assert.ok(dense(shown(world)));
  });

  it('meets the end that the cache has without a message missing or twice', async () => {
    const { world, socket } = await opened(10_000);
    const { client } = world;
    const jump = client.openAt(cid, 9_890);
    await settle();
    await answer(socket, 10_000);
    await jump;
    assert.equal(shown(world).at(-1), 9_929);
    for (let i = 0; i < 5 && client.timeline(cid).hasNewer; i++) {
      const asked = socket.of('get').length;
      const newer = client.loadNewer(cid);
      await settle();
      if (socket.of('get').length > asked) await answer(socket, 10_000);
      await newer;
    }
    assert.deepEqual([shown(world)[0], shown(world).at(-1)], [9_880, 10_000]);
    assert.ok(dense(shown(world)));
    assert.equal(client.timeline(cid).hasNewer, false);
  });

  it('stays where it is while new messages arrive, and goes back to the end', async () => {
    const { world, socket } = await opened();
    const { client } = world;
    const jump = client.openAt(cid, 100);
    await settle();
    await answer(socket, 10_000);
    await jump;
    const before = shown(world);
    await socket.push(event(message(10_001)));
    assert.deepEqual(shown(world), before);
    assert.equal(client.timeline(cid).hasNewer, true);
    await client.openTimeline(cid);
    assert.equal(shown(world).at(-1), 10_001);
    assert.equal(client.timeline(cid).hasNewer, false);
    assert.ok(dense(shown(world)));
  });

  it('asks for nothing that is there already: on screen, or in the cache', async () => {
    const { world, socket } = await opened();
    const { client } = world;
    const list = client.timeline(cid).messages;
    await client.openAt(cid, 9_960);
    assert.equal(client.timeline(cid).messages, list);
    const first = client.openAt(cid, 700);
    await settle();
    await answer(socket, 10_000);
    await first;
    await client.openTimeline(cid);
    const asked = socket.of('get').length;
    await client.openAt(cid, 705);
    assert.ok(shown(world).includes(705));
    assert.equal(socket.of('get').length, asked);
  });

  it('goes to the ends and beyond them', async () => {
    const { world, socket } = await opened(200);
    for (const [seq, has] of [
      [1, 1],
      [0, 1],
      [200, 200],
      [9_999, 200],
    ] as const) {
      const asked = socket.of('get').length;
      const jump = world.client.openAt(cid, seq);
      await settle();
      if (socket.of('get').length > asked) await answer(socket, 200);
      await jump;
      assert.ok(shown(world).includes(has), `${seq}`);
    }
  });

  it('waits for a load that is under way, which does not undo it', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(9_981, 10_000, { readSeq: 10_000, unread: 0 })]);
    const opening = world.client.openTimeline(cid);
    const jump = world.client.openAt(cid, 300);
    await settle();
    await answer(socket, 10_000);
    await settle();
    await answer(socket, 10_000);
    await Promise.all([opening, jump]);
    assert.ok(shown(world).includes(300));
    assert.equal(world.client.timeline(cid).hasNewer, true);
  });

  it('begins at the first unread message where more is unread than a page holds', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(9_981, 10_000, { readSeq: 4_000, unread: 1_000 })]);
    const opening = world.client.openTimeline(cid);
    await settle();
    await answer(socket, 10_000);
    await opening;
    assert.deepEqual([shown(world)[0], shown(world).at(-1)], [3_991, 4_040]);
    const end = world.client.openTimeline(cid);
    await settle();
    await answer(socket, 10_000);
    await end;
    assert.equal(shown(world).at(-1), 10_000);
  });
});

describe('what is one’s own of a conversation', () => {
  const listed = ({ client }: Scripted): string[] => client.conversations().map(({ id }) => id);

  it('is out of the list while it is put away, and back with the next message', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 3)]);
    const change = world.client.updateConversation(cid, { hidden: true });
    await settle();
    const { r, hidden } = socket.last('settings')!;
    assert.equal(hidden, true);
    await socket.push({ t: 'conversation', r, conversation: info({ lastSeq: 3, unread: 3, hidden: true }) });
    await change;
    assert.deepEqual(listed(world), []);
    assert.equal(world.client.unreadTotal, 0);
    assert.equal(world.client.conversation(cid)?.hidden, true);
    await socket.push(event(message(4)));
    assert.deepEqual(listed(world), [cid]);
    assert.equal(world.client.unreadTotal, 4);
  });

  it('is marked to be read again until it is read, and the server hears of that', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 3, { readSeq: 3, unread: 0, markedUnread: true })]);
    assert.equal(world.client.conversation(cid)?.markedUnread, true);
    world.client.markRead(cid);
    assert.equal(world.client.conversation(cid)?.markedUnread, undefined);
    await world.clock.advance(1_000);
    assert.deepEqual(socket.last('read'), { t: 'read', cid, seq: 3 });
    await socket.push({
      t: 'user',
      event: { kind: 'conversation', u: 1, conversation: info({ lastSeq: 3, readSeq: 3, markedUnread: true }) },
    });
    assert.equal(world.client.conversation(cid)?.markedUnread, true);
    await socket.push({ t: 'user', event: { kind: 'read', u: 2, cid, seq: 3, unread: 0, head: 3 } });
    assert.equal(world.client.conversation(cid)?.markedUnread, undefined);
  });

  it('says that one is named in a group until all is read', async () => {
    const team = { id: 'group-1', scene: 'group', to: '1', name: 'Team', readSeq: 3, unread: 0 } as const;
    const world = scripted();
    const socket = await live(world, [syncOf(1, 3, team)]);
    await socket.push(event(message(4), team.id));
    assert.equal(world.client.conversation(team.id)?.mentioned, undefined);
    await socket.push(event(message(5, { mentions: ['carol', 'alice'] }), team.id));
    assert.equal(world.client.conversation(team.id)?.mentioned, true);
    await socket.push({
      t: 'user',
      event: { kind: 'conversation', u: 1, conversation: info({ ...team, lastSeq: 5, unread: 2 }) },
    });
    assert.equal(world.client.conversation(team.id)?.mentioned, true);
    world.client.markRead(team.id);
    assert.equal(world.client.conversation(team.id)?.mentioned, undefined);
  });
});
