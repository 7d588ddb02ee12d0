import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import '../../../src/define.js';
import type { ImConnection } from '../../../src/elements/connection/connection.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { hostileStrings } from '../../helpers/hostile-strings.js';
import { provideClient } from '../../helpers/provide-client.js';
import { dangersOf, elementsIn, shapeOf, Trap } from './shape.js';

/** Texts that can be reached from an object without asking the browser’s own: own and inherited properties, maps, lists. */
function textsWithin(start: object): Set<string> {
  const texts = new Set<string>();
  const seen = new Set<object>([window, document]);
  const waiting = [start];
  for (let object = waiting.pop(); object; object = waiting.pop()) {
    if (seen.has(object) || seen.size > 50_000) continue;
    seen.add(object);
    const values: unknown[] = object instanceof Map || object instanceof Set ? [...object] : [];
    for (let holder: object | null = object; holder; holder = Object.getPrototypeOf(holder) as object | null)
      for (const key of Reflect.ownKeys(holder)) {
        try {
          values.push(Reflect.get(holder, key, object));
        } catch {
          // A getter that wants another object.
        }
      }
    for (const value of values) {
      // Some of the browser’s own getters give a promise that fails for anybody but their owner.
      if (value instanceof Promise) value.catch(() => undefined);
      if (typeof value === 'string') texts.add(value);
      else if ((typeof value === 'object' && value !== null) || typeof value === 'function') waiting.push(value);
    }
  }
  return texts;
}

/** A connection to the real server, whose token only a closure of the page has. */
async function connected(account: string): Promise<{ element: ImConnection; token: string; heard: unknown[] }> {
  const { url } = await executeServerCommand<{ url: string }, undefined>('server');
  const { token } = await executeServerCommand<{ token: string }, object>('token', { account });
  const element = document.createElement('im-connection');
  const heard: unknown[] = [];
  for (const type of ['im-connection-change', 'im-error', 'im-message', 'im-unread-change', 'im-send'])
    element.addEventListener(type, (event) => heard.push((event as CustomEvent).detail));
  Object.assign(element, { server: url, account, getToken: () => Promise.resolve(token) });
  (await fixture<HTMLElement>(html`<div></div>`)).append(element);
  await waitUntil(() => element.client?.connection.state === 'connected', 'connected', { timeout: 10_000 });
  return { element, token, heard };
}

