import { expect, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ImAvatar } from '../../../src/elements/avatar/avatar.js';
import type { ImEvent } from '../../../src/elements/events.js';
import type { ImConversationList } from '../../../src/elements/conversation-list/conversation-list.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';
import { minutes, mixed, mount, names, now, rowOf, rows, search, textOf, type } from '../../helpers/mounted-list.js';
import { provideClient } from '../../helpers/provide-client.js';

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
    const chosen = oneEvent<ImEvent<'im-conversation-select'>>(list, 'im-conversation-select');
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
      const chosen = oneEvent<ImEvent<'im-conversation-select'>>(list, 'im-conversation-select');
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
      const chosen = oneEvent<ImEvent<'im-conversation-select'>>(list, 'im-conversation-select');
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
      list.shadowRoot!.querySelector<HTMLElement>('[part=offline] .link-button')!.click();
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
      expect(textOf(list.shadowRoot!.querySelector('[part=offline]')!)).to.contain('This site may not use this chat.');
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
});
