import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ImAvatar } from '../../../src/elements/avatar/avatar.js';
import { ImMessageList } from '../../../src/elements/message-list/message-list.js';
import { ImMessage } from '../../../src/elements/message/message.js';
import type { Message } from '../../../src/protocol/message.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';
import { provideClient } from '../../helpers/provide-client.js';

if (!customElements.get('im-avatar')) customElements.define('im-avatar', ImAvatar);
if (!customElements.get('im-message')) customElements.define('im-message', ImMessage);
if (!customElements.get('im-message-list')) customElements.define('im-message-list', ImMessageList);

const id = 'p2p-bob';
const noon = new Date(2026, 5, 1, 12).getTime();

let client: FakeClient;
let list: ImMessageList;

const scroller = (): HTMLElement => list.shadowRoot!.querySelector('.scroller')!;
const shown = (): ImMessage[] => [...scroller().querySelectorAll<ImMessage>('im-message')];
const byId = (idClient: string): ImMessage => shown().find(({ message }) => message!.idClient === idClient)!;
const atEnd = (): boolean => scroller().scrollHeight - scroller().clientHeight - scroller().scrollTop < 2;
const until = (condition: () => unknown, message: string): Promise<void> =>
  waitUntil(condition, message, { timeout: 5_000 });
const frames = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await nextFrame();
};
const jump = (): HTMLButtonElement | null => list.shadowRoot!.querySelector('.jump');

/** Messages `from` to `to` by number, of mixed length and authors. */
function messages(from: number, to: number): Message[] {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const own = n % 5 > 2;
    return client.message(id, {
      idClient: `m${n}`,
      seq: n + 1,
      time: noon + n * 40_000,
      content: `${n} ${'some words to read '.repeat((n * 7) % 13)}`,
      ...(own && { flow: 'out' as const, from: 'alice' }),
    });
  });
}

/** A list 400 px high with so many messages, all of them read. */
async function open(count: number, options: { older?: number; unread?: number; width?: number } = {}): Promise<void> {
  client = new FakeClient('alice', () => noon);
  const { older = 0, unread = 0, width = 600 } = options;
  client.add(id, { lastSeq: older + count, readSeq: older + count - unread, unread });
  client.older.set(id, messages(0, older));
  client.setTimeline(id, { messages: messages(older, older + count), hasOlder: older > 0 });
  const box = await fixture<HTMLElement>(html`<div></div>`);
  provideClient(box, client);
  list = document.createElement('im-message-list');
  list.style.cssText = `display: block; width: ${width}px; height: 400px`;
  list.conversation = id;
  box.append(list);
  await settled();
}

/** Until nothing is left to draw, and no scroll is under way. */
async function settled(): Promise<void> {
  await frames(3);
  while (!(await list.updateComplete));
  await frames(2);
}

async function scrollTo(top: number): Promise<void> {
  scroller().scrollTop = top;
  await frames(2);
}

/** Where the messages on screen stand. */
function places(): Map<string, number> {
  const top = scroller().getBoundingClientRect().top;
  const seen = new Map<string, number>();
  for (const message of shown()) {
    const box = message.getBoundingClientRect();
    if (box.bottom > top && box.top < top + 400) seen.set(message.message!.idClient, box.top);
  }
  return seen;
}

/** The farthest that any message which is on screen before and after has moved, in pixels. */
function drift(before: Map<string, number>): number {
  const after = places();
  const moves = [...before].flatMap(([key, y]) => (after.has(key) ? [Math.abs(after.get(key)! - y)] : []));
  expect(moves.length, 'messages still on screen').to.be.above(0);
  return Math.max(...moves);
}

