import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';
import { linksTo, sendFile, TusCaller } from '../helpers/files.js';
import { manage } from '../helpers/management.js';
import { exif, jpeg, mp4, png, segment } from '../helpers/pictures.js';
import { ServerClock } from '../helpers/server-clock.js';

const day = 24 * 3_600_000;

describe('uploading', () => {
  it('takes a file in pieces, tells how far it came, and what it is at the end', async (t) => {
    const server = await ChatServer.start(t);
    const alice = new TusCaller(server, 'alice');
    const bytes = png();
    const id = await alice.begin(bytes.length, 'Bild.png');
    assert.match(id, /^[0-9a-f]{32}$/);
    assert.equal((await alice.write(id, 0, bytes.subarray(0, 10))).headers.get('upload-offset'), '10');
    const half = await alice.call('HEAD', `/files/${id}`);
    assert.deepEqual(
      [half.status, half.headers.get('upload-offset'), half.headers.get('upload-length')],
      [200, '10', String(bytes.length)],
    );
    assert.equal((await alice.write(id, 9, bytes.subarray(9))).status, 409, 'another place than where it stands');
    const last = await alice.write(id, 10, bytes.subarray(10));
    assert.deepEqual([last.status, last.headers.get('im-file-kind')], [204, 'image']);
    const whole = await alice.call('HEAD', `/files/${id}`);
    assert.equal(whole.headers.get('upload-offset'), String(bytes.length));
    assert.equal(whole.headers.get('im-file-kind'), 'image');
    assert.equal((await alice.write(id, bytes.length, Buffer.from('more'))).status, 409);
  });

  it('F50: goes on where it was after a restart of the server', async (t) => {
    const server = await ChatServer.start(t);
    const alice = new TusCaller(server, 'alice');
    const bytes = mp4({ film: Buffer.alloc(300_000, 7) });
    const id = await alice.begin(bytes.length);
    await alice.write(id, 0, bytes.subarray(0, 200_000));
    await server.restart();
    assert.equal((await alice.call('HEAD', `/files/${id}`)).headers.get('upload-offset'), '200000');
    assert.equal((await alice.write(id, 200_000, bytes.subarray(200_000))).headers.get('im-file-kind'), 'video');
  });

  it('F50: finishes what had all its bytes when the server died', async (t) => {
    const dataDir = await temporaryDirectory(t);
    const server = await ChatServer.start(t, { dataDir });
    const alice = new TusCaller(server, 'alice');
    const bytes = png();
    const id = await alice.begin(bytes.length);
    await writeFile(join(dataDir, 'files', id), bytes);
    assert.equal((await alice.call('HEAD', `/files/${id}`)).headers.get('im-file-kind'), 'image');
  });

  it('is for the one who began it', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = [new TusCaller(server, 'alice'), new TusCaller(server, 'bob')];
    const id = await alice.begin(5);
    assert.equal((await bob.call('HEAD', `/files/${id}`)).status, 404);
    assert.equal((await bob.write(id, 0, Buffer.from('12345'))).status, 404);
    assert.equal((await bob.call('DELETE', `/files/${id}`)).status, 404);
    assert.equal((await alice.call('HEAD', `/files/${id}`)).headers.get('upload-offset'), '0');
  });

  it('needs a token that is good, of the account that is named, and is refused at once when it is revoked', async (t) => {
    const server = await ChatServer.start(t);
    const create = async (account: string, token: string) =>
      (await new TusCaller(server, account, token).create(5)).status;
    const token = await server.token('alice');
    assert.equal(await create('alice', token), 201);
    assert.equal(await create('bob', token), 401);
    assert.equal(await create('alice', 'nonsense'), 401);
    assert.equal(await create('alice', await server.token('alice', -100)), 401);
    const bare = await fetch(`${server.url}/files/`, { method: 'POST', headers: { 'tus-resumable': '1.0.0' } });
    assert.equal(bare.status, 401);
    const made = await manage(server.url, 'user/create', { accid: 'carol' });
    const opaque = made.info!.token!;
    assert.equal(await create('carol', opaque), 201);
    await manage(server.url, 'user/block', { accid: 'carol', needkick: 'true' });
    assert.equal(await create('carol', opaque), 403);
  });

  it('answers pages of the list, with what tus needs, and no others', async (t) => {
    const server = await ChatServer.start(t, { origins: new Set(['https://good.example']) });
    const ask = (method: string, origin: string) =>
      fetch(`${server.url}/files/`, { method, headers: { origin, 'tus-resumable': '1.0.0' } });
    const preflight = await ask('OPTIONS', 'https://good.example');
    assert.equal(preflight.headers.get('access-control-allow-origin'), 'https://good.example');
    assert.match(preflight.headers.get('access-control-allow-methods')!, /PATCH/);
    assert.match(preflight.headers.get('access-control-allow-headers')!, /upload-offset/);
    const post = await ask('POST', 'https://good.example');
    assert.equal(post.status, 401);
    assert.equal(post.headers.get('access-control-allow-origin'), 'https://good.example');
    assert.match(post.headers.get('access-control-expose-headers')!, /upload-offset/);
    for (const method of ['OPTIONS', 'POST']) {
      const bad = await ask(method, 'https://evil.example');
      assert.equal(bad.status, 403);
      assert.equal(bad.headers.get('access-control-allow-origin'), null);
    }
    const alice = new TusCaller(server, 'alice');
    const created = await alice.create(5, 'x', { origin: 'https://good.example' });
    assert.equal(created.status, 201);
    assert.equal(created.headers.get('access-control-allow-origin'), 'https://good.example');
    assert.match(created.headers.get('access-control-expose-headers')!, /location/i);
  });

  it('S-46: says no to what is too large, too much at once, or too much in a day', async (t) => {
    const clock = new ServerClock();
    const tuning = { uploadsUnfinished: 3, uploadBytesPerDay: 2_500, uploadsPerAccount: { perSecond: 1, burst: 8 } };
    const server = await ChatServer.start(t, { clock, maxFileBytes: 1_000, tuning });
    const [alice, bob] = [new TusCaller(server, 'alice'), new TusCaller(server, 'bob')];
    assert.equal((await alice.create(1_001)).status, 413);
    assert.equal((await alice.create(0)).status, 400);
    const first = await alice.begin(1_000);
    const second = await alice.begin(1_000);
    assert.equal((await alice.create(501)).status, 413, 'the day');
    await alice.begin(500);
    assert.equal((await alice.create(1)).status, 429, 'not finished');
    assert.equal((await bob.create(1)).status, 201, 'each for oneself');
    for (const id of [first, second]) assert.equal((await alice.call('DELETE', `/files/${id}`)).status, 204);
    await alice.begin(1);
    let statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await alice.create(1)).status);
    assert.ok(statuses.includes(429), 'the rate');
    clock.advance(day + 1);
    await server.collectFiles();
    assert.equal((await alice.create(1_000)).status, 201, 'the next day');
    statuses = [(await alice.call('POST', '/files/', { 'upload-defer-length': '1' })).status];
    assert.deepEqual(statuses, [400]);
  });

  it('S-39: a body that is longer than was said is cut off', async (t) => {
    const server = await ChatServer.start(t);
    const alice = new TusCaller(server, 'alice');
    const id = await alice.begin(5);
    assert.equal((await alice.write(id, 0, Buffer.from('123456'))).status, 413);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.alloc(100_000));
        controller.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = { method: 'PATCH', duplex: 'half', body: stream };
    init.headers = {
      ...{ authorization: `Bearer ${await server.token('alice')}`, 'im-account': 'alice', 'tus-resumable': '1.0.0' },
      ...{ 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    };
    const status = await fetch(`${server.url}/files/${id}`, init).then(
      (response) => response.status,
      () => 413,
    );
    assert.equal(status, 413);
    assert.notEqual((await alice.call('HEAD', `/files/${id}`)).headers.get('im-file-kind'), 'file');
  });

  it('takes of Upload-Metadata a name, and nothing that it does not know', async (t) => {
    const server = await ChatServer.start(t);
    const alice = new TusCaller(server, 'alice');
    const b64 = (text: string): string => Buffer.from(text).toString('base64');
    for (const bad of [`owner ${b64('bob')}`, `filename ${b64('x'.repeat(1_025))}`, '__proto__ eA==', 'filename !!!'])
      assert.equal(
        (await alice.call('POST', '/files/', { 'upload-length': '1', 'upload-metadata': bad })).status,
        400,
        bad,
      );
    assert.equal((await alice.call('POST', '/files/', { 'upload-length': '1' })).status, 201, 'a name is not needed');
  });

  it('S-44: no id leads out of the directory', async (t) => {
    const server = await ChatServer.start(t);
    const alice = new TusCaller(server, 'alice');
    for (const id of [
      '..%2f..%2fim.sqlite',
      '%2e%2e',
      '..',
      'a'.repeat(31),
      'A'.repeat(32),
      `${'a'.repeat(32)}.json`,
      '%00',
    ])
      for (const method of ['HEAD', 'PATCH', 'DELETE', 'GET']) {
        const { status } = await alice.call(method, `/files/${id}`, {
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
        });
        assert.ok([400, 404, 415].includes(status), `${method} ${id}: ${status}`);
      }
  });
});

