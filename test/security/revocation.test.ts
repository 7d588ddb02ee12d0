import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';
import { manage } from '../helpers/management.js';
import { ServerClock } from '../helpers/server-clock.js';
import type { WireClient } from '../helpers/wire-client.js';

/** An account that the management API made, with its first token. */
async function registered(server: ChatServer, accid: string): Promise<string> {
  return (await manage(server.url, 'user/create', { accid })).info!.token!;
}

async function signedIn(server: ChatServer, account: string, token: string): Promise<WireClient> {
  const client = await server.open();
  await client.greet({ account, token });
  return client;
}

/** The code with which a hello ends, or `welcome`. */
async function atTheDoor(server: ChatServer, account: string, token: string): Promise<string | number> {
  const client = await server.open();
  client.hello({ account, token });
  const frame = await client.expectAny(['welcome', 'bye']);
  return frame.t === 'welcome' ? 'welcome' : frame.code;
}

describe('a right that ends while a connection is open', () => {
  it('S-7: a token that is replaced by the back end closes every connection that was opened with it', async (t) => {
    const server = await ChatServer.start(t);
    const stolen = await registered(server, 'alice');
    const thieves = [await signedIn(server, 'alice', stolen), await signedIn(server, 'alice', stolen)];
    const signed = await server.connect('alice');
    const bob = await server.connect('bob');
    await manage(server.url, 'user/update', { accid: 'alice', token: 'chosen-anew' });
    for (const thief of thieves) {
      assert.equal((await thief.expect('bye')).code, 4405);
      assert.equal((await thief.closed()).code, 4405);
    }
    assert.deepEqual(await signed.rest('bye'), [], 'what was not opened with it stays');
    assert.deepEqual(await bob.rest('bye'), []);
    assert.equal(await atTheDoor(server, 'alice', stolen), 4405);
    assert.equal(await atTheDoor(server, 'alice', 'chosen-anew'), 'welcome');
  });

  it('S-7: the same token set again, and other fields, close nothing', async (t) => {
    const server = await ChatServer.start(t);
    const open = await signedIn(server, 'alice', await registered(server, 'alice'));
    await manage(server.url, 'user/update', { accid: 'alice', token: 'kept' });
    assert.equal((await open.closed()).code, 4405);
    const kept = await signedIn(server, 'alice', 'kept');
    await manage(server.url, 'user/update', { accid: 'alice', token: 'kept' });
    await manage(server.url, 'user/update', { accid: 'alice', props: 'x' });
    assert.deepEqual(await kept.rest('bye'), []);
  });

  it('S-7: a blocked account is put out, whatever its connections were opened with, and kept out until it is unblocked', async (t) => {
    const server = await ChatServer.start(t);
    const token = await registered(server, 'alice');
    const open = [await signedIn(server, 'alice', token), await server.connect('alice')];
    assert.deepEqual(await manage(server.url, 'user/block', { accid: 'ALICE', needkick: 'true' }), { code: 200 });
    for (const client of open) assert.equal((await client.closed()).code, 4422);
    assert.equal(await atTheDoor(server, 'alice', token), 4422);
    assert.equal(await atTheDoor(server, 'alice', await server.token('alice')), 4422);
    assert.equal(await atTheDoor(server, 'alice', 'made-up'), 4402, 'who has no token learns nothing');
    await manage(server.url, 'user/unblock', { accid: 'alice' });
    assert.equal(await atTheDoor(server, 'alice', token), 'welcome');
  });

  it('S-7: without needkick a blocked account is refused at the door and at its next refresh only', async (t) => {
    const server = await ChatServer.start(t);
    const open = await server.connect('alice');
    await manage(server.url, 'user/block', { accid: 'alice' });
    assert.deepEqual(await open.rest('bye'), []);
    assert.equal(await atTheDoor(server, 'alice', await server.token('alice')), 4422);
    open.send({ t: 'refresh', token: await server.token('alice') });
    assert.equal((await open.closed()).code, 4422);
    for (const action of ['user/block', 'user/unblock'])
      assert.equal((await manage(server.url, action, { accid: 'nobody' })).code, 414);
    assert.equal((await manage(server.url, 'user/block', { accid: 'alice', needkick: 'perhaps' })).code, 414);
  });

  it('S-7: a hello that is under way while its account is blocked does not slip in', async (t) => {
    const { storage, hold } = await slowStore(t);
    const server = await ChatServer.start(t, { storage });
    await server.connect('alice').then((client) => client.close());
    const late = await server.open();
    const letGo = hold();
    late.hello({ account: 'alice', token: await server.token('alice') });
    await letGo.reached;
    await manage(server.url, 'user/block', { accid: 'alice', needkick: 'true' });
    letGo.go();
    assert.equal((await late.closed()).code, 4422);
  });

  it('S-7: when the store cannot say, connections are sent to the door', async (t) => {
    const { storage } = await slowStore(t);
    const server = await ChatServer.start(t, { storage });
    const open = await server.connect('alice');
    const account = storage.account.bind(storage);
    let asked = 0;
    storage.account = (name) => (++asked === 1 ? account(name) : Promise.reject(new Error('no store')));
    await manage(server.url, 'user/block', { accid: 'alice', needkick: 'true' });
    assert.equal((await open.closed()).code, 1013);
  });

  it('S-7: the end of a token ends its connection; a fresh one of the same account carries it on, one of another ends it', async (t) => {
    const clock = new ServerClock();
    const server = await ChatServer.start(t, { clock });
    const [kept, ended, swapped] = await Promise.all(
      [0, 1, 2].map(async () => signedIn(server, 'alice', await server.token('alice', 20))),
    );
    clock.advance(15_000);
    kept!.send({ t: 'refresh', token: await server.token('alice', 20) });
    await kept!.expect('refreshed');
    swapped!.send({ t: 'refresh', token: await server.token('bob', 20) });
    assert.equal((await swapped!.closed()).code, 4402);
    clock.advance(6_000);
    assert.equal((await ended!.closed()).code, 4401);
    assert.deepEqual(await kept!.rest('bye'), []);
  });
});

/** A store of which one reading of an account can be held back. */
async function slowStore(t: TestContext) {
  const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
  const ensure = storage.ensureAccount.bind(storage);
  const hold = (): { reached: Promise<void>; go: () => void } => {
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const reached = new Promise<void>((resolve) => {
      storage.ensureAccount = async (account) => {
        storage.ensureAccount = ensure;
        const row = await ensure(account);
        resolve();
        await gate;
        return row;
      };
    });
    return { reached, go };
  };
  return { storage, hold };
}
