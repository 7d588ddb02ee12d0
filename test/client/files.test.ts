import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { MemoryCache } from '../../src/client/cache/memory-cache.js';
import type { ChatClient } from '../../src/client/chat-client.js';
import { ChatError } from '../../src/client/errors.js';
import type { ChatClientOptions } from '../../src/client/options.js';
import type { Message } from '../../src/protocol/message.js';
import type { ServerOptions } from '../../src/server/server-options.js';
import { mp4, png } from '../helpers/pictures.js';
import { connected, texts, until } from './helpers/until.js';
import { World } from './helpers/world.js';

const mib = 1024 * 1024;
const here = 'p2p-bob';
const film = { type: 'video', name: 'film.mp4' } as const;
/** So that what breaks is tried again at once. */
const quick = { timing: { reconnectMin: 5, reconnectMax: 20 } };
/** `npm run test:faults` sends a large one. */
const brokenMib = Number(process.env['IM_TEST_FILE_MIB'] ?? 20);

async function stage(t: TestContext, options: Partial<ChatClientOptions> = {}, server: Partial<ServerOptions> = {}) {
  const world = await World.open(server);
  t.after(() => world.close());
  const bob = world.connect('bob');
  await connected(bob);
  const alice = world.connect('alice', { ...quick, ...options });
  await connected(alice);
  await alice.openConversation(here);
  await alice.openTimeline(here);
  return { world, alice, bob, stored: () => readdir(join(world.dataDir, 'files')) };
}

const bytesOf = (mibs: number): Buffer<ArrayBuffer> => mp4({ film: randomBytes(mibs * mib) });
const last = (client: ChatClient, cid = here): Message | undefined => client.timeline(cid).messages.at(-1);
const message = (client: ChatClient, { idClient }: Message, cid = here): Message | undefined =>
  client.timeline(cid).messages.find((each) => each.idClient === idClient);
const success = (client: ChatClient, sent: Message): Promise<Message> =>
  until(client, () => {
    const now = message(client, sent);
    assert.notEqual(now?.status, 'fail', JSON.stringify(now?.error));
    return now?.status === 'success' && now;
  });
async function fetched(url: string): Promise<Buffer> {
  const response = await fetch(url);
  assert.equal(response.status, 200, url);
  return Buffer.from(await response.arrayBuffer());
}

