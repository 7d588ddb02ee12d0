import { expect, nextFrame } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { Message } from '../../../src/protocol/message.js';
import { accents, contrastOf } from '../../helpers/contrast.js';
import {
  isAccessible,
  box,
  bubble,
  chat,
  client,
  focusMessage,
  hover,
  id,
  list,
  menu,
  messageOf,
  middleOf,
  mount,
  now,
  own,
  row,
  spoken,
  until,
  within,
} from '../../helpers/acts-window.js';

const quote = (idClient: string): HTMLElement => within(row(idClient)!, 'im-quote')!;
const quoted = (idClient: string): string => quote(idClient).shadowRoot?.textContent.replace(/\s+/g, ' ').trim() ?? '';
const chips = (idClient: string): HTMLElement[] => [
  ...(within(row(idClient)!, 'im-reactions')?.shadowRoot?.querySelectorAll<HTMLElement>('button') ?? []),
];
const many = (count: number): Partial<Message>[] =>
  Array.from({ length: count }, (_, i) => ({ content: `${i + 1} ${'words to read '.repeat((i * 7) % 9)}` }));
const scroller = (): HTMLElement => within(list(), '.scroller')!;
const frames = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await nextFrame();
};

describe('a quote in a message', function () {
  this.timeout(60_000);

  it('shows who said what, recalled, or nothing, always in the same room', async () => {
    await mount([
      { content: 'The first of all' },
      { ...own, replyTo: 1 },
      { ...own, replyTo: 4, content: 'a' },
      { recalled: { by: 'bob', time: now } },
      { replyTo: 99 },
    ]);
    const before = ['m2', 'm3', 'm5'].map((each) => bubble(each).offsetHeight);
    await until(() => /^Bob ?The first of all$/.test(quoted('m2')), 'the quote');
    await until(() => quoted('m3').includes('Message recalled'), 'the trace');
    await until(() => quoted('m5').includes('Message not available'), 'nothing');
    expect(['m2', 'm3', 'm5'].map((each) => bubble(each).offsetHeight)).to.deep.equal(before);
    expect(quote('m2').ariaLabel).to.equal('In reply to Bob: The first of all');
    await isAccessible(chat);
    client.change('m1', { content: 'The very first' });
    await until(() => quoted('m2').endsWith('The very first'), 'it follows');
  });

  it('leads to its message, marks it, and the button at the end leads back', async () => {
    await mount([...many(80), { ...own, replyTo: 3, content: 'About the third' }]);
    await until(() => quoted('m81'), 'the quote');
    await hover('m81');
    await sendMouse({ type: 'click', position: middleOf(quote('m81')) });
    await until(() => row('m3')?.parentElement?.dataset['found'] !== undefined, 'the third, marked');
    const [view, found] = [scroller(), row('m3')!].map((each) => each.getBoundingClientRect());
    expect(found!.top).to.be.at.least(view!.top);
    expect(found!.bottom).to.be.at.most(view!.bottom);
    await until(() => row('m3')!.parentElement!.dataset['found'] === undefined, 'the mark goes');
    within(list(), '.jump')!.click();
    await until(() => row('m81') && bubble('m81').getBoundingClientRect().bottom <= view!.bottom, 'back');
  });

  it('leads to one that is not loaded', async () => {
    const old = (): Message[] =>
      many(20).map((each, i) => client.message(id, { ...each, idClient: `old${i + 1}`, seq: i + 1, time: now - 1e7 }));
    const loaded = many(10).map((each, i) => ({ ...each, seq: 501 + i }));
    await mount([...loaded, { replyTo: 7, seq: 511 }], { prepare: () => void client.elsewhere.set(id, old()) });
    await until(() => /^Bob ?7 /.test(quoted('m11')), 'found by its place');
    await hover('m11');
    await sendMouse({ type: 'click', position: middleOf(quote('m11')) });
    await until(() => row('old7')?.parentElement?.dataset['found'] !== undefined, 'there');
    expect(client.calls).to.include('openAt p2p-bob 7');
  });

  it('is a button of its message only while the keyboard is there', async () => {
    await mount([{ content: 'x' }, { replyTo: 1 }]);
    await until(() => quoted('m2'), 'the quote');
    expect(within(quote('m2'), 'button')!.tabIndex).to.equal(-1);
    await focusMessage('m2');
    await sendKeys({ press: 'Tab' });
    expect(quote('m2').shadowRoot!.activeElement?.localName).to.equal('button');
    await sendKeys({ press: 'Enter' });
    await until(() => row('m1')!.parentElement!.dataset['found'] !== undefined, 'Enter follows it');
    expect(menu(), 'and opens no menu').to.equal(null);
  });
});