describe('im-message-list', function () {
  // A hundred rounds, and scrolls frame by frame, on a machine that may be busy.
  this.timeout(60_000);

  it('is accessible', async () => {
    await open(30);
    await expect(list).to.be.accessible();
  });

  it('opens at the end', async () => {
    await open(200);
    expect(atEnd()).to.equal(true);
    expect(shown().at(-1)!.message!.idClient).to.equal('m199');
    expect(jump() === null).to.equal(true);
  });

  it('keeps the DOM small with 10,000 messages, wherever one scrolls', async () => {
    await open(10_000);
    const height = scroller().scrollHeight;
    for (const part of [1, 0.5, 0.25, 0.9, 0]) {
      await scrollTo(height * part);
      expect(elements(list)).to.be.below(1_000);
      expect(places().size, `at ${part}`).to.be.above(2);
    }
    await settled();
    expect(shown()[0]!.message!.idClient).to.equal('m0');
    expect(scroller().scrollTop).to.equal(0);
  });

  it('moves nothing on screen while one scrolls up through rows of unknown height', async () => {
    await open(1_000);
    let worst = 0;
    for (let i = 0; i < 40; i++) {
      const before = places();
      scroller().scrollTop -= 90;
      await frames(1);
      for (const [key, y] of before) before.set(key, y + 90);
      worst = Math.max(worst, drift(before));
    }
    expect(worst).to.be.at.most(1);
    const before = places();
    await until(() => list['view'].model.origin === list['view'].model.head, 'the scroll is over');
    expect(drift(before)).to.be.at.most(1);
  });

  it('moves nothing when an older page comes', async () => {
    await open(60, { older: 60 });
    client.pageSize = 50;
    await scrollTo(0);
    const before = places();
    await until(() => client.timeline(id).messages.length > 60, 'the page has come');
    await settled();
    expect(drift(before)).to.be.at.most(1);
    await until(() => list['view'].model.origin === list['view'].model.head, 'the scroll is over');
    expect(drift(before)).to.be.at.most(1);
  });

  it('moves nothing when a row above grows late', async () => {
    await open(200);
    await scrollTo(scroller().scrollTop - 2_000);
    await settled();
    const before = places();
    const above = shown().filter(({ message }) => !before.has(message!.idClient));
    const { offsetHeight } = above[0]!;
    above[0]!.style.cssText = `min-height: ${offsetHeight + 137}px`;
    await settled();
    expect(above[0]!.offsetHeight).to.equal(offsetHeight + 137);
    expect(drift(before)).to.be.at.most(1);
  });

  it('keeps its place when it becomes narrower or wider', async () => {
    await open(300);
    await scrollTo(scroller().scrollTop - 4_000);
    await settled();
    for (const width of [340, 900, 600]) {
      const [first, y] = [...places()].find(([, top]) => top >= scroller().getBoundingClientRect().top)!;
      list.style.width = `${width}px`;
      await settled();
      expect(Math.abs(places().get(first)! - y), `at ${width} px`).to.be.at.most(1);
    }
  });

  it('stays at the end when messages come, when rows grow and when it is resized', async () => {
    await open(100);
    client.receive(id, { content: 'one more\nof three\nlines', time: noon + 1e7 });
    await settled();
    expect(atEnd()).to.equal(true);
    expect(shown().at(-1)!.message!.content).to.contain('one more');
    shown().at(-1)!.style.cssText = 'min-height: 190px';
    await settled();
    expect(atEnd()).to.equal(true);
    list.style.height = '300px';
    await settled();
    expect(atEnd()).to.equal(true);
    list.style.height = '500px';
    await settled();
    expect(atEnd()).to.equal(true);
  });

  it('does not move for a message that comes while one reads above, and counts it', async () => {
    await open(100);
    await scrollTo(scroller().scrollTop - 900);
    await settled();
    expect(jump()!.getAttribute('aria-label')).to.equal('To the newest message');
    const before = places();
    for (const content of ['a', 'b', 'c']) client.receive(id, { content, time: noon + 1e7 });
    await settled();
    expect(drift(before)).to.equal(0);
    expect(jump()!.textContent.trim()).to.equal('3 new');
    jump()!.click();
    await settled();
    expect(atEnd()).to.equal(true);
    expect(jump() === null).to.equal(true);
  });

  it('opens at the first unread message, under a divider', async () => {
    await open(200, { unread: 50 });
    const divider = scroller().querySelector('.new')!;
    expect(divider.parentElement!.querySelector<ImMessage>('im-message')!.message!.idClient).to.equal('m150');
    const y = divider.getBoundingClientRect().top - scroller().getBoundingClientRect().top;
    expect(y).to.be.within(0, 100);
    expect(jump()!.textContent).to.contain('new');
    client.set(id, { unread: 0, readSeq: 200 });
    await settled();
    expect(scroller().querySelectorAll('.new').length, 'the divider stays while it is open').to.equal(1);
  });

  it('says when the newest message is in view', async () => {
    await open(100);
    expect(list.atNewest).to.equal(true);
    let seen = 0;
    list.addEventListener('seen', () => seen++);
    await scrollTo(0);
    expect(list.atNewest).to.equal(false);
    client.receive(id, { time: noon + 1e7 });
    await settled();
    expect(seen).to.equal(0);
    list.toEnd();
    await settled();
    expect(seen).to.equal(1);
  });

  it('loads older pages ahead of the reader, and ends at the beginning', async () => {
    await open(40, { older: 100 });
    for (let i = 0; i < 60 && client.timeline(id).hasOlder; i++) await scrollTo(scroller().scrollTop - 900);
    expect(client.timeline(id).messages.length).to.equal(140);
    for (let i = 0; i < 60 && scroller().scrollTop > 0; i++) await scrollTo(scroller().scrollTop - 900);
    await settled();
    expect(shown()[0]!.message!.idClient).to.equal('m0');
    expect(scroller().querySelector('.beginning') === null).to.equal(false);
  });

  it('keeps a place per conversation', async () => {
    await open(300);
    client.add('p2p-carol', { lastSeq: 1 });
    client.setTimeline('p2p-carol', { messages: [client.message('p2p-carol', { content: 'Hi' })] });
    await scrollTo(scroller().scrollTop - 3_000);
    await settled();
    const before = places();
    list.conversation = 'p2p-carol';
    await settled();
    expect(shown().map(({ message }) => message!.content)).to.deep.equal(['Hi']);
    list.conversation = id;
    await settled();
    expect(drift(before)).to.be.at.most(1);
  });

  it('takes a burst of 1,000 messages in one frame', async () => {
    await open(1_000);
    let renders = 0;
    const render = list['render'].bind(list);
    list['render'] = () => (renders++, render());
    for (const message of messages(1_000, 2_000)) client.receive(id, message);
    await settled();
    expect(renders).to.be.at.most(4);
    expect(shown().at(-1)!.message!.idClient).to.equal('m1999');
    expect(atEnd()).to.equal(true);
  });

  it('draws only the row whose message changed', async () => {
    await open(30);
    const drawn: string[] = [];
    for (const message of shown()) {
      const update = message['update'].bind(message);
      message['update'] = (changed) => (drawn.push(message.message!.idClient), update(changed));
    }
    const timeline = client.timeline(id).messages;
    client.setTimeline(id, {
      messages: timeline.map((m) => (m.idClient === 'm28' ? { ...m, content: 'changed' } : m)),
    });
    await settled();
    expect(drawn).to.deep.equal(['m28']);
    expect(byId('m28').shadowRoot!.querySelector('.text')!.textContent).to.equal('changed');
  });

  it('is one tab stop, and arrow keys walk the messages', async () => {
    await open(300);
    scroller().focus();
    await sendKeys({ press: 'ArrowUp' });
    await until(() => byId('m299')?.active, 'the newest is active');
    expect(list.shadowRoot!.activeElement === byId('m299')).to.equal(true);
    expect(scroller().tabIndex).to.equal(-1);
    await sendKeys({ press: 'ArrowUp' });
    await until(() => byId('m298')?.active && list.shadowRoot!.activeElement === byId('m298'), 'the one above');
    await sendKeys({ press: 'Home' });
    await until(() => list.shadowRoot!.activeElement === byId('m0'), 'the first');
    expect(byId('m0').getBoundingClientRect().top).to.be.at.least(scroller().getBoundingClientRect().top);
    await sendKeys({ press: 'PageDown' });
    await until(() => !byId('m0')?.active && list.shadowRoot!.activeElement?.localName === 'im-message', 'a page down');
    await sendKeys({ press: 'End' });
    await until(() => list.shadowRoot!.activeElement === byId('m299'), 'the last');
    expect(atEnd()).to.equal(true);
    await scrollTo(0);
    await until(() => scroller().tabIndex === 0, 'the active message is out of sight');
    expect(list.shadowRoot!.activeElement === scroller(), 'and the list keeps the keyboard').to.equal(true);
  });

  it('tells a screen reader each new message once, and never the history', async () => {
    await open(50, { older: 50 });
    const live = (): string => list.shadowRoot!.querySelector('[aria-live=polite]')!.textContent.trim();
    await scrollTo(0);
    await settled();
    expect(live()).to.equal('');
    client.receive(id, { content: 'Hello there', time: noon + 1e7 });
    await settled();
    expect(live()).to.equal('Bob: Hello there');
    const spoken = list.shadowRoot!.querySelector('[aria-live=polite] p');
    client.set(id, { muted: true });
    await settled();
    expect(list.shadowRoot!.querySelector('[aria-live=polite] p') === spoken, 'not spoken again').to.equal(true);
    for (let i = 0; i < 5; i++) client.receive(id, { time: noon + 1e7 });
    await settled();
    expect(live()).to.equal('5 new messages');
    expect(scroller().getAttribute('aria-live')).to.equal('off');
  });

  it('heads each day, and keeps the heading in sight', async () => {
    await open(4_000);
    const pills = [...scroller().querySelectorAll('.pill')];
    expect(pills.length).to.be.at.least(1);
    const { top } = scroller().getBoundingClientRect();
    expect(pills.some((pill) => Math.abs(pill.getBoundingClientRect().top - top - 16) < 20)).to.equal(true);
  });

  it('leaves nothing behind', async () => {
    await open(50);
    const box = list.parentElement!;
    list.remove();
    const make = (): Element => {
      list = document.createElement('im-message-list');
      list.style.cssText = 'display: block; width: 600px; height: 400px';
      list.conversation = id;
      return list;
    };
    provideClient(document.body, client);
    expect(await heldAfterHundred(make, () => list.updateComplete)).to.deep.equal(nothingHeld);
    expect(client.listeners).to.equal(0);
    box.append(list);
    await settled();
    expect(atEnd(), 'and works again afterwards').to.equal(true);
  });
});

/** Elements in a shadow tree and all those inside it. */
function elements(host: Element): number {
  const inside = [...host.shadowRoot!.querySelectorAll('*')];
  return inside.reduce((sum, each) => sum + 1 + (each.shadowRoot ? elements(each) : 0), 0);
}
