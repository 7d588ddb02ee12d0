import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { ImEvent } from '../../../src/elements/events.js';
import type { ImConversationList } from '../../../src/elements/conversation-list/conversation-list.js';
import { soundIsOn } from '../../../src/client/preferences.js';
import type { FakeClient } from '../../helpers/fake-client.js';
import { hostileStrings } from '../../helpers/hostile-strings.js';
import { minutes, mixed, mount, names, rowOf, rows, search, textOf, type } from '../../helpers/mounted-list.js';

/** Shift and F10; WebKit's driver has neither that key nor the menu's. */
async function menuKey(list: ImConversationList): Promise<void> {
  if (!('chrome' in window) && navigator.userAgent.includes('AppleWebKit')) {
    const key = { key: 'F10', shiftKey: true, bubbles: true, cancelable: true };
    list.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', key));
    return;
  }
  await sendKeys({ down: 'Shift' });
  await sendKeys({ press: 'F10' });
  await sendKeys({ up: 'Shift' });
}

const within = <T extends Element>(host: Element | null | undefined, selector: string): T | null =>
  host?.shadowRoot?.querySelector<T>(selector) ?? null;
const menuOf = (list: ImConversationList): HTMLElement | null => within(list, 'im-menu');
const items = (list: ImConversationList): HTMLElement[] => [
  ...(menuOf(list)?.shadowRoot!.querySelectorAll<HTMLElement>('button') ?? []),
];
const labels = (list: ImConversationList): string[] => items(list).map(textOf);
const focused = (list: ImConversationList): string | undefined =>
  (menuOf(list)?.shadowRoot!.activeElement as HTMLElement | null)?.textContent?.trim();
const opened = (list: ImConversationList): Promise<void> =>
  waitUntil(() => focused(list) !== undefined, 'the menu has the keyboard', { timeout: 5_000 });
const results = (list: ImConversationList): HTMLElement | null => within(list, 'im-search-results');
const hits = (list: ImConversationList): HTMLElement[] => [
  ...(results(list)?.shadowRoot!.querySelectorAll<HTMLElement>('.hit') ?? []),
];

function middle(element: Element): [number, number] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}

function said(client: FakeClient, ...contents: string[]): void {
  client.said.set(
    'p2p-bob',
    contents.map((content, i) => client.message('p2p-bob', { content, seq: i + 1, time: minutes(100 - i) })),
  );
}