describe('the reactions to a message', function () {
  this.timeout(60_000);

  const reactions = [
    { emoji: '👍', accounts: ['alice', 'bob'] },
    { emoji: '🎉', accounts: ['bob'] },
  ];

  it('name who gave them, and a click gives one’s own or takes it back', async () => {
    await mount([{ reactions }]);
    await until(() => chips('m1').length === 3, 'two and a button for more');
    expect(chips('m1').map((chip) => chip.ariaLabel)).to.deep.equal([
      '👍 2: You and Bob',
      '🎉 1: Bob',
      'Add a reaction',
    ]);
    expect(chips('m1').map((chip) => chip.ariaPressed)).to.deep.equal(['true', 'false', null]);
    await isAccessible(chat);
    await hover('m1');
    chips('m1')[0]!.click();
    await until(() => chips('m1')[0]!.ariaPressed === 'false', 'taken back');
    expect(spoken()).to.equal('You took 👍 back');
    chips('m1')[1]!.click();
    await until(() => chips('m1')[1]!.ariaPressed === 'true', 'given');
    expect(messageOf('m1').reactions).to.deep.equal([
      { emoji: '👍', accounts: ['bob'] },
      { emoji: '🎉', accounts: ['bob', 'alice'] },
    ]);
    chips('m1')[2]!.click();
    await until(() => menu()?.querySelector('.quick button'), 'others to choose from');
  });

  it('draw one row anew, and a new message at most two', async () => {
    await mount(many(30));
    const drawn = new Map<string, number>();
    for (const each of list().shadowRoot!.querySelectorAll('im-message')) {
      const update = each['update'].bind(each);
      each['update'] = (changed) => {
        drawn.set(each.message!.idClient, (drawn.get(each.message!.idClient) ?? 0) + 1);
        update(changed);
      };
    }
    client.reactAs('bob', 'm29', '👍', true);
    await frames(4);
    expect([...drawn]).to.deep.equal([['m29', 1]]);
    drawn.clear();
    client.receive(id, { content: 'new', time: now });
    await until(
      () => list().shadowRoot!.textContent.includes('') && client.timeline(id).messages.length === 31,
      'there',
    );
    await frames(4);
    expect([...drawn], 'and the new one itself').to.deep.equal([['m30', 1]]);
  });

  it('move nothing on screen when they come above', async () => {
    await mount(many(120));
    scroller().scrollTop -= 1_500;
    await frames(12);
    const view = scroller().getBoundingClientRect();
    const rows = [...list().shadowRoot!.querySelectorAll('im-message')];
    const seen = rows.filter(
      (each) => each.getBoundingClientRect().top >= view.top && each.getBoundingClientRect().bottom <= view.bottom,
    );
    const above = rows.filter((each) => each.getBoundingClientRect().bottom < view.top);
    expect(seen.length).to.be.above(2);
    expect(above.length).to.be.above(2);
    const places = seen.map((each) => each.getBoundingClientRect().top);
    for (const each of above) client.reactAs('bob', each.message!.idClient, '👍', true);
    await until(() => chips(above[0]!.message!.idClient).length === 2, 'the chips');
    await frames(6);
    const moved = seen.map((each, i) => Math.abs(each.getBoundingClientRect().top - places[i]!));
    expect(Math.max(...moved)).to.be.at.most(1);
  });

  it('can be read in both themes, whatever the accent', async () => {
    for (const theme of ['light', 'dark']) {
      await mount([{ reactions }, { ...own, replyTo: 1, editTime: now }], { theme });
      await until(() => chips('m1').length === 3 && quoted('m2'), 'drawn');
      for (const accent of accents) {
        box.style.setProperty('--im-color-accent', accent);
        const inner = [...chips('m1'), ...quote('m2').shadowRoot!.querySelectorAll<HTMLElement>('.who, .what')];
        for (const each of [...inner, within(row('m2')!, '.edited')!])
          expect(contrastOf(each), `${theme} ${accent} ${each.className}`).to.be.at.least(4.5);
      }
    }
  });
});