describe('sending a file', () => {
  it('shows it at once, uploads it with its thumbnail, and the other one sees both', async (t) => {
    const { alice, bob } = await stage(t);
    await bob.openTimeline('p2p-alice');
    const [picture, small] = [png(300, 200), png(30, 20)];
    const sending = await alice.sendFile(
      here,
      new Blob([picture], { type: 'image/png' }),
      { type: 'image', name: 'Bild.png', content: 'look', w: 300, h: 200 },
      new Blob([small]),
    );
    assert.equal(sending.status, 'sending');
    assert.deepEqual(sending.upload, { state: 'waiting', sent: 0, total: picture.length });
    assert.match(await alice.fileUrl(sending), /^blob:/);
    assert.deepEqual(await fetched(await alice.fileUrl(sending, 'thumbnail')), small);
    const sent = await success(alice, sending);
    assert.equal(sent.upload, undefined);
    const got = await until(bob, () => last(bob, 'p2p-alice'));
    assert.deepEqual(got.file, sent.file, 'both see the same');
    assert.deepEqual([got.type, got.content, got.file?.mime, got.file?.w], ['image', 'look', 'image/png', 300]);
    const urls = await Promise.all(
      (['file', 'thumbnail', 'download'] as const).map((which) => bob.fileUrl(got, which)),
    );
    assert.deepEqual(await fetched(urls[0]!), picture);
    assert.deepEqual(await fetched(urls[1]!), small);
    assert.match((await fetch(urls[2]!)).headers.get('content-disposition')!, /^attachment/);
    assert.equal(await bob.fileUrl(got), urls[0], 'asked for once');
    assert.match(await alice.fileUrl(sent), /^blob:/, 'what is here is not fetched');
    assert.match(await alice.fileUrl(sent, 'download'), /^http/);
  });

  it('says in words what it does not take, before anything is sent', async (t) => {
    const { alice, stored } = await stage(t, {}, { maxFileBytes: 1_000 });
    assert.equal(alice.features.maxFileBytes, 1_000);
    const refused = (size: number, code: number) =>
      assert.rejects(
        alice.sendFile(here, new Blob([Buffer.alloc(size)]), { type: 'file', name: 'x' }),
        (error) => error instanceof ChatError && error.code === code,
      );
    await refused(1_001, 413);
    await refused(0, 414);
    assert.equal(alice.timeline(here).messages.length, 0);
    assert.deepEqual(await stored(), []);
  });

  it('sends what is not what its type says as a file', async (t) => {
    const { alice } = await stage(t);
    const sent = await alice.sendFile(here, new Blob(['<svg/>'], { type: 'image/svg+xml' }), {
      type: 'image',
      name: 'x.svg',
    });
    const { type, file } = await success(alice, sent);
    assert.deepEqual([type, file?.mime, file?.ext], ['file', 'application/octet-stream', 'svg']);
  });

  it('keeps order: what is written behind a file comes behind it, unless it is a long one', async (t) => {
    const { world, alice } = await stage(t);
    world.proxy.set({ bytesPerSecond: 4 * mib }, ['up']);
    const sent = await alice.sendFile(here, new Blob([bytesOf(1)]), film);
    const second = await alice.sendFile(here, new Blob([png()]), { type: 'image', name: 'x.png' });
    const text = await alice.send(here, { content: 'behind' });
    const seqs = [await success(alice, sent), await success(alice, second), await success(alice, text)].map(
      ({ seq }) => seq,
    );
    assert.deepEqual(seqs, [1, 2, 3]);
    const long = await alice.sendFile(here, new Blob([bytesOf(9)]), film);
    const before = await alice.send(here, { content: 'before' });
    assert.equal((await success(alice, before)).seq, 4);
    assert.equal(message(alice, long)?.status, 'sending');
    world.proxy.set({});
    assert.equal((await success(alice, long)).seq, 5);
  });

  it('S-45: an address that is none of the server is never asked for', async (t) => {
    const { alice } = await stage(t);
    for (const url of ['https://evil.example/x.png', '//evil.example/x', '/files/../x', 'javascript:alert(1)', ''])
      await assert.rejects(
        alice.fileUrl({ conversationId: here, file: { url, name: 'x', size: 1, ext: '', mime: '' } }),
        (error) => error instanceof ChatError && error.code === 404,
      );
  });

  it('notes what was listened to, on this device', async (t) => {
    const cache = new MemoryCache();
    const { world, alice, bob } = await stage(t, { cache });
    const sound = mp4({ handler: 'soun', brand: 'M4A ' });
    await bob.openTimeline('p2p-alice');
    const peaks = [0, 50.4, 100, 300];
    const draft = { type: 'audio', name: 'voice.m4a', duration: 1_234.5, peaks } as const;
    await bob.sendFile('p2p-alice', new Blob([sound]), draft);
    const got = await until(alice, () => last(alice));
    assert.deepEqual([got.file?.duration, got.file?.peaks], [1_235, [0, 50, 100, 100]]);
    assert.equal(got.played, undefined);
    alice.markPlayed(got);
    assert.equal((await until(alice, () => last(alice)?.played && last(alice)))?.played, true);
    await alice.close();
    const again = world.connect('alice', { cache });
    await again.openTimeline(here);
    assert.equal(last(again)?.played, true);
  });
});

