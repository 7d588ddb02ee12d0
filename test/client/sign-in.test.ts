import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ChatClient } from '../../src/client/chat-client.js';
import { connected, texts, until } from './helpers/until.js';
import { World } from './helpers/world.js';

const timing = { reconnectMin: 20, reconnectMax: 200 };

describe('signing in to the real server', () => {
  let world: World;
  before(async () => (world = await World.open({ tuning: { tickMs: 50 } })));
  after(() => world.close());

  it('outlives its token by refreshing on the same connection', async () => {
    let client = undefined as unknown as ChatClient;
    const states: string[] = [];
    // The third is asked for when the first one's time is over: the second was taken.
    await new Promise<void>((third) => {
      let asked = 0;
      const getToken = (account: string): Promise<string> => {
        if (++asked === 3) third();
        return world.token(account, 2);
      };
      client = world.connect('alice', { timing, getToken });
      client.on('connection', ({ state }) => states.push(state));
    });
    assert.deepEqual(states, ['connected']);
    await client.close();
  });

  it('ends with the token when there is only the one', async () => {
    const client = world.connect('alice', {
      timing,
      getToken: undefined as never,
      token: await world.token('alice', 2),
    });
    await connected(client);
    await until(client, () => client.connection.state === 'disconnected');
    assert.deepEqual(
      [client.connection.state, 'code' in client.connection && client.connection.code],
      ['disconnected', 4401],
    );
    assert.ok(!('retryAt' in client.connection));
  });

  it('asks once for another token when one is refused, then ends', async () => {
    let asked = 0;
    const client = world.connect('alice', { timing, getToken: () => Promise.resolve(`wrong ${++asked}`) });
    await until(client, () => client.connection.state === 'disconnected' && !('retryAt' in client.connection));
    assert.equal('code' in client.connection && client.connection.code, 4402);
    assert.equal(asked, 2);
  });

  it('is refused with somebody else’s token', async () => {
    const client = world.connect('alice', { timing, getToken: () => world.token('bob') });
    await until(client, () => client.connection.state === 'disconnected' && !('retryAt' in client.connection));
    assert.equal('code' in client.connection && client.connection.code, 4402);
  });

  it('can be closed and connected again, and knows what it knew', async () => {
    const client = world.connect('carol', { timing });
    await connected(client);
    await client.openConversation('p2p-alice');
    await client.openTimeline('p2p-alice');
    await client.send('p2p-alice', { content: 'before' });
    await until(client, () => client.timeline('p2p-alice').messages[0]?.status === 'success');
    await client.close();
    assert.deepEqual(client.connection, { state: 'disconnected' });
    await client.send('p2p-alice', { content: 'between' });
    client.connect();
    await until(client, () => client.timeline('p2p-alice').messages[1]?.status === 'success');
    assert.deepEqual(texts(client, 'p2p-alice'), ['before', 'between']);
    assert.equal(client.profile.account, 'carol');
  });
});