describe('the menu of a conversation', () => {
  it('opens by the right button where one points, pins, and gives the keyboard back', async () => {
    const client = mixed();
    const { list } = await mount(client);
    await sendMouse({ type: 'click', position: middle(rowOf(list, 'p2p-bob')), button: 'right' });
    await opened(list);
    expect(labels(list)).to.deep.equal(['Pin', 'Mute', 'Mark as unread', 'Hide']);
    await expect(menuOf(list)!).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    expect(menuOf(list) === null).to.equal(true);
    expect(client.conversation('p2p-bob')!.pinned).to.equal(true);
    expect(list.shadowRoot!.activeElement!.className).to.equal('list');
  });

  it('opens by the keyboard at the row where it is, and is walked by keys', async () => {
    const client = mixed();
    const { list } = await mount(client);
    list.focus();
    await sendKeys({ press: 'ArrowDown' });
    await menuKey(list);
    await opened(list);
    expect(menuOf(list)!.shadowRoot!.querySelector('[role=menu]')!.getAttribute('aria-label')).to.equal(
      'Options for Bob',
    );
    expect(focused(list)).to.equal('Pin');
    await sendKeys({ press: 'ArrowUp' });
    expect(focused(list)).to.equal('Hide');
    await sendKeys({ press: 'Home' });
    await sendKeys({ press: 'm' });
    expect(focused(list)).to.equal('Mute');
    await sendKeys({ press: 'Escape' });
    expect(menuOf(list) === null).to.equal(true);
    expect(list.shadowRoot!.activeElement!.className).to.equal('list');
    expect(client.calls.filter((call) => call.startsWith('update'))).to.deep.equal([]);
  });

  it('opens by its button on the row under the pointer, and closes by a click elsewhere', async () => {
    const { list } = await mount(mixed());
    await sendMouse({ type: 'move', position: middle(rowOf(list, 'p2p-bob')) });
    await waitUntil(
      () => rowOf(list, 'p2p-bob').querySelector('.more')!.checkVisibility(),
      `hover ${matchMedia('(hover: hover)').matches} ${rowOf(list, 'p2p-bob').matches(':hover')}`,
    );
    await sendMouse({ type: 'click', position: middle(rowOf(list, 'p2p-bob').querySelector('.more')!) });
    await opened(list);
    expect(list.selected).to.equal(undefined);
    await sendMouse({ type: 'click', position: middle(list.shadowRoot!.querySelector('h2')!) });
    expect(menuOf(list) === null).to.equal(true);
  });

  it('opens by a finger that rests, and not by one that scrolls', async () => {
    const { list } = await mount(mixed());
    const target = rowOf(list, 'p2p-bob').querySelector('.name')!;
    const touch = (name: string, x: number, y: number): void => {
      const event = new Event(name, { bubbles: true, composed: true });
      Object.assign(event, { touches: name === 'touchend' ? [] : [{ clientX: x, clientY: y }] });
      target.dispatchEvent(event);
    };
    // The first touch loads the code; the next ones find it there.
    touch('touchstart', 100, 100);
    await waitUntil(() => list['extras'].value);
    touch('touchend', 100, 100);
    touch('touchstart', 100, 100);
    touch('touchmove', 100, 160);
    touch('touchend', 100, 160);
    touch('touchstart', 100, 100);
    touch('touchmove', 104, 103);
    await opened(list);
    touch('touchend', 100, 100);
    (target as HTMLElement).click();
    expect(list.selected).to.equal(undefined);
    await sendKeys({ press: 'Escape' });
  });

  it('hides, says so, and takes it back', async () => {
    const client = mixed();
    const { list } = await mount(client);
    list.focus();
    await sendKeys({ press: 'ArrowDown' });
    await menuKey(list);
    await opened(list);
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => within(within(list, 'im-undo'), 'button'));
    await list.updateComplete;
    expect(names(list)).not.to.include('Bob');
    const undo = within<HTMLElement>(list, 'im-undo')!;
    expect(textOf(undo.shadowRoot!.querySelector('[role=status]')!)).to.contain(
      'Bob is hidden until the next message.',
    );
    await expect(undo).to.be.accessible();
    await sendMouse({ type: 'click', position: middle(within(undo, 'button')!) });
    await list.updateComplete;
    expect(names(list)).to.include('Bob');
    expect(within(list, 'im-undo') === null).to.equal(true);
  });

  it('marks as unread and as read', async () => {
    const client = mixed();
    const { list } = await mount(client);
    client.set('p2p-bob', { markedUnread: true });
    client.set('group-trip', { mentioned: true });
    await list.updateComplete;
    expect(textOf(rowOf(list, 'p2p-bob'))).to.contain('Marked as unread');
    expect(textOf(rowOf(list, 'group-trip'))).to.contain('@, You were mentioned, 3');
    await expect(list).to.be.accessible();
    await sendMouse({ type: 'click', position: middle(rowOf(list, 'p2p-bob')), button: 'right' });
    await opened(list);
    expect(labels(list)[2]).to.equal('Mark as read');
    await sendKeys({ press: 'Escape' });
  });

  it('is in the language and the direction of the list', async () => {
    const { list } = await mount(mixed(), { lang: 'ar', dir: 'rtl' });
    await waitUntil(() => list['localize'].tag.startsWith('ar'));
    await sendMouse({ type: 'click', position: middle(rowOf(list, 'p2p-bob')), button: 'right' });
    await opened(list);
    expect(labels(list)[0]).to.equal('تثبيت');
    const box = menuOf(list)!.shadowRoot!.querySelector('[popover]')!.getBoundingClientRect();
    expect(box.left).to.be.at.least(0);
    expect(box.right).to.be.at.most(innerWidth);
    await sendKeys({ press: 'Escape' });
  });

  it('of the whole list switches the sound', async () => {
    const { list } = await mount(mixed());
    const button = within<HTMLElement>(list, '[part=menu]')!;
    for (const on of [false, true]) {
      button.focus();
      await sendKeys({ press: 'Enter' });
      await opened(list);
      expect(items(list)[0]!.getAttribute('aria-checked')).to.equal(String(!on));
      await expect(menuOf(list)!).to.be.accessible();
      await sendKeys({ press: 'Enter' });
      expect(soundIsOn('alice')).to.equal(on);
      expect(list.shadowRoot!.activeElement === button).to.equal(true);
    }
  });
});