describe('an upload', () => {
  it(`F50: of ${brokenMib} MiB comes through a connection that breaks five times, as one file, and continues each time`, async (t) => {
    const { world, alice, bob, stored } = await stage(t);
    const bytes = bytesOf(brokenMib);
    await bob.openTimeline('p2p-alice');
    world.proxy.set({ cutAfter: Math.floor((brokenMib * mib) / 7) }, ['up']);
    let breaks = 0;
    let state: string | undefined;
    alice.on('timeline', () => {
      const { upload } = last(alice) ?? {};
      if (upload?.state === 'waiting' && state === 'uploading' && ++breaks === 5) world.proxy.set({});
      state = upload?.state;
    });
    const sent = await success(alice, await alice.sendFile(here, new Blob([bytes]), film));
    assert.equal(breaks, 5);
    assert.deepEqual((await stored()).length, 2, 'one file, one description');
    const got = await until(bob, () => last(bob, 'p2p-alice'));
    assert.deepEqual(got.file, sent.file);
    assert.ok((await fetched(await bob.fileUrl(got))).equals(bytes));
  });

  it('F50: continues after a restart of the server', async (t) => {
    const { world, alice, stored } = await stage(t);
    const bytes = bytesOf(6);
    world.proxy.set({ cutAfter: 3 * mib }, ['up']);
    const sending = await alice.sendFile(here, new Blob([bytes]), film);
    await until(
      alice,
      () => message(alice, sending)?.upload?.state === 'waiting' && message(alice, sending)!.upload!.sent > 0,
    );
    await world.stop();
    const begun = await stored();
    world.proxy.set({});
    await world.start();
    const sent = await success(alice, sending);
    assert.equal(`/files/${begun.sort()[0]}`, sent.file?.url, 'the same upload');
    assert.ok((await fetched(await alice.fileUrl(sent, 'download'))).equals(bytes));
  });

  it('F50: continues in the next life of the page', async (t) => {
    const cache = new MemoryCache();
    const { world, alice, stored } = await stage(t, { cache });
    const bytes = bytesOf(6);
    world.proxy.set({ bytesPerSecond: 6 * mib }, ['up']);
    const sending = await alice.sendFile(here, new Blob([bytes]), film, new Blob([png()]));
    await until(alice, () => (message(alice, sending)?.upload?.sent ?? 0) > mib);
    await alice.close();
    const begun = await stored();
    assert.equal(begun.length, 4, 'with the thumbnail');
    world.proxy.set({});
    const again = world.connect('alice', { cache });
    await again.openTimeline(here);
    const sent = await success(again, sending);
    assert.deepEqual(await stored(), begun);
    assert.ok((await fetched(await again.fileUrl(sent, 'download'))).equals(bytes));
    assert.equal(await cache.file(sending.idClient), undefined, 'its bytes are here no more');
  });

  it('can be paused, by which nothing else waits, and go on', async (t) => {
    const { world, alice } = await stage(t);
    const bytes = bytesOf(4);
    world.proxy.set({ bytesPerSecond: 4 * mib }, ['up']);
    const sending = await alice.sendFile(here, new Blob([bytes]), film);
    await until(alice, () => (message(alice, sending)?.upload?.sent ?? 0) > 0);
    alice.pauseUpload(sending.idClient);
    const paused = await until(alice, () => {
      const upload = message(alice, sending)?.upload;
      return upload?.state === 'paused' && upload;
    });
    assert.ok(paused.sent > 0 && paused.sent < bytes.length);
    await success(alice, await alice.send(here, { content: 'meanwhile' }));
    assert.equal(message(alice, sending)?.upload?.state, 'paused');
    world.proxy.set({});
    alice.resumeUpload(sending.idClient);
    assert.equal((await success(alice, sending)).seq, 2);
  });

  it('that is given up leaves nothing, here or there', async (t) => {
    const cache = new MemoryCache();
    const { world, alice, stored } = await stage(t, { cache });
    world.proxy.set({ bytesPerSecond: 4 * mib }, ['up']);
    const sending = await alice.sendFile(here, new Blob([bytesOf(4)]), film);
    await until(alice, () => (message(alice, sending)?.upload?.sent ?? 0) > 0);
    await alice.discard(sending.idClient);
    assert.deepEqual(texts(alice, here), []);
    assert.equal(await cache.file(sending.idClient), undefined);
    world.proxy.set({});
    // What comes behind on the same way shows that it was said.
    for (let tries = 0; (await stored()).length > 0 && tries < 200; tries++)
      await success(alice, await alice.send(here, { content: 'x' }));
    assert.deepEqual(await stored(), []);
  });

  it('that the server refuses fails in sight, with its bytes, until it is given up', async (t) => {
    const { alice } = await stage(t, {}, { tuning: { uploadBytesPerDay: 500 } });
    const sending = await alice.sendFile(here, new Blob([Buffer.alloc(600)]), { type: 'file', name: 'x.bin' });
    const failed = await until(alice, () => message(alice, sending)?.status === 'fail' && message(alice, sending));
    assert.deepEqual([failed.error?.code, failed.upload?.state], [413, 'failed']);
    assert.equal((await fetched(await alice.fileUrl(failed))).length, 600);
    await alice.discard(sending.idClient);
    assert.equal(alice.timeline(here).messages.length, 0);
    await assert.rejects(alice.fileUrl({ conversationId: here, file: failed.file! }));
  });

  it('asks for another token when the server does not take the one it has', async (t) => {
    let given = 0;
    const worlds: World[] = [];
    const getToken = async (): Promise<string> => worlds[0]!.token('alice', ++given === 2 ? -1_000 : 3_600);
    const world = await World.open();
    worlds.push(world);
    t.after(() => world.close());
    await connected(world.connect('bob'));
    const alice = world.connect('alice', { ...quick, getToken });
    await connected(alice);
    await alice.openTimeline(here);
    await success(alice, await alice.sendFile(here, new Blob([png()]), { type: 'image', name: 'x.png' }));
    assert.equal(given, 3);
  });
});
