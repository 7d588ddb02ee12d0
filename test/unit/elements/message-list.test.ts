import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { registerRenderer } from '../../../src/renderers/registry.js';
import type { ImMessageList } from '../../../src/elements/message-list/message-list.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';
import {
  atEnd,
  byId,
  client,
  id,
  list,
  noon,
  open,
  scrollTo,
  scroller,
  settled,
  shown,
  until,
} from '../../helpers/message-list.js';
import { provideClient } from '../../helpers/provide-client.js';

describe('im-message-list', function () {
  // A hundred rounds, and scrolls frame by frame, on a machine that may be busy.
  this.timeout(60_000);

  it('is accessible', async () => {
    await open(30);
    await expect(list).to.be.accessible();
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

  it('heads each day, and keeps the heading in sight while one scrolls', async () => {
    await open(4_000);
    const inSight = (): boolean => {
      const { top } = scroller().getBoundingClientRect();
      const pills = [...scroller().querySelectorAll('.pill')];
      return pills.some((pill) => Math.abs(pill.getBoundingClientRect().top - top - 16) < 20);
    };
    expect(inSight(), 'at rest it would cover what one reads').to.equal(false);
    await scrollTo(scroller().scrollTop - 300);
    await until(inSight, 'the heading');
    await until(() => !inSight(), 'the heading leaves when the list is at rest');
  });

  it('says that more is on its way, and that nothing is', async () => {
    await open(30);
    client.setTimeline(id, { loading: 'older', hasOlder: true });
    await settled();
    expect(scroller().querySelectorAll('.head .bone').length).to.be.above(0);
    expect(atEnd(), 'and moves nothing by that').to.equal(true);
    client.setTimeline(id, { loading: 'none', hasOlder: false });
    await settled();
    expect(scroller().querySelector('.head')!.textContent.trim()).to.equal('This is where it begins.');
  });

  it('draws anew when the page brings a renderer late', async () => {
    await open(3);
    client.receive(id, { type: 'custom', content: '{"kind":"late-card","fallback":"a card"}', time: noon + 1e7 });
    await settled();
    const body = (): string => shown().at(-1)!.shadowRoot!.querySelector('#body')!.textContent.trim();
    expect(body()).to.equal('a card');
    registerRenderer('late-card', (_, { html }) => html`<b>drawn by the page</b>`);
    await settled();
    expect(body()).to.equal('drawn by the page');
  });

  it('shows what the other one has read', async () => {
    await open(5);
    const status = (): string => byId('m4').shadowRoot!.querySelector('[part=status]')!.getAttribute('aria-label')!;
    expect(status()).to.equal('Sent');
    client.peerRead(id);
    await settled();
    expect(status()).to.equal('Read');
  });

  it('speaks Chinese, and stands from right to left', async () => {
    await open(200, { unread: 5 });
    list.lang = 'zh-CN';
    await until(() => scroller().querySelector('.new')?.textContent === '以下是新消息', 'the words');
    list.dir = 'rtl';
    await settled();
    const box = scroller().getBoundingClientRect();
    const first = shown().find(({ message }) => message!.flow === 'in')!;
    const bubble = first.shadowRoot!.querySelector('.bubble')!.getBoundingClientRect();
    expect(box.right - bubble.right).to.be.below(bubble.left - box.left);
  });

  it('leaves nothing behind', async () => {
    await open(50);
    const box = list.parentElement!;
    list.remove();
    provideClient(document.body, client);
    const make = (): ImMessageList => Object.assign(document.createElement('im-message-list'), { conversation: id });
    const held = await heldAfterHundred(make, (element) => (element as ImMessageList).updateComplete);
    expect(held).to.deep.equal(nothingHeld);
    expect(client.listeners).to.equal(0);
    box.append(list);
    await settled();
    expect(atEnd(), 'and works again afterwards').to.equal(true);
  });
});
