import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/define.js';
import type { ImChatWindow } from '../../../src/elements/chat-window/chat-window.js';
import type { ImMessageList } from '../../../src/elements/message-list/message-list.js';
import { contrastOf } from '../../helpers/contrast.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { changedByHostilePage } from '../../helpers/hostile.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';
import { provideClient } from '../../helpers/provide-client.js';

const id = 'p2p-bob';
const now = new Date(2026, 5, 1, 14, 32).getTime();
let client: FakeClient;
let box: HTMLElement;
let provider: ReturnType<typeof provideClient>;

async function mount(conversation: string | undefined, prepare: () => void = () => undefined): Promise<ImChatWindow> {
  client = new FakeClient('alice', () => now);
  client.add(id, { name: 'Bob' });
  prepare();
  box = await fixture<HTMLElement>(html`<div lang="en"></div>`);
  box.style.cssText = 'width: 640px; height: 500px';
  provider = provideClient(box, client);
  const element = document.createElement('im-chat-window');
  element.style.height = '100%';
  element.now = () => now;
  element.conversation = conversation;
  box.append(element);
  await element.updateComplete;
  return element;
}

/** So many messages of Bob, the last `unread` of them not read. */
function history(count: number, unread = 0): void {
  client.set(id, { lastSeq: count, readSeq: count - unread, unread });
  const messages = Array.from({ length: count }, (_, i) =>
    client.message(id, { seq: i + 1, time: now - (count - i) * 60_000, content: `message ${i}` }),
  );
  client.setTimeline(id, { messages });
}

const find = (element: ImChatWindow, selector: string): HTMLElement | null =>
  element.shadowRoot!.querySelector(selector);
const text = (element: ImChatWindow, selector: string): string | undefined =>
  find(element, selector)?.textContent?.replace(/\s+/g, ' ').trim();
const list = (element: ImChatWindow): ImMessageList => find(element, 'im-message-list') as ImMessageList;
const calls = (name: string): string[] => client.calls.filter((call) => call.startsWith(name));

