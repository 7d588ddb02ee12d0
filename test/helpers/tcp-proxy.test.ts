import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { TcpProxy } from './tcp-proxy.js';

// Not events.once: that rejects when an error comes first.
const closed = (socket: Socket): Promise<void> => new Promise((done) => socket.once('close', () => done()));

describe('TcpProxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  let client: Socket;

  before(async () => {
    echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
  });
  after(() => void echo.close());

  beforeEach(async () => {
    proxy = await TcpProxy.start((echo.address() as AddressInfo).port);
    client = connect(proxy.port, '127.0.0.1').on('error', () => {});
    await once(client, 'connect');
  });
  afterEach(async () => {
    client.destroy();
    await proxy.close();
  });

  const roundTrip = async (text: string): Promise<string> => {
    client.write(text);
    const [data] = (await once(client, 'data')) as [Buffer];
    return data.toString();
  };

  it('passes bytes and ends', async () => {
    assert.equal(await roundTrip('hello'), 'hello');
    assert.equal(proxy.bytes('up'), 5);
    client.end();
    await closed(client);
  });

  it('delays', async () => {
    proxy.set({ delayMs: 30 }, ['down']);
    const start = performance.now();
    assert.equal(await roundTrip('slow'), 'slow');
    assert.ok(performance.now() - start >= 29);
  });

  it('throttles without losing a byte', async () => {
    proxy.set({ bytesPerSecond: 50 }, ['up']);
    const start = performance.now();
    client.write('ten bytes!');
    let got = '';
    for await (const data of client as AsyncIterable<Buffer>) if ((got += data.toString()).length === 10) break;
    assert.equal(got, 'ten bytes!');
    assert.ok(performance.now() - start >= 99);
  });

  it('cuts after byte k, and ends both sides', async () => {
    proxy.set({ cutAfter: 3 }, ['down']);
    const end = closed(client);
    assert.equal(await roundTrip('hello'), 'hel');
    await end;
  });

  it('swallows in one direction without an end, and ends what has a hole when it heals', async () => {
    proxy.set({ blackhole: true }, ['up']);
    client.write('lost');
    await assert.rejects(once(client, 'data', { signal: AbortSignal.timeout(100) }), { name: 'AbortError' });
    assert.equal(client.readyState, 'open');
    const end = closed(client);
    proxy.heal();
    await end;
  });

  it('refuses, and accepts again', async () => {
    proxy.refuse();
    await closed(client);
    const refused = connect(proxy.port, '127.0.0.1').on('error', () => {});
    await closed(refused);
    proxy.heal();
    client = connect(proxy.port, '127.0.0.1');
    assert.equal(await roundTrip('again'), 'again');
  });
});
