import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import type { StorageState } from '../../../src/client/api.js';
import type { ImChatWindow } from '../../../src/elements/chat-window/chat-window.js';
import { contrastOf } from '../../helpers/contrast.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { provideClient } from '../../helpers/provide-client.js';

let client: FakeClient;
let box: HTMLElement;

/** Timers of the page that have not run, by the test's hand: a line that waits is not waited for. */
function holdTimers(): { readonly pass: () => void; readonly restore: () => void } {
  const { setTimeout: later, clearTimeout: never } = window;
  const waiting = new Map<number, () => void>();
  let next = -1;
  window.setTimeout = ((run: () => void) => (waiting.set(next, run), next--)) as typeof later;
  window.clearTimeout = (timer) => {
    if (!waiting.delete(timer as number)) never(timer);
  };
  return {
    pass: () => {
      for (const [timer, run] of [...waiting]) {
        waiting.delete(timer);
        run();
      }
    },
    restore: () => Object.assign(window, { setTimeout: later, clearTimeout: never }),
  };
}

async function mount(lang = 'en'): Promise<ImChatWindow> {
  client = new FakeClient('alice');
  client.add('p2p-bob', { name: 'Bob' });
  box = await fixture<HTMLElement>(html`<div lang=${lang}></div>`);
  provideClient(box, client);
  const element = document.createElement('im-chat-window');
  element.conversation = 'p2p-bob';
  box.append(element);
  await element.updateComplete;
  return element;
}

const risk = (state: Partial<StorageState>): void => {
  client.storage = { lasting: false, unsent: 0, drafts: 0, ...state };
  client.emit('storage', client.storage);
};
const region = (element: ImChatWindow): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>('[part=storage] [role=status]')!;
const line = async (element: ImChatWindow): Promise<string> => {
  await element.updateComplete;
  return region(element).textContent.replace(/\s+/g, ' ').trim();
};

describe('the line about what is only in this page', () => {
  let timers: ReturnType<typeof holdTimers> | undefined;
  afterEach(() => {
    timers?.restore();
    timers = undefined;
  });

  it('F19: says how many messages are at risk, for as long as there are any, and takes nobody’s focus', async () => {
    const element = await mount();
    const before = document.activeElement;
    const status = region(element);
    timers = holdTimers();
    risk({ unsent: 2 });
    timers.pass();
    expect(await line(element)).to.equal(
      'Messages are not kept in this browser now. 2 messages are not sent yet: keep this page open until they are.',
    );
    risk({ unsent: 1 });
    expect(await line(element)).to.equal(
      'Messages are not kept in this browser now. 1 message is not sent yet: keep this page open until it is.',
    );
    expect(region(element) === status, 'the region that is known already').to.equal(true);
    risk({});
    expect(await line(element)).to.equal('');
    expect(document.activeElement === before).to.equal(true);
  });

  it('F22: is not there where nothing is at risk, and for what the server has in a moment', async () => {
    const element = await mount();
    timers = holdTimers();
    risk({});
    timers.pass();
    expect(await line(element)).to.equal('');
    risk({ unsent: 1 });
    risk({});
    timers.pass();
    expect(await line(element)).to.equal('');
  });

  it('speaks of a draft that is left standing', async () => {
    const element = await mount();
    timers = holdTimers();
    risk({ drafts: 1 });
    expect(await line(element)).to.equal('');
    timers.pass();
    expect(await line(element)).to.contain('What you have written is only here');
    risk({ unsent: 1, drafts: 1 });
    timers.pass();
    expect(await line(element)).to.contain('1 message is not sent yet');
  });

  for (const [lang, hint, one, two] of [
    ['zh-CN', '发送第一条消息吧。', '1 条消息尚未发送', '2 条消息尚未发送'],
    ['ar', 'اكتب الرسالة الأولى.', 'رسالة واحدة', 'رسالتان'],
  ] as const)
    it(`counts in ${lang}`, async () => {
      const element = await mount(lang);
      await waitUntil(() => element.shadowRoot!.querySelector('.state .button')?.textContent === hint);
      timers = holdTimers();
      risk({ unsent: 1 });
      timers.pass();
      expect(await line(element)).to.contain(one);
      risk({ unsent: 2 });
      expect(await line(element)).to.contain(two);
    });

  it('can be read in both themes, and is accessible', async () => {
    const element = await mount();
    timers = holdTimers();
    risk({ unsent: 2 });
    timers.pass();
    await line(element);
    timers.restore();
    for (const theme of ['light', 'dark'] as const) {
      element.theme = theme;
      await element.updateComplete;
      expect(contrastOf(region(element)), theme).to.be.at.least(4.5);
    }
    await expect(element).to.be.accessible();
  });

  it('leaves no timer behind', async () => {
    const element = await mount();
    timers = holdTimers();
    risk({ unsent: 1, drafts: 1 });
    element.remove();
    timers.pass();
    expect(client.listeners).to.equal(0);
    box.append(element);
    expect(await line(element)).to.equal('');
    timers.pass();
    expect(await line(element)).to.contain('1 message is not sent yet');
  });
});

describe('leaving the page', () => {
  const asks = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

  it('F19: is asked about while messages would be lost with it, and only then', async () => {
    client = new FakeClient('alice');
    const connection = document.createElement('im-connection');
    connection.client = client;
    document.body.append(connection);
    await connection.updateComplete;
    expect(asks()).to.equal(false);
    risk({ drafts: 1 });
    expect(asks(), 'a draft is no reason to stop anybody').to.equal(false);
    risk({ unsent: 1 });
    expect(asks()).to.equal(true);
    risk({});
    expect(asks()).to.equal(false);
    risk({ unsent: 1 });
    connection.remove();
    await Promise.resolve();
    expect(asks(), 'nothing stays of an element that is gone').to.equal(false);
  });
});
