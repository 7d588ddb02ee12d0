import { expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import '../../../src/define.js';
import type { ImMessenger } from '../../../src/elements/messenger/messenger.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { changedByHostilePage } from '../../helpers/hostile.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';

function people(): FakeClient {
  const client = new FakeClient();
  for (const account of ['bob', 'mia', 'ben']) client.add(`p2p-${account}`);
  return client;
}

async function mount(width: number, client = people(), dir = 'ltr'): Promise<ImMessenger> {
  const box = await fixture<HTMLElement>(
    html`<div dir=${dir} lang="en"><im-messenger theme="light" .client=${client}></im-messenger></div>`,
  );
  box.style.width = `${width}px`;
  const messenger = box.querySelector('im-messenger')!;
  await messenger.updateComplete;
  return messenger;
}

const inside = <E extends HTMLElement>(messenger: ImMessenger, selector: string): E =>
  messenger.shadowRoot!.querySelector<E>(selector)!;
const shown = (element: Element): boolean =>
  element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
const list = (messenger: ImMessenger): HTMLElement => inside(messenger, 'im-conversation-list');
const row = (messenger: ImMessenger, index: number): HTMLElement =>
  list(messenger).shadowRoot!.querySelectorAll<HTMLElement>('.row')[index]!;
const back = (messenger: ImMessenger): HTMLElement => inside(messenger, '.back');

describe('im-messenger', () => {
  for (const width of [360, 900])
    it(`is accessible at ${width} px`, async () => {
      const messenger = await mount(width);
      await expect(messenger).to.be.accessible();
    });

  it('holds nothing once it is gone', async () => {
    const client = people();
    const make = (): Element => Object.assign(document.createElement('im-messenger'), { client });
    const held = await heldAfterHundred(make, (element) => (element as ImMessenger).updateComplete);
    expect(held).to.deep.equal(nothingHeld);
    expect(client.listeners).to.equal(0);
    expect(client.watched).to.equal(0);
  });

  it('from 640 px of its own width shows list and window side by side', async () => {
    const messenger = await mount(640);
    const left = inside(messenger, '.list').getBoundingClientRect();
    const right = inside(messenger, '.window').getBoundingClientRect();
    expect(left.width).to.equal(320);
    expect(right.left).to.be.closeTo(left.right, 1);
    expect(right.width).to.be.closeTo(320, 1);
    expect(shown(back(messenger))).to.equal(false);
  });

  it('narrower shows one at a time, and leads back', async () => {
    const messenger = await mount(639);
    const [pane, window] = [inside(messenger, '.list'), inside(messenger, '.window')];
    expect([shown(pane), shown(window)]).to.deep.equal([true, false]);
    const chosen = oneEvent(messenger, 'im-conversation-select');
    row(messenger, 1).click();
    await chosen;
    await messenger.updateComplete;
    expect([shown(pane), shown(window)]).to.deep.equal([false, true]);
    expect(shown(back(messenger))).to.equal(true);
    back(messenger).click();
    await messenger.updateComplete;
    expect([shown(pane), shown(window)]).to.deep.equal([true, false]);
  });

  it('narrower, the keyboard goes along', async () => {
    const messenger = await mount(400);
    list(messenger).focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => messenger.shadowRoot!.activeElement === back(messenger));
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => messenger.shadowRoot!.activeElement === list(messenger));
  });

  it('takes the focus from nobody', async () => {
    const messenger = await mount(400);
    row(messenger, 0).dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    await messenger.updateComplete;
    expect(document.activeElement === document.body).to.equal(true);
  });

  for (const [dir, wider, narrower] of [
    ['ltr', 'ArrowRight', 'ArrowLeft'],
    ['rtl', 'ArrowLeft', 'ArrowRight'],
  ] as const)
    it(`${dir}: the handle moves by keyboard, between 240 and 400 px`, async () => {
      const messenger = await mount(900, people(), dir);
      const handle = inside(messenger, '[role=separator]');
      const width = (): number => inside(messenger, '.list').getBoundingClientRect().width;
      handle.focus();
      for (const [key, expected] of [
        [wider, 336],
        [narrower, 320],
        ['Home', 240],
        [narrower, 240],
        ['End', 400],
        [wider, 400],
      ] as const) {
        await sendKeys({ press: key });
        await messenger.updateComplete;
        expect(width(), key).to.equal(expected);
        expect(handle.getAttribute('aria-valuenow')).to.equal(String(expected));
      }
    });

  it('keeps the list’s width and place when it is moved', async () => {
    const messenger = await mount(900);
    inside(messenger, '[role=separator]').focus();
    await sendKeys({ press: 'End' });
    const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
    elsewhere.style.width = '900px';
    elsewhere.append(messenger);
    await messenger.updateComplete;
    expect(inside(messenger, '.list').getBoundingClientRect().width).to.equal(400);
  });

  it('uses the surrounding connection, and says nothing a second time', async () => {
    const client = people();
    const connection = await fixture<HTMLElement>(html`
      <im-connection .client=${client}><im-messenger></im-messenger></im-connection>
    `);
    const messenger = connection.querySelector('im-messenger')!;
    expect(messenger.client === client).to.equal(true);
    let heard = 0;
    connection.addEventListener('im-connection-change', () => heard++);
    client.link({ state: 'connecting', attempt: 1 });
    expect(heard).to.equal(1);
  });

  it('two on one page each open their own conversation', async () => {
    const [one, two] = [await mount(900), await mount(900)];
    row(one, 0).click();
    row(two, 2).click();
    await one.updateComplete;
    await two.updateComplete;
    const selected = [one, two].map((messenger) => list(messenger).getAttribute('selected'));
    expect(selected).to.deep.equal(['p2p-bob', 'p2p-ben']);
  });

  it('opens what its attribute names, and says in it what is open', async () => {
    const messenger = await mount(900);
    messenger.setAttribute('conversation', 'p2p-mia');
    await messenger.updateComplete;
    await waitUntil(() => list(messenger).getAttribute('selected') === 'p2p-mia');
    row(messenger, 0).click();
    await messenger.updateComplete;
    expect(messenger.conversation).to.equal('p2p-bob');
  });

  it('stands in the right order from right to left', async () => {
    const messenger = await mount(900, people(), 'rtl');
    expect(inside(messenger, '.list').getBoundingClientRect().left).to.be.greaterThan(
      inside(messenger, '.window').getBoundingClientRect().left,
    );
  });

  it('looks the same on a hostile page', async () => {
    const messenger = await mount(900);
    messenger.style.cssText = 'width: 900px; height: 500px';
    expect(changedByHostilePage(messenger)).to.deep.equal([]);
  });
});