describe('files in messages', () => {
  it('F50: stores a message only with a file that is all there, and says of it what the bytes say', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const tus = new TusCaller(server, 'alice');
    const bytes = png(30, 20);
    const id = await tus.begin(bytes.length);
    const early = await sendFile(alice, 'p2p-bob', 'image', id);
    assert.deepEqual([early.t, 'code' in early && early.code, 'retry' in early && early.retry], ['nack', 404, false]);
    await tus.write(id, 0, bytes);
    const ack = await sendFile(alice, 'p2p-bob', 'image', id, { name: '../a\u202egnp.png' });
    assert.equal(ack.t, 'ack');
    const { event } = await bob.expect('event');
    const file = event.kind === 'message' && event.message.file;
    const right = {
      url: `/files/${id}`,
      name: 'agnp.png',
      size: bytes.length,
      ext: 'png',
      mime: 'image/png',
      w: 30,
      h: 20,
    };
    assert.deepEqual(file, right);
    assert.deepEqual('file' in ack && ack.file, right, 'the sender hears it too');
  });

  it('stores it once, however often it is sent', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob');
    const id = await new TusCaller(server, 'alice').upload(png());
    const idClient = crypto.randomUUID();
    const first = await sendFile(alice, 'p2p-bob', 'image', id, { idClient });
    const second = await sendFile(alice, 'p2p-bob', 'image', id, { idClient });
    assert.ok(first.t === 'ack' && second.t === 'ack');
    assert.deepEqual({ ...second, dup: undefined }, { ...first, dup: undefined });
    assert.equal(second.dup, true);
  });

  it('S-39: a type that the bytes are not of is refused, and goes as a file', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob');
    const tus = new TusCaller(server, 'alice');
    const id = await tus.upload(Buffer.from('<!doctype html><script>alert(1)</script>'), 'cat.png');
    const thumbnail = id;
    for (const type of ['image', 'audio', 'video'] as const) {
      const nack = await sendFile(alice, 'p2p-bob', type, id);
      assert.ok(nack.t === 'nack' && nack.code === 415 && !nack.retry);
    }
    const picture = await tus.upload(png());
    const nack = await sendFile(alice, 'p2p-bob', 'image', picture, { thumbnail });
    assert.ok(nack.t === 'nack' && nack.code === 415, 'a thumbnail that is none');
    const ack = await sendFile(alice, 'p2p-bob', 'file', id);
    assert.ok(ack.t === 'ack');
    assert.deepEqual([ack.file?.mime, ack.file?.ext], ['application/octet-stream', 'png']);
  });

  it("S-41: somebody else's file cannot be sent, unless one has it in a conversation", async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob, eve] = await server.connectAll('alice', 'bob', 'eve');
    const id = await new TusCaller(server, 'alice').upload(png());
    const stolen = await sendFile(bob, 'p2p-eve', 'image', id);
    assert.ok(stolen.t === 'nack' && stolen.code === 404);
    await sendFile(alice, 'p2p-bob', 'image', id);
    assert.equal((await sendFile(eve, 'p2p-bob', 'image', id)).t, 'nack');
    assert.equal((await sendFile(bob, 'p2p-eve', 'image', id)).t, 'ack', 'forwarded');
    assert.equal((await linksTo(eve, 'p2p-bob', id)).size, 1);
    assert.equal((await linksTo(eve, 'p2p-alice', id)).size, 0);
  });

  it('S-45: takes no address but those of its own files', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob');
    for (const url of [
      'https://evil.example/x.png',
      '//evil.example/x',
      'javascript:alert(1)',
      '/files/../im.sqlite',
      '',
    ]) {
      const idClient = crypto.randomUUID();
      const file = { url, name: 'x', size: 1, ext: '', mime: '' };
      alice.send({ t: 'send', idClient, cid: 'p2p-bob', type: 'file', file });
      const nack = await alice.expect('nack', (frame) => frame.idClient === idClient);
      assert.deepEqual([nack.code, nack.retry], [404, false], url);
    }
  });

  it('keeps the order of what one sends behind a file', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob');
    const id = await new TusCaller(server, 'alice').upload(png());
    const acks = await Promise.all([
      alice.text('p2p-bob', 'one'),
      sendFile(alice, 'p2p-bob', 'image', id),
      alice.text('p2p-bob', 'three'),
      sendFile(alice, 'p2p-bob', 'image', id),
      alice.text('p2p-bob', 'five'),
    ]);
    assert.deepEqual(
      acks.map((ack) => ack.t === 'ack' && ack.seq),
      [1, 2, 3, 4, 5],
    );
  });

  it('turns sides as the picture is turned', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob');
    const exifSegment = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(6)]));
    const id = await new TusCaller(server, 'alice').upload(jpeg({ w: 300, h: 200, extra: [exifSegment] }));
    const ack = await sendFile(alice, 'p2p-bob', 'image', id);
    assert.ok(ack.t === 'ack');
    assert.deepEqual([ack.file?.w, ack.file?.h], [200, 300]);
  });
});

