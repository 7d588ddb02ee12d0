import { expect } from '@open-wc/testing';
import type { ImMessage } from '../../../src/elements/message/message.js';
import {
  atEnd,
  client,
  drift,
  elements,
  frames,
  id,
  jump,
  list,
  messages,
  noon,
  open,
  places,
  scrollTo,
  scroller,
  settled,
  shown,
  until,
} from '../../helpers/message-list.js';

describe('im-message-list, scrolled', function () {
  // A hundred rounds, and scrolls frame by frame, on a machine that may be busy.
  this.timeout(60_000);

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

  it('goes to what one writes oneself, wherever one was reading', async () => {
    await open(200);
    await scrollTo(1_000);
    await client.send(id, { content: 'mine' });
    await settled();
    expect(atEnd()).to.equal(true);
    expect(shown().at(-1)!.message!.content).to.equal('mine');
  });

  it('what is said while one looks on is not under a divider, the very first message neither', async () => {
    await open(0);
    client.receive(id, { content: 'hello' });
    await settled();
    expect(shown().length).to.equal(1);
    expect(scroller().querySelector('.new') === null).to.equal(true);
  });

  it('opens at the end when the first unread message is too far back to be loaded', async () => {
    await open(100, { older: 900, unread: 1_000 });
    expect(atEnd()).to.equal(true);
    expect(scroller().querySelector('.new') === null).to.equal(true);
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

  it('leaps to the end where that is not loaded', async () => {
    await open(100);
    client.setTimeline(id, { hasNewer: true });
    client.set(id, { unread: 400, lastSeq: 500 });
    await settled();
    expect(jump()!.textContent.trim()).to.equal('400 new');
    client.openTimeline = () => {
      client.setTimeline(id, { messages: messages(450, 500), hasNewer: false, hasOlder: true });
      return Promise.resolve();
    };
    jump()!.click();
    await settled();
    expect(shown().at(-1)!.message!.idClient).to.equal('m499');
    expect(atEnd()).to.equal(true);
  });

  it('does not ask again and again for a page that does not come', async () => {
    await open(20, { older: 1 });
    let asked = 0;
    client.loadOlder = () => (asked++, Promise.reject(new Error('offline')));
    client.setTimeline(id, { hasOlder: true, messages: [...client.timeline(id).messages] });
    await settled();
    await scrollTo(0);
    await scrollTo(10);
    const before = asked;
    expect(before).to.be.at.most(1);
    client.link({ state: 'connected' });
    await scrollTo(0);
    await until(() => asked > before, 'asks again when the line is back');
  });
});