describe('im-chat-window', function () {
  // A hundred rounds, and scrolls frame by frame, on a machine that may be busy.
  this.timeout(60_000);

  it('is accessible', async () => {
    const element = await mount(id, () => history(30));
    await waitUntil(() => list(element).atNewest);
    await expect(element).to.be.accessible();
    await expect(await mount(id)).to.be.accessible();
    await expect(await mount(undefined)).to.be.accessible();
  });

  it('shows who it is with, and whether they are there', async () => {
    const element = await mount(id);
    expect(text(element, 'h2')).to.equal('Bob');
    expect(text(element, '.line')).to.equal('');
    expect(client.watched).to.equal(1);
    client.come('bob', { online: false, lastSeen: now - 3_600_000 });
    await element.updateComplete;
    expect(text(element, '.line')).to.equal('Last seen 13:32');
    client.come('bob', { online: true });
    await element.updateComplete;
    expect(text(element, '.line')).to.equal('Online');
    client.type(id, 'bob');
    await element.updateComplete;
    expect(text(element, '.line')).to.equal('typing…');
    client.type(id);
    await element.updateComplete;
    expect(text(element, '.line')).to.equal('Online');
    element.conversation = 'group-trip';
    await element.updateComplete;
    expect(client.watched, 'nobody is watched for a group').to.equal(0);
  });

  it('says who of a group writes', async () => {
    const element = await mount('group-trip', () => client.add('group-trip'));
    client.type('group-trip', 'mia');
    await element.updateComplete;
    expect(text(element, '.line')).to.equal('mia is typing…');
    client.type('group-trip', 'mia', 'ben');
    await element.updateComplete;
    expect(text(element, '.line')).to.equal('2 people are typing…');
  });

  it('follows what is chosen in the list, unless it has a conversation of its own', async () => {
    const element = await mount(undefined);
    expect(text(element, '.state')).to.equal('Choose a conversation to read it here.');
    provider.select(id);
    await element.updateComplete;
    expect(text(element, 'h2')).to.equal('Bob');
    element.conversation = 'p2p-carol';
    client.add('p2p-carol', { name: 'Carol' });
    await element.updateComplete;
    expect(text(element, 'h2')).to.equal('Carol');
    provider.select(undefined);
    await element.updateComplete;
    expect(text(element, 'h2')).to.equal('Carol');
  });

  it('says hello to an empty conversation, and leads to the field', async () => {
    const element = await mount(id);
    expect(text(element, '.state div')).to.equal('Nothing here yet');
    find(element, '.state button')!.click();
    await waitUntil(() => element.shadowRoot!.activeElement?.localName === 'im-composer');
    await sendKeys({ type: 'Hello' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => find(element, '.state') === null);
    expect(calls('send ')).to.deep.equal(['send p2p-bob Hello']);
  });

  it('opens a conversation that is not known yet', async () => {
    const element = await mount('p2p-carol');
    await waitUntil(() => text(element, 'h2') === 'Carol');
    expect(calls('open')).to.deep.equal(['openConversation p2p-carol', 'openTimeline p2p-carol']);
  });

  it('says when there is no such conversation', async () => {
    const element = await mount('p2p-nobody', () => client.people.add('bob'));
    await waitUntil(() => find(element, '.state'));
    expect(text(element, '.state')).to.equal('This conversation could not be opened. This does not exist (any more).');
    expect(find(element, 'im-message-list') === null).to.equal(true);
    element.conversation = id;
    await waitUntil(() => find(element, 'im-message-list'));
  });

  it('tries again when the line is back, where that may help', async () => {
    let down = true;
    const element = await mount('p2p-carol', () => {
      const open = client.openConversation.bind(client);
      client.openConversation = (conversation) =>
        down ? Promise.reject(Object.assign(new Error(), { code: 503 })) : open(conversation);
    });
    await waitUntil(() => find(element, '.state'));
    down = false;
    client.link({ state: 'connected' });
    await waitUntil(() => text(element, 'h2') === 'Carol' && find(element, 'im-message-list'));
  });

  it('says that one is offline, and keeps showing what is there', async () => {
    const element = await mount(id, () => history(5));
    client.link({ state: 'disconnected', retryAt: now + 9_000 });
    await waitUntil(() => text(element, '[part=offline]')?.startsWith('Offline.'));
    expect(list(element).shadowRoot!.querySelectorAll('im-message').length).to.equal(5);
  });

  it('marks as read what somebody could see', async () => {
    const element = await mount(id, () => history(5, 3));
    await waitUntil(() => calls('markRead').length > 0);
    expect(calls('markRead')).to.deep.equal(['markRead p2p-bob 5']);
    client.receive(id, { time: now });
    await waitUntil(() => calls('markRead').length === 2);
    expect(element.isConnected).to.equal(true);
  });

  it('does not mark as read what is far below, hidden, or on a hidden page', async () => {
    const element = await mount(id, () => history(200, 150));
    await waitUntil(() => list(element).shadowRoot!.querySelector('im-message'));
    await visible(element);
    expect(calls('markRead')).to.deep.equal([]);

    element.style.visibility = 'hidden';
    list(element).toEnd();
    await waitUntil(() => list(element).atNewest);
    expect(calls('markRead')).to.deep.equal([]);

    element.style.visibility = '';
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    try {
      document.dispatchEvent(new Event('visibilitychange'));
      expect(calls('markRead')).to.deep.equal([]);
    } finally {
      Reflect.deleteProperty(document, 'hidden');
    }
    document.dispatchEvent(new Event('visibilitychange'));
    expect(calls('markRead')).to.deep.equal(['markRead p2p-bob 200']);
  });

  it('gives a composer of the page’s its conversation', async () => {
    const element = await mount(id);
    const own = document.createElement('im-composer');
    own.slot = 'composer';
    element.append(own);
    await own.updateComplete;
    own.value = 'Hello';
    await own.send();
    expect(calls('send ')).to.deep.equal(['send p2p-bob Hello']);
  });

  it('keeps the messages of the last few conversations, and of none when it is gone', async () => {
    const ids = ['p2p-a1', 'p2p-b1', 'p2p-c1', 'p2p-d1'];
    const element = await mount(id, () => ids.forEach((each) => client.add(each)));
    const other = document.createElement('im-chat-window');
    other.conversation = 'p2p-a1';
    box.append(other);
    for (const each of ids) {
      element.conversation = each;
      await element.updateComplete;
    }
    expect(calls('releaseTimeline'), 'the other window still shows a1').to.deep.equal(['releaseTimeline p2p-bob']);
    element.remove();
    expect(calls('releaseTimeline').sort()).to.deep.equal([
      'releaseTimeline p2p-b1',
      'releaseTimeline p2p-bob',
      'releaseTimeline p2p-c1',
      'releaseTimeline p2p-d1',
    ]);
    other.remove();
    expect(calls('releaseTimeline')).to.include('releaseTimeline p2p-a1');
  });

  it('shows nothing of the one who signed out', async () => {
    const element = await mount(id, () => history(5));
    provider.setClient(undefined);
    await element.updateComplete;
    expect(text(element, '.state')).to.equal('Not signed in');
    expect(find(element, 'im-message-list') === null).to.equal(true);
  });

  it('speaks Chinese, and Arabic from right to left', async () => {
    const element = await mount(id);
    box.lang = 'zh-CN';
    await waitUntil(() => text(element, '.state div') === '这里还没有消息');
    box.lang = 'ar';
    box.dir = 'rtl';
    await waitUntil(() => text(element, '.state div') === 'لا شيء هنا بعد');
    const picture = find(element, 'im-avatar')!.getBoundingClientRect();
    expect(picture.left).to.be.above(element.getBoundingClientRect().left + 320);
  });

  it('stays above a phone’s keyboard', async () => {
    const element = await mount(id, () => history(50));
    await waitUntil(() => list(element).atNewest);
    const view = window.visualViewport!;
    const composer = find(element, 'im-composer')!;
    const covered = box.getBoundingClientRect().bottom - 250;
    Object.defineProperty(view, 'height', { configurable: true, get: () => 250 - view.offsetTop });
    try {
      composer.focus();
      view.dispatchEvent(new Event('resize'));
      expect(composer.getBoundingClientRect().bottom).to.be.closeTo(250, 1);
      expect(covered).to.be.above(100);
      await waitUntil(() => list(element).atNewest, 'the newest message is still in view');
    } finally {
      Reflect.deleteProperty(view, 'height');
    }
    element.shadowRoot!.querySelector<HTMLElement>('im-composer')!.shadowRoot!.querySelector('textarea')!.blur();
    expect(composer.getBoundingClientRect().bottom).to.be.closeTo(box.getBoundingClientRect().bottom, 1);
  });

  it('looks the same on a page that styles everything', async () => {
    const element = await mount(id, () => history(5));
    element.style.cssText = 'width: 640px; height: 500px';
    await waitUntil(() => list(element).atNewest);
    expect(changedByHostilePage(element)).to.deep.equal([]);
    expect(changedByHostilePage(list(element))).to.deep.equal([]);
  });

  it('can be read in both themes', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const element = await mount(id, () => history(3, 2));
      element.theme = theme;
      client.come('bob', { online: true });
      await waitUntil(() => list(element).atNewest);
      for (const selector of ['h2', '.line']) expect(contrastOf(find(element, selector)!)).to.be.at.least(4.5);
      for (const selector of ['.pill', '.new', '.beginning'])
        expect(contrastOf(list(element).shadowRoot!.querySelector(selector)!), selector).to.be.at.least(4.5);
    }
  });

  it('leaves nothing behind', async () => {
    const first = await mount(id, () => history(5));
    provideClient(document.body, client);
    first.remove();
    const make = (): Element => Object.assign(document.createElement('im-chat-window'), { conversation: id });
    expect(await heldAfterHundred(make, (element) => (element as ImChatWindow).updateComplete)).to.deep.equal(
      nothingHeld,
    );
    expect(client.listeners).to.equal(0);
    expect(client.watched).to.equal(0);
  });
});

/** Until the element has heard that it is on the screen. */
async function visible(element: ImChatWindow): Promise<void> {
  await waitUntil(() => element['visibility'].visible);
}