describe('a widget on somebody’s page', function () {
  this.timeout(120_000);
  const trap = new Trap();
  before(() => trap.set());
  after(() => trap.remove());

  it('S-22: attributes are text, whatever they hold', async () => {
    const client = new FakeClient();
    client.add('p2p-bob');
    const messenger = document.createElement('im-messenger');
    messenger.client = client;
    const box = await fixture<HTMLElement>(html`<div></div>`);
    const composer = document.createElement('im-composer');
    provideClient(composer, client);
    messenger.style.height = '400px';
    box.append(messenger, composer);
    await nextFrame();
    for (const text of hostileStrings) {
      for (const name of ['conversation', 'theme', 'lang', 'dir', 'placeholder'])
        for (const element of [messenger, composer]) element.setAttribute(name, text);
      await nextFrame();
      expect([...elementsIn(box)].flatMap(dangersOf), JSON.stringify(text)).to.deep.equal([]);
      expect(shapeOf(composer.shadowRoot!).length, text).to.be.below(40);
      expect(composer.shadowRoot!.querySelector('textarea')!.placeholder.replace(/[\r\n]/g, '')).to.equal(
        text.replace(/[\r\n]/g, ''),
      );
    }
    // The author of the page is told of a theme that does not exist; nobody else hears anything.
    expect(trap.take().filter((line) => !line.includes('theme='))).to.deep.equal([]);
  });

  it('S-22: an address, an account or a cache that cannot be is refused in words, and nothing is asked for', async () => {
    const asked: string[] = [];
    const { fetch } = window;
    window.fetch = (target) => (asked.push(new Request(target).url), Promise.reject(new TypeError('no')));
    try {
      for (const text of hostileStrings.filter((each) => !/^[\w.@-]{1,32}$/.test(each))) {
        const connection = document.createElement('im-connection');
        const errors: string[] = [];
        connection.addEventListener('im-error', ({ detail }) => errors.push(detail.error.message));
        for (const [name, value] of Object.entries({ account: text, server: location.origin, token: 'x' }))
          connection.setAttribute(name, value);
        document.body.append(connection);
        await waitUntil(() => errors.length > 0 || text === '', text, { timeout: 20_000 });
        expect(connection.client, text).to.equal(undefined);
        connection.remove();
      }
    } finally {
      window.fetch = fetch;
    }
    expect(asked).to.deep.equal([]);
    expect(trap.take().filter((line) => !line.startsWith('warn <im-connection>'))).to.deep.equal([]);
  });

  it('S-25: what is pasted or dropped is text, and the field makes nothing else of it', async () => {
    const client = new FakeClient();
    client.add('p2p-bob');
    const box = await fixture<HTMLElement>(html`<div></div>`);
    provideClient(box, client).select('p2p-bob');
    const composer = document.createElement('im-composer');
    box.append(composer);
    await composer.updateComplete;
    const before = shapeOf(composer.shadowRoot!);
    const area = composer.shadowRoot!.querySelector('textarea')!;
    const rich = '<img src=x onerror="owned()"><b>bold</b>';
    area.focus();
    for (const type of ['paste', 'drop', 'dragover']) {
      const data = new DataTransfer();
      data.setData('text/html', rich);
      const event =
        type === 'paste'
          ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, composed: true, cancelable: true })
          : new DragEvent(type, { dataTransfer: data, bubbles: true, composed: true, cancelable: true });
      area.dispatchEvent(event);
    }
    document.execCommand('insertText', false, rich);
    await composer.updateComplete;
    expect(composer.value).to.equal(rich);
    await composer.send();
    expect(client.calls).to.include(`send p2p-bob ${rich}`);
    expect(shapeOf(composer.shadowRoot!)).to.deep.equal(before);
    expect(trap.take()).to.deep.equal([]);
  });

  it('S-34: its token is nowhere that a script of the page could come upon it', async () => {
    const { element, token, heard } = await connected('sec-walk');
    const parts = token.split('.');
    const found = [
      ...textsWithin(element),
      ...textsWithin(heard),
      JSON.stringify({ ...localStorage, ...sessionStorage }),
      document.cookie,
      document.documentElement.outerHTML,
      ...Object.keys(window).map((key) => String(Reflect.get(window, key))),
      ...performance.getEntriesByType('resource').map(({ name }) => name),
      await everythingStored(),
    ];
    for (const text of found)
      for (const part of [token, parts[2]!]) expect(text.includes(part), text.slice(0, 200)).to.equal(false);
    expect(
      found.some((text) => text.includes('sec-walk')),
      'the walk sees what is there',
    ).to.equal(true);
    for (const key of Object.keys(window)) expect(Reflect.get(window, key), key).not.to.equal(element.client);
  });

  it('S-37: a page that has changed what all objects inherit gets no more, and breaks nothing', async () => {
    const polluted = {
      token: 'x',
      client: 'x',
      from: 'x',
      href: 'javascript:owned()',
      content: 'polluted',
      url: 'x',
      account: 'x',
      disabled: true,
    };
    try {
      for (const [key, value] of Object.entries(polluted))
        Object.defineProperty(Object.prototype, key, { value, configurable: true, writable: true, enumerable: false });
      const { element } = await connected('sec-polluted');
      await element.client!.openConversation('p2p-sec-walk').catch(() => undefined);
      const box = await fixture<HTMLElement>(html`<div></div>`);
      const client = new FakeClient();
      client.add('p2p-bob');
      provideClient(box, client);
      const message = document.createElement('im-message');
      Object.assign(message, { message: client.message('p2p-bob', { content: 'see https://example.com' }) });
      box.append(message);
      await message.updateComplete;
      for (const each of elementsIn(box)) expect(dangersOf(each)).to.deep.equal([]);
      expect(message.shadowRoot!.querySelector('[part~=body]')!.textContent).to.equal('see https://example.com');
    } finally {
      for (const key of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, key);
    }
    expect(trap.take().filter((line) => line.includes('ran'))).to.deep.equal([]);
  });

  it('S-49: another account finds nothing of the former on the screen or in the elements', async () => {
    const client = new FakeClient('alice');
    const secret = 'words-of-alice-alone';
    client.add('p2p-bob', {
      name: `${secret}-name`,
      draft: `${secret}-draft`,
      lastMsg: client.message('p2p-bob', { content: secret }),
    });
    client.receive('p2p-bob', { content: secret });
    const messenger = document.createElement('im-messenger');
    Object.assign(messenger, { client, conversation: 'p2p-bob' });
    messenger.style.cssText = 'display: block; height: 500px; width: 900px';
    (await fixture<HTMLElement>(html`<div></div>`)).append(messenger);
    const everything = (): string =>
      [...elementsIn(messenger.parentElement!)]
        .map(
          (each) => `${each.shadowRoot?.textContent ?? ''}${(each as HTMLInputElement).value ?? ''}${each.outerHTML}`,
        )
        .join('\n');
    await waitUntil(() => everything().includes(secret));
    const next = new FakeClient('carol');
    messenger.client = next;
    messenger.conversation = undefined;
    await waitUntil(() => !everything().includes(secret), 'nothing is left on the screen');
    const kept = [...textsWithin(messenger)].concat(
      ...[...elementsIn(messenger.parentElement!)].map((each) => [...textsWithin(each)]),
    );
    expect(kept.filter((text) => text.includes(secret))).to.deep.equal([]);
    expect(client.listeners, 'nothing listens to the former any more').to.equal(0);
  });
});

/** All that the page’s databases hold, as one text. */
async function everythingStored(): Promise<string> {
  const result = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message));
    });
  const stored: unknown[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await result(indexedDB.open(name));
    for (const store of db.objectStoreNames)
      stored.push(await result(db.transaction(store).objectStore(store).getAll()));
    db.close();
  }
  return JSON.stringify(stored);
}