describe('files that nothing uses', () => {
  it('S-46: are removed after a day, from the table and from the disk', async (t) => {
    const clock = new ServerClock();
    const dataDir = await temporaryDirectory(t);
    const server = await ChatServer.start(t, { clock, dataDir });
    const [alice] = await server.connectAll('alice', 'bob');
    const tus = new TusCaller(server, 'alice');
    const unfinished = await tus.begin(100);
    const [unused, used] = [await tus.upload(png()), await tus.upload(png())];
    await sendFile(alice, 'p2p-bob', 'image', used);
    clock.advance(day - 60_000);
    await server.collectFiles();
    assert.equal((await readdir(join(dataDir, 'files'))).length, 6, 'each with its description');
    clock.advance(120_000);
    await server.collectFiles();
    assert.deepEqual(await readdir(join(dataDir, 'files')).then((names) => names.sort()), [used, `${used}.json`]);
    for (const id of [unfinished, unused]) assert.equal((await tus.call('HEAD', `/files/${id}`)).status, 404);
    assert.equal((await tus.call('DELETE', `/files/${used}`)).status, 403, 'a message has it');
  });

  it('are removed when their owner does not want them', async (t) => {
    const dataDir = await temporaryDirectory(t);
    const server = await ChatServer.start(t, { dataDir });
    const tus = new TusCaller(server, 'alice');
    const ids = [await tus.begin(100), await tus.upload(png())];
    for (const id of ids) assert.equal((await tus.call('DELETE', `/files/${id}`)).status, 204);
    assert.deepEqual(await readdir(join(dataDir, 'files')), []);
    for (const id of ids) assert.equal((await tus.call('HEAD', `/files/${id}`)).status, 404);
  });
});
