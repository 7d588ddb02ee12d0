import { expect, fixture, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { ChatClientApi } from '../../../src/client/api.js';
import type { ChatClientOptions } from '../../../src/client/options.js';
import { ImConnection } from '../../../src/elements/connection/connection.js';
import { ClientController } from '../../../src/elements/controllers/client-controller.js';
import type { ImEvent } from '../../../src/elements/events.js';
import { ImElement } from '../../../src/elements/base.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { countHeld, heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';

if (!customElements.get('im-connection')) customElements.define('im-connection', ImConnection);

/** Made by the elements below, in order. */
let made: { readonly options: ChatClientOptions; readonly client: FakeClient }[] = [];
/** What a client waits for before it is there. */
let gate: Promise<void>;
beforeEach(() => {
  made = [];
  gate = Promise.resolve();
});

class TestConnection extends ImConnection {
  protected override makeClient(options: ChatClientOptions): Promise<ChatClientApi> {
    const client = new FakeClient(options.account);
    made.push({ options, client });
    return gate.then(() => client);
  }
}
customElements.define('test-connection', TestConnection);

class ClientUser extends ImElement {
  readonly link = new ClientController(this, {});
}
customElements.define('client-user', ClientUser);

const mount = (): Promise<TestConnection> =>
  fixture<TestConnection>(html`
    <test-connection server="https://chat.example.com" account="alice" token="secret"
      ><client-user></client-user
    ></test-connection>
  `);
const userIn = (element: Element): ClientUser => element.querySelector<ClientUser>('client-user')!;
/** A removal is one only a microtask later. */
const aMicrotask = (): Promise<void> => Promise.resolve().then(() => undefined);

describe('im-connection', () => {
  it('is accessible', async () => {
    await expect(await mount()).to.be.accessible();
  });

  it('holds nothing once it is gone', async () => {
    const make = (): Element => {
      const connection = document.createElement('test-connection') as TestConnection;
      Object.assign(connection, { server: 'https://chat.example.com', account: 'alice', token: 'secret' });
      connection.append(document.createElement('client-user'));
      return connection;
    };
    const held = await heldAfterHundred(make, (element) => (element as TestConnection).updateComplete);
    expect(held).to.deep.equal(nothingHeld);
    expect(made.length).to.equal(101);
    for (const { client } of made) {
      expect(client.listeners).to.equal(0);
      expect(client.calls).to.deep.equal(['connect', 'close']);
    }
  });

  it('F49: with the real client: leaves no socket, timer or listener behind', async () => {
    await mount();
    const connection = document.createElement('im-connection');
    Object.assign(connection, { server: location.origin, account: 'alice', token: 'secret', cache: 'memory' });
    const count = countHeld();
    try {
      document.body.append(connection);
      // Frames, not waitUntil: that one holds timers itself.
      const there = (): boolean => count.held().sockets > 0 || connection.client?.connection.state === 'disconnected';
      for (let i = 0; i < 300 && !there(); i++) await nextFrame();
      expect(there()).to.equal(true);
      connection.remove();
      for (let i = 0; i < 120 && JSON.stringify(count.held()) !== JSON.stringify(nothingHeld); i++) await nextFrame();
      expect(count.held()).to.deep.equal(nothingHeld);
    } finally {
      count.stop();
    }
  });

  it('makes a client of its attributes and gives it to what is inside', async () => {
    const connection = await mount();
    expect(made.length).to.equal(1);
    expect(made[0]!.options).to.deep.include({
      server: 'https://chat.example.com/',
      account: 'alice',
      token: 'secret',
      cache: 'indexeddb',
    });
    expect(connection.client === made[0]!.client).to.equal(true);
    expect(userIn(connection).link.client === made[0]!.client).to.equal(true);
  });

  it('F49: survives a move: the same client, never closed', async () => {
    const connection = await mount();
    const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
    elsewhere.append(connection);
    await connection.updateComplete;
    // Frameworks take an element out and put it back in two steps.
    connection.remove();
    elsewhere.append(connection);
    await connection.updateComplete;
    expect(made.length).to.equal(1);
    expect(made[0]!.client.calls).to.deep.equal(['connect']);
    expect(userIn(connection).link.client === made[0]!.client).to.equal(true);
  });

  it('F49: is closed when it leaves, and connects anew when it comes back', async () => {
    const connection = await mount();
    const parent = connection.parentElement!;
    connection.remove();
    await aMicrotask();
    expect(made[0]!.client.calls).to.deep.equal(['connect', 'close']);
    expect(connection.client === undefined).to.equal(true);
    parent.append(connection);
    await connection.updateComplete;
    expect(made.length).to.equal(2);
    await waitUntil(() => userIn(connection).link.client === made[1]?.client);
  });

  for (const [name, value, ending] of [
    ['account', 'bob', 'sign-out'],
    ['server', 'https://other.example.com', 'close'],
    ['token', 'another', 'close'],
  ] as const)
    it(`another ${name}: the old client ends (${ending}) before there is a new one`, async () => {
      const connection = await mount();
      connection.setAttribute(name, value);
      if (name === 'server') connection.setAttribute('token', 'of the other server');
      await connection.updateComplete;
      expect(made[0]!.client.calls).to.deep.equal(['connect', ending]);
      expect(made[0]!.client.listeners).to.equal(0);
      expect(made.length).to.equal(2);
      await waitUntil(() => userIn(connection).link.client === made[1]?.client);
    });

  for (const [kind, source] of [
    ['token', { token: 'secret' }],
    ['token-url', { token: undefined, tokenUrl: '/token' }],
    ['getToken', { token: undefined, getToken: () => Promise.resolve('secret') }],
  ] as const)
    it(`S-35: a changed server address gets nothing of the former’s ${kind}; back again, or with another, it goes on`, async () => {
      const connection = await mount();
      Object.assign(connection, source);
      await connection.updateComplete;
      const before = made.length;
      for (const evil of [
        'https://evil.example.com',
        'http://chat.example.com',
        'https://chat.example.com:444',
        'x:',
      ]) {
        connection.setAttribute('server', evil);
        await connection.updateComplete;
        await aMicrotask();
      }
      expect(made.length).to.equal(before);
      expect(made.at(-1)!.client.calls).to.deep.equal(['connect', 'close']);
      expect(connection.client === undefined).to.equal(true);
      connection.setAttribute('server', 'https://chat.example.com/');
      await connection.updateComplete;
      expect(made.length).to.equal(before + 1);
      Object.assign(connection, { server: 'https://other.example.com', token: 'of the other server' });
      await connection.updateComplete;
      expect(made.length).to.equal(before + 2);
      expect(made.at(-1)!.options.token).to.equal('of the other server');
    });

  it('S-35: neither the page’s address nor a message says where the server is', async () => {
    history.replaceState(null, '', `${location.pathname}${location.search}#server=https://evil.example.com&token=x`);
    await mount();
    window.postMessage({ server: 'https://evil.example.com', token: 'x' }, '*');
    await nextFrame();
    expect(made.map(({ options }) => options.server)).to.deep.equal(['https://chat.example.com/']);
    history.replaceState(null, '', `${location.pathname}${location.search}`);
  });

  it('no account: nobody is signed in', async () => {
    const connection = await mount();
    connection.removeAttribute('account');
    await connection.updateComplete;
    expect(connection.client === undefined).to.equal(true);
    expect(userIn(connection).link.client === undefined).to.equal(true);
  });

  it('a new getToken function is not a new connection', async () => {
    const connection = await mount();
    connection.token = undefined;
    connection.getToken = () => Promise.resolve('one');
    await connection.updateComplete;
    expect(made.length).to.equal(2);
    connection.getToken = () => Promise.resolve('two');
    await connection.updateComplete;
    expect(made.length).to.equal(2);
    expect(await made[1]!.options.getToken!('alice', new AbortController().signal)).to.equal('two');
  });

  it('a client that the page made is used, and neither connected nor closed', async () => {
    const client = new FakeClient();
    const connection = await fixture<TestConnection>(
      html`<test-connection .client=${client}><client-user></client-user></test-connection>`,
    );
    expect(userIn(connection).link.client === client).to.equal(true);
    connection.remove();
    await aMicrotask();
    expect(client.calls).to.deep.equal([]);
    expect(client.listeners).to.equal(0);
  });

  it('repeats what the client says as events, each once', async () => {
    const connection = await mount();
    const { client } = made[0]!;
    client.add('p2p-bob');
    const heard: unknown[] = [];
    for (const type of [
      'im-connection-change',
      'im-message',
      'im-unread-change',
      'im-send',
      'im-send-fail',
      'im-error',
    ])
      connection.parentElement!.addEventListener(type, (event) => heard.push([type, (event as CustomEvent).detail]));
    client.link({ state: 'disconnected', code: 1006, retryAt: 5 });
    const message = client.receive('p2p-bob', { content: 'hi' });
    const own = await client.send('p2p-bob', { content: 'yo' });
    client.fail(own.idClient);
    const error = new Error('the cache gave up');
    client.emit('error', { error });
    const failed = client.timeline('p2p-bob').messages.at(-1)!;
    expect(heard).to.deep.equal([
      ['im-connection-change', { state: 'disconnected', code: 1006, retryAt: 5 }],
      ['im-unread-change', { total: 1 }],
      ['im-message', { message }],
      ['im-send-fail', { message: failed, error: failed.error }],
      ['im-error', { error }],
    ]);
  });

  it('what cannot be a client is said once, in words, and reported', async () => {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    try {
      const connection = document.createElement('im-connection');
      Object.assign(connection, { server: 'https://chat.example.com', account: 'Not An Account!', token: 'secret' });
      const reported = oneEvent<ImEvent<'im-error'>>(connection, 'im-error');
      document.body.append(connection);
      expect((await reported).detail.error).to.be.instanceOf(TypeError);
      expect(connection.client === undefined).to.equal(true);
      connection.remove();
    } finally {
      console.warn = warn;
    }
    expect(said.length).to.equal(1);
    expect(said[0]).to.match(/^<im-connection>: account: "Not An Account!" is not an account name/);
  });

  it('says while a client is on its way, and lets nobody have one that came too late', async () => {
    const connection = await mount();
    const user = userIn(connection);
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    connection.account = 'bob';
    await connection.updateComplete;
    expect(user.link.client === undefined).to.equal(true);
    expect(user.link.coming).to.equal(true);
    connection.account = undefined;
    await connection.updateComplete;
    expect(user.link.coming).to.equal(false);
    open();
    await gate;
    await aMicrotask();
    expect(user.link.client === undefined).to.equal(true);
    expect(made[1]!.client.calls).to.deep.equal([]);
  });

  it('F49: two on one page share nothing', async () => {
    const box = await fixture<HTMLElement>(html`
      <div>
        <test-connection account="alice" token="a"><client-user></client-user></test-connection>
        <test-connection account="bob" token="b"><client-user></client-user></test-connection>
      </div>
    `);
    const [alice, bob] = [...box.querySelectorAll<ClientUser>('client-user')];
    expect(alice!.link.client!.account).to.equal('alice');
    expect(bob!.link.client!.account).to.equal('bob');
  });

  it('reaches what was upgraded before it', async () => {
    const box = await fixture<HTMLElement>(
      html`<div>
        <late-connection account="alice" token="a"><client-user></client-user></late-connection>
      </div>`,
    );
    const user = userIn(box);
    expect(user.link.client === undefined).to.equal(true);
    customElements.define('late-connection', class extends TestConnection {});
    await waitUntil(() => user.link.client?.account === 'alice');
  });
});
