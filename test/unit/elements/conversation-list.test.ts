import { aTimeout, expect, fixture, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { ImAvatar } from '../../../src/elements/avatar/avatar.js';
import { ImConversationList } from '../../../src/elements/conversation-list/conversation-list.js';
import { accents, contrastOf } from '../../helpers/contrast.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { changedByHostilePage } from '../../helpers/hostile.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';
import { provideClient } from '../../helpers/provide-client.js';

if (!customElements.get('im-avatar')) customElements.define('im-avatar', ImAvatar);
if (!customElements.get('im-conversation-list')) customElements.define('im-conversation-list', ImConversationList);

const now = new Date(2026, 10, 23, 19, 40).getTime();
const minutes = (count: number): number => now - count * 60_000;

/** One of each kind of row. */
function mixed(): FakeClient {
  const client = new FakeClient('alice', () => now);
  const say = (id: string, content: string, fields = {}): object => ({
    lastMsg: client.message(id, { content, ...fields }),
  });
  client.add('group-trip', {
    name: 'Summer trip',
    pinned: true,
    unread: 3,
    updateTime: minutes(1),
    ...say('group-trip', 'See you', { from: 'bob' }),
  });
  client.add('p2p-bob', { name: 'Bob', updateTime: minutes(2), ...say('p2p-bob', 'OK 👍', { time: minutes(2) }) });
  client.add('p2p-mia', { name: 'Mia', updateTime: minutes(3), draft: 'not yet', ...say('p2p-mia', 'Hm') });
  client.add('group-deploys', {
    name: 'Deploys',
    muted: true,
    unread: 128,
    updateTime: minutes(4),
    ...say('group-deploys', 'build ✓'),
  });
  client.add('p2p-mum', {
    name: 'Mum',
    updateTime: minutes(5),
    ...say('p2p-mum', '❤️', { flow: 'out', from: 'alice', status: 'fail' }),
  });
  client.add('p2p-jose', {
    name: 'José',
    updateTime: minutes(60 * 30),
    ...say('p2p-jose', 'mañana', { flow: 'out', from: 'alice', time: minutes(60 * 30) }),
  });
  return client;
}

async function mount(client: FakeClient | undefined, attributes: { theme?: string; lang?: string; dir?: string } = {}) {
  const box = await fixture<HTMLElement>(html`<div></div>`);
  const { theme = 'light', lang = 'en', dir = 'ltr' } = attributes;
  box.style.cssText = 'width: 320px; height: 600px';
  box.lang = lang;
  box.dir = dir;
  const provider = provideClient(box, client);
  const list = document.createElement('im-conversation-list') as ImConversationList;
  list.setAttribute('theme', theme);
  list.now = () => now;
  box.append(list);
  await list.updateComplete;
  return { box, list, ...provider };
}

const rows = (list: ImConversationList): HTMLElement[] => [...list.shadowRoot!.querySelectorAll<HTMLElement>('.row')];
const rowOf = (list: ImConversationList, id: string): HTMLElement =>
  rows(list).find((row) => row.dataset['id'] === id)!;
const textOf = (element: Element): string => element.textContent!.replace(/\s+/g, ' ').trim();
const names = (list: ImConversationList): string[] =>
  rows(list).map((row) => row.querySelector('.name, .start')!.textContent!);
const search = (list: ImConversationList): HTMLInputElement => list.shadowRoot!.querySelector('input')!;

async function type(list: ImConversationList, text: string): Promise<void> {
  search(list).focus();
  await sendKeys({ type: text });
  await list.updateComplete;
}

describe('im-conversation-list', () => {
  for (const [state, client] of [
    ['with rows', mixed()],
    ['empty', new FakeClient()],
    ['signed out', undefined],
    ['loading', Object.assign(new FakeClient(), { conversationsLoading: true })],
    ['offline', Object.assign(mixed(), { connection: { state: 'disconnected', retryAt: now + 5000 } })],
  ] as const)
    it(`is accessible: ${state}`, async () => {
      const { list } = await mount(client);
      await expect(list).to.be.accessible();
    });

  it('holds nothing once it is gone', async () => {
    const client = mixed();
    const make = (): Element => {
      const box = document.createElement('div');
      provideClient(box, client);
      box.append(document.createElement('im-conversation-list'));
      return box;
    };
    const settled = (box: Element): Promise<unknown> => (box.firstElementChild as ImConversationList).updateComplete;
    expect(await heldAfterHundred(make, settled)).to.deep.equal(nothingHeld);
    expect(client.listeners).to.equal(0);
    expect(client.watched).to.equal(0);
  });

  it('says of each conversation what matters', async () => {
    const { list } = await mount(mixed());
    expect(rows(list).map(textOf)).to.deep.equal(
      [
        'ST Summer trip 19:40 Bob: See you , Pinned, 3 , 3 unread messages,',
        'B Bob 19:38 OK 👍',
        'M Mia 19:40 Draft: not yet',
        'D Deploys , Muted, 19:40 deploys: build ✓ 99+ , 128 unread messages,',
        'M Mum 19:40 , Not sent, You: ❤️',
        'J José Yesterday You: mañana',
      ].map((text) => text.replace(/^\S+ /, '')),
    );
  });

  it('shows who is writing in place of the last line, and who is there', async () => {
    const client = mixed();
    const { list } = await mount(client);
    client.type('p2p-bob', 'bob');
    client.type('group-trip', 'mia');
    client.come('mia', { online: true });
    await list.updateComplete;
    expect(textOf(rowOf(list, 'p2p-bob').querySelector('.preview')!)).to.equal('typing…');
    expect(textOf(rowOf(list, 'group-trip').querySelector('.preview')!)).to.equal('Mia is typing…');
    expect(rowOf(list, 'p2p-mia').querySelector<ImAvatar>('im-avatar')!.online).to.equal(true);
    client.type('p2p-bob');
    await list.updateComplete;
    expect(textOf(rowOf(list, 'p2p-bob').querySelector('.preview')!)).to.equal('OK 👍');
  });

  it('follows the presence of those on screen only', async () => {
    const client = new FakeClient();
    for (let i = 0; i < 500; i++) client.add(`p2p-a${i}`);
    await mount(client);
    expect(client.watched).to.be.greaterThan(5).and.lessThan(40);
  });

  it('tells the page which conversation was chosen, and marks it', async () => {
    const { list, select } = await mount(mixed());
    const chosen = oneEvent(list, 'im-conversation-select');
    rowOf(list, 'p2p-bob').click();
    expect((await chosen).detail).to.deep.equal({ conversationId: 'p2p-bob' });
    await list.updateComplete;
    expect(list.getAttribute('selected')).to.equal('p2p-bob');
    expect(rowOf(list, 'p2p-bob').getAttribute('aria-selected')).to.equal('true');
    select('p2p-mia');
    await list.updateComplete;
    expect(list.selected).to.equal('p2p-mia');
    select(undefined);
    await list.updateComplete;
    expect(list.hasAttribute('selected')).to.equal(false);
  });

  it('opens what the page selects, without an event', async () => {
    const { list, selected } = await mount(mixed());
    let heard = 0;
    list.addEventListener('im-conversation-select', () => heard++);
    list.selected = 'p2p-bob';
    await list.updateComplete;
    expect(selected()).to.equal('p2p-bob');
    expect(heard).to.equal(0);
  });

  describe('keyboard', () => {
    it('walks the list as one tab stop', async () => {
      const { list } = await mount(mixed());
      const box = list.shadowRoot!.querySelector<HTMLElement>('.list')!;
      const at = (): string => box.getAttribute('aria-activedescendant')!;
      search(list).focus();
      await sendKeys({ press: 'Tab' });
      await list.updateComplete;
      expect(list.shadowRoot!.activeElement === box).to.equal(true);
      expect(at()).to.equal('row-group-trip');
      for (const [key, id] of [
        ['ArrowDown', 'p2p-bob'],
        ['End', 'p2p-jose'],
        ['ArrowDown', 'p2p-jose'],
        ['ArrowUp', 'p2p-mum'],
        ['Home', 'group-trip'],
        ['ArrowUp', 'group-trip'],
      ] as const) {
        await sendKeys({ press: key });
        await list.updateComplete;
        expect(at(), key).to.equal(`row-${id}`);
      }
      const chosen = oneEvent(list, 'im-conversation-select');
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      expect((await chosen).detail.conversationId).to.equal('p2p-bob');
    });

    it('reaches the far end of a long list', async () => {
      const client = new FakeClient('alice', () => now);
      for (let i = 0; i < 300; i++) client.add(`p2p-a${i}`, { updateTime: minutes(i) });
      const { list } = await mount(client);
      list.focus();
      await sendKeys({ press: 'End' });
      await waitUntil(() => rowOf(list, 'p2p-a299') !== undefined);
      const box = list.shadowRoot!.querySelector('.list')!.getBoundingClientRect();
      await waitUntil(() => Math.abs(rowOf(list, 'p2p-a299').getBoundingClientRect().bottom - box.bottom) < 1);
    });
  });

  describe('search', () => {
    for (const [text, found] of [
      ['bob', ['Bob', 'Start a chat with']],
      ['jose', ['José']],
      ['deploys build', ['Deploys']],
      ['OK', ['Bob', 'Start a chat with']],
      ['zz zz', []],
    ] as const)
      it(`for “${text}”`, async () => {
        const { list } = await mount(mixed());
        await type(list, text);
        // An account that is in the list is not offered anew.
        const expected = found.filter((name) => name !== 'Start a chat with' || text === 'OK');
        expect(names(list).map((name) => name.replace(/ “.*/, ''))).to.deep.equal(expected);
        if (found.length === 0) expect(list.shadowRoot!.textContent).to.contain('Nothing found for “zz zz”');
      });

    it('starts a chat with an account that is not in the list', async () => {
      const client = mixed();
      const { list } = await mount(client);
      await type(list, 'Nora');
      const chosen = oneEvent(list, 'im-conversation-select');
      await sendKeys({ press: 'Enter' });
      expect((await chosen).detail.conversationId).to.equal('p2p-nora');
      await list.updateComplete;
      expect(search(list).value).to.equal('');
      expect(names(list)).to.include('Nora');
    });

    it('says so where there is nobody of that name', async () => {
      const client = mixed();
      client.people.add('somebody-else');
      const { list } = await mount(client);
      await type(list, 'nobody');
      await sendKeys({ press: 'Enter' });
      const notice = list.shadowRoot!.querySelector('.notice')!;
      await waitUntil(() => notice.textContent === 'There is nobody called “nobody”. Check the spelling.');
      expect(list.selected).to.equal(undefined);
    });

    it('does not offer oneself, nor what is no account', async () => {
      const { list } = await mount(mixed());
      await type(list, 'alice');
      expect(names(list)).to.deep.equal([]);
      await sendKeys({ press: 'Escape' });
      await type(list, 'Hello there');
      expect(names(list)).to.deep.equal([]);
    });

    it('Escape clears it; Enter that ends a composition chooses nothing', async () => {
      const { list } = await mount(mixed());
      await type(list, 'bob');
      search(list).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
      expect(list.selected).to.equal(undefined);
      await sendKeys({ press: 'Escape' });
      await list.updateComplete;
      expect(names(list).length).to.equal(6);
    });
  });

  describe('many conversations', () => {
    const many = (): FakeClient => {
      const client = new FakeClient('alice', () => now);
      for (let i = 0; i < 2000; i++) client.add(`p2p-a${i}`, { updateTime: minutes(i) });
      return client;
    };

    it('keeps only the rows near the viewport in the tree', async () => {
      const { list } = await mount(many());
      expect(rows(list).length).to.be.lessThan(40);
      const box = list.shadowRoot!.querySelector<HTMLElement>('.list')!;
      expect(box.scrollHeight).to.equal(2000 * 64);
      box.scrollTop = 1000 * 64;
      await waitUntil(() => rowOf(list, 'p2p-a1003') !== undefined);
      expect(rows(list).length).to.be.lessThan(40);
      const top = box.getBoundingClientRect().top;
      expect(rowOf(list, 'p2p-a1000').getBoundingClientRect().top).to.be.closeTo(top, 1);
    });

    it('shows no blank while it is scrolled', async () => {
      const { list } = await mount(many());
      const box = list.shadowRoot!.querySelector<HTMLElement>('.list')!;
      for (let i = 0; i < 20; i++) {
        box.scrollTop += 300;
        await nextFrame();
        await nextFrame();
        const { top, bottom } = box.getBoundingClientRect();
        const all = rows(list).map((row) => row.getBoundingClientRect());
        expect(all[0]!.top).to.be.at.most(top + 1);
        expect(all.at(-1)!.bottom).to.be.at.least(bottom - 1);
      }
    });

    it('asks for more when the end is in sight', async () => {
      const client = mixed();
      client.hasMoreConversations = true;
      await mount(client);
      expect(client.calls).to.include('loadMoreConversations');
    });
  });

  describe('states', () => {
    it('an empty list says what to do, and its one button leads there', async () => {
      const { list } = await mount(new FakeClient());
      const button = list.shadowRoot!.querySelector<HTMLElement>('.empty .button')!;
      expect(list.shadowRoot!.querySelectorAll('.empty button').length).to.equal(1);
      button.click();
      expect(list.shadowRoot!.activeElement === search(list)).to.equal(true);
    });

    it('a skeleton comes only when loading takes longer', async () => {
      const client = Object.assign(new FakeClient(), { conversationsLoading: true });
      const { list } = await mount(client);
      const skeletons = list.shadowRoot!.querySelector('.skeletons')!;
      expect(getComputedStyle(skeletons).visibility).to.equal('hidden');
      await waitUntil(() => getComputedStyle(skeletons).visibility === 'visible');
      client.conversationsLoading = false;
      client.add('p2p-bob');
      await list.updateComplete;
      expect(names(list)).to.deep.equal(['Bob']);
    });

    it('offline: says when the next attempt comes, counts down, and tries at once when asked', async () => {
      const client = mixed();
      const { list } = await mount(client);
      const line = (): string => textOf(list.shadowRoot!.querySelector('[part=offline]')!);
      expect(line()).to.equal('');
      let time = now;
      list.now = () => time;
      client.link({ state: 'disconnected', code: 1006, retryAt: now + 5000 });
      await list.updateComplete;
      expect(line()).to.equal('Offline. Next attempt in 5 s Retry now');
      time += 1200;
      await waitUntil(() => line().includes('in 4 s'), undefined, { timeout: 3000 });
      list.shadowRoot!.querySelector<HTMLElement>('.offline .link-button')!.click();
      expect(client.calls).to.include('connect');
      client.link({ state: 'connecting', attempt: 2 });
      await list.updateComplete;
      expect(line()).to.equal('Connecting…');
      client.link({ state: 'connected' });
      await list.updateComplete;
      expect(line()).to.equal('');
    });

    it('a final code is said in words', async () => {
      const client = mixed();
      const { list } = await mount(client);
      client.link({ state: 'disconnected', code: 4403 });
      await list.updateComplete;
      expect(textOf(list.shadowRoot!.querySelector('.offline')!)).to.contain('This site may not use this chat.');
    });

    it('another client: nothing of the old one stays', async () => {
      const { list, setClient } = await mount(mixed());
      await type(list, 'bo');
      setClient(undefined);
      await list.updateComplete;
      expect(rows(list).length).to.equal(0);
      expect(search(list).value).to.equal('');
      expect(list.shadowRoot!.textContent).to.not.contain('Bob');
    });
  });

  describe('look', () => {
    it('is the same on a hostile page', async () => {
      const { list } = await mount(mixed());
      list.style.width = '320px';
      expect(changedByHostilePage(list)).to.deep.equal([]);
    });

    for (const theme of ['light', 'dark'])
      for (const accent of accents)
        it(`is readable: ${theme}, accent ${accent}`, async () => {
          const client = mixed();
          client.type('p2p-bob', 'bob');
          const { list, select } = await mount(client, { theme });
          list.style.setProperty('--im-color-accent', accent);
          select('group-trip');
          await list.updateComplete;
          const texts = list.shadowRoot!.querySelectorAll('h2, .name, .preview, .time, .badge, .draft, .typing');
          expect(texts.length).to.be.greaterThan(15);
          for (const text of texts) expect(contrastOf(text), text.className).to.be.at.least(4.5);
        });

    it('mirrors from right to left, in Arabic words', async () => {
      const { list } = await mount(mixed(), { lang: 'ar', dir: 'rtl' });
      await waitUntil(() => list.shadowRoot!.querySelector('h2')!.textContent === 'المحادثات');
      const [row] = rows(list);
      const avatar = row!.querySelector('im-avatar')!.getBoundingClientRect();
      expect(avatar.left).to.be.greaterThan(row!.querySelector('.name')!.getBoundingClientRect().left);
    });

    it('speaks Chinese', async () => {
      const { list } = await mount(mixed(), { lang: 'zh-CN' });
      await waitUntil(() => list.shadowRoot!.querySelector('h2')!.textContent === '聊天');
      expect(textOf(rowOf(list, 'p2p-mia').querySelector('.preview')!)).to.equal('草稿： not yet');
      await expect(list).to.be.accessible();
    });

    it('cuts long names and lines without moving anything', async () => {
      const client = new FakeClient('alice', () => now);
      const long = 'Wolfeschlegelsteinhausenbergerdorff '.repeat(4);
      client.add('p2p-long', {
        name: long,
        unread: 1000,
        muted: true,
        pinned: true,
        lastMsg: client.message('p2p-long', { content: 'x'.repeat(4000) }),
      });
      const { list } = await mount(client);
      const [row] = rows(list);
      expect(row!.offsetHeight).to.equal(64);
      const { right } = row!.getBoundingClientRect();
      for (const part of row!.querySelectorAll('.time, .badge'))
        expect(part.getBoundingClientRect().right).to.be.at.most(right);
      expect(row!.querySelector('.badge')!.textContent).to.equal('99+');
      expect(list.shadowRoot!.querySelector('.list')!.scrollWidth).to.be.at.most(320);
    });

    it('does not steal the focus', async () => {
      await mount(mixed());
      await aTimeout(0);
      expect(document.activeElement === document.body).to.equal(true);
    });
  });
});