describe('the search of the list', () => {
  const found = (list: ImConversationList, count: number): Promise<void> =>
    waitUntil(() => hits(list).length === count, `${count} are found`, { timeout: 5_000 });

  it('shows people, conversations and messages, with the words marked', async () => {
    const client = mixed();
    said(client, 'a cake', 'An apple a day', 'nothing', 'Äpfel, apples and 苹果');
    client.found = {
      people: [{ account: 'apollo', name: 'Apollo' }],
      conversations: [{ ...client.conversation('p2p-bob')!, id: 'p2p-apia', to: 'apia', name: 'Ápia', hidden: true }],
    };
    const { list } = await mount(client);
    await type(list, 'ap');
    await found(list, 4);
    const shadow = results(list)!.shadowRoot!;
    expect([...shadow.querySelectorAll('.title')].map(textOf)).to.deep.equal(['Conversations', 'People', 'Messages']);
    expect([...shadow.querySelectorAll('mark')].map(textOf)).to.deep.equal(['Áp', 'Ap', 'Äp', 'ap', 'ap']);
    expect(hits(list).map(textOf)[2]).to.contain('Äpfel, apples and 苹果');
    await expect(list).to.be.accessible();
    await expect(results(list)!).to.be.accessible();
  });

  it('is walked by the keyboard from the field through list and results, and opens a message in its place', async () => {
    const client = mixed();
    said(client, 'Bob said this', 'and bob said that');
    const { list } = await mount(client);
    await type(list, 'bob');
    await found(list, 2);
    await sendKeys({ press: 'ArrowDown' });
    expect(list.shadowRoot!.activeElement!.className).to.equal('list');
    for (let i = 0; i < rows(list).length; i++) await sendKeys({ press: 'ArrowDown' });
    expect(list.shadowRoot!.activeElement!.localName).to.equal('im-search-results');
    await sendKeys({ press: 'ArrowUp' });
    expect(list.shadowRoot!.activeElement!.className).to.equal('list');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    const chosen = oneEvent(list, 'im-conversation-select');
    await sendKeys({ press: 'Enter' });
    const { detail } = (await chosen) as ImEvent<'im-conversation-select'>;
    expect(detail).to.deep.equal({ conversationId: 'p2p-bob', seq: 1 });
    expect(search(list).value).to.equal('');
  });

  it('says that it searched only here while there is no link', async () => {
    const client = mixed();
    said(client, 'hello');
    client.link({ state: 'disconnected', retryAt: 0 });
    const { list } = await mount(client);
    await type(list, 'hel');
    await found(list, 1);
    expect(textOf(results(list)!.shadowRoot!.querySelector('[role=status]')!)).to.contain(
      'only what this browser keeps',
    );
  });

  it('makes nothing of what means harm', async () => {
    const client = mixed();
    said(client, ...hostileStrings.map((text) => `find ${text}`));
    const { list } = await mount(client);
    await type(list, 'find');
    await waitUntil(() => hits(list).length > 5);
    const tags = new Set([...results(list)!.shadowRoot!.querySelectorAll('.hit *')].map(({ localName }) => localName));
    expect([...tags].sort()).to.deep.equal(['bdi', 'div', 'im-avatar', 'mark', 'span'].filter((tag) => tags.has(tag)));
  });

  it('finds more on demand', async () => {
    const client = mixed();
    said(client, ...Array.from({ length: 30 }, (_, i) => `word ${i}`));
    const { list } = await mount(client);
    await type(list, 'word');
    await found(list, 20);
    within<HTMLElement>(results(list), '.link-button')!.click();
    await found(list, 30);
    expect(within(results(list), '.link-button') === null).to.equal(true);
  });
});
