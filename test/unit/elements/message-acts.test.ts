import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { ChatError } from '../../../src/client/errors.js';
import {
  isAccessible,
  bar,
  bubble,
  chat,
  choose,
  client,
  composer,
  dialog,
  focusMessage,
  list,
  messageOf,
  middleOf,
  mount,
  now,
  own,
  rightClick,
  row,
  spoken,
  until,
  within,
} from '../../helpers/acts-window.js';

const texts = [
  { content: 'Hello' },
  { ...own, content: 'Hi' },
  { content: 'How are you?' },
  { ...own, content: 'Fine' },
];
const inBar = (label: string): HTMLElement | null => within(bar()!, `button[title="${label}"]`);
const chosen = (): string[] => ['m1', 'm2', 'm3', 'm4'].filter((each) => row(each)?.picked);
const copied: string[] = [];

describe('the acts on a message', function () {
  this.timeout(60_000);

  beforeEach(() => {
    copied.length = 0;
    const clipboard = { writeText: async (text: string) => void copied.push(text) };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
  });
  after(() => void Reflect.deleteProperty(navigator, 'clipboard'));

  it('reply: the composer quotes it and has the keyboard', async () => {
    await mount(texts);
    await rightClick('m1');
    await choose('Reply');
    expect(composer().quote?.idClient).to.equal('m1');
    expect(chat.shadowRoot!.activeElement === composer()).to.equal(true);
  });

  it('recall: a trace stays, and one’s own text can be taken up again for five minutes', async () => {
    await mount(texts);
    await rightClick('m2');
    await choose('Recall');
    await until(() => row('m2')!.shadowRoot!.textContent.includes('You recalled a message'), 'the trace');
    expect(client.calls).to.include('recall m2');
    expect(spoken()).to.equal('Recalled');
    const again = (): HTMLElement | null => within(within(row('m2')!, 'im-edit-again')!, 'button');
    await until(() => within(row('m2')!, 'im-edit-again')?.shadowRoot, 'the acts are there');
    const kept = within<HTMLElement & { now: () => number }>(row('m2')!, 'im-edit-again')!;
    kept.now = () => now + 4 * 60_000;
    await until(again, 'its text is remembered');
    again()!.click();
    await until(() => composer().value === 'Hi', 'it is in the composer');
    client.change('m3', { recalled: { by: 'bob', time: now } });
    await until(() => row('m3')!.shadowRoot!.textContent.includes('\u2068Bob\u2069 recalled a message'), 'another’s');
    await until(
      () => within(row('m3')!, 'im-edit-again')?.shadowRoot?.querySelector('button') === null,
      'not another’s',
    );
    expect(row('m4')!.run, 'it parts a run').to.equal('single');
    kept.now = () => now + 6 * 60_000;
    await until(() => again() === null, 'forgotten');
  });

  it('edit: the composer has it; what was edited says so and shows its history', async () => {
    await mount(texts);
    await rightClick('m2');
    await choose('Edit');
    expect(composer().editing?.idClient).to.equal('m2');
    await client.edit(messageOf('m2'), 'Hi there');
    await until(() => within(row('m2')!, '.edited')?.textContent === 'edited', 'the mark');
    within(row('m2')!, '.edited')!.click();
    await until(() => dialog('details') && within(dialog('details')!, '.edits li'), 'the history');
    await until(() => within(dialog('details')!, '.edits')!.textContent.includes('Hi'), 'the first text');
    await sendKeys({ press: 'Escape' });
    await until(() => dialog('details') === null, 'closed');
  });

  it('copy: one as it is, several with names and times', async () => {
    await mount(texts);
    await rightClick('m1');
    await choose('Copy text');
    await until(() => spoken() === 'Copied', 'said');
    await focusMessage('m2');
    await sendKeys({ press: 's' });
    await until(bar, 'the bar');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: ' ' });
    await until(() => chosen().length === 2, 'two');
    inBar('Copy text')!.click();
    await until(() => bar() === null, 'done');
    expect(copied[0]).to.equal('Hello');
    expect(copied[1]).to.match(/^Bob, .*14:31\nHello\n\nAlice, .*14:31\nHi$/);
  });

  it('pin, and say what the server says when it may not be', async () => {
    await mount(texts);
    client.refusal = new ChatError(403, 'no');
    await focusMessage('m1');
    await sendKeys({ press: 'p' });
    await until(() => spoken() === 'You are not allowed to do this here.', 'why');
    await sendKeys({ press: 'p' });
    await until(() => spoken() === 'Pinned', 'pinned');
  });

  it('delete for me asks first', async () => {
    await mount(texts);
    await focusMessage('m1');
    await sendKeys({ press: 'Delete' });
    await until(() => dialog('confirm') && within(dialog('confirm')!, 'dialog[open]'), 'the question');
    await isAccessible(dialog('confirm')!);
    expect(within(dialog('confirm')!, ':focus')!.textContent.trim(), 'nothing is lost by Enter').to.equal('Cancel');
    await sendKeys({ press: 'Escape' });
    await until(() => dialog('confirm') === null, 'closed');
    expect(list().shadowRoot!.activeElement === row('m1'), 'the focus is back').to.equal(true);
    expect(client.calls.some((call) => call.startsWith('deleteForMe'))).to.equal(false);
    await sendKeys({ press: 'Delete' });
    await until(() => dialog('confirm') && within(dialog('confirm')!, 'dialog[open]'), 'the question');
    within(dialog('confirm')!, '[type=submit]')!.click();
    await until(() => !row('m1'), 'it is gone');
    expect(spoken()).to.equal('1 message deleted for you');
  });

  it('react from the menu, once for each press', async () => {
    await mount(texts);
    await rightClick('m1');
    await choose('👍');
    await until(() => messageOf('m1').reactions, 'a reaction');
    expect(client.calls).to.include('react m1 👍 true');
    expect(spoken()).to.equal('You reacted with 👍');
  });

  it('select several with the keyboard: a bar in the composer’s place, Escape ends it', async () => {
    await mount([...texts.slice(0, 2), { type: 'notification', attach: { type: 'create' }, content: '' }, texts[3]!]);
    await focusMessage('m4');
    await sendKeys({ press: 's' });
    await until(() => bar() && within(bar()!, '.count')!.textContent === '1 selected', 'the bar');
    expect(composer().getClientRects().length, 'no composer').to.equal(0);
    expect(within<HTMLInputElement>(row('m4')!, '#pick')!.checked).to.equal(true);
    await isAccessible(chat);
    for (const press of ['ArrowUp', ' ', 'ArrowUp', ' ', 'ArrowUp', ' ']) await sendKeys({ press });
    await until(() => within(bar()!, '.count')!.textContent === '3 selected', 'a notification is not chosen');
    expect(chosen()).to.deep.equal(['m1', 'm2', 'm4']);
    expect(inBar('Recall'), 'one is not one’s own').to.equal(null);
    await sendKeys({ press: ' ' });
    await until(() => inBar('Recall'), 'all are');
    inBar('Recall')!.click();
    await until(() => bar() === null, 'done');
    expect(client.calls.filter((call) => call.startsWith('recall'))).to.deep.equal(['recall m2', 'recall m4']);
    await focusMessage('m1');
    await sendKeys({ press: 's' });
    await until(bar, 'again');
    await sendKeys({ press: 'Escape' });
    await until(() => bar() === null, 'Escape');
    expect(composer().getClientRects().length).to.equal(1);
    expect(within(row('m1')!, '#pick')).to.equal(null);
  });

  it('select with the mouse: a click anywhere on a row; another conversation ends it', async () => {
    await mount([...texts.slice(0, 3), { content: 'https://example.com' }]);
    await rightClick('m1');
    await choose('Select');
    await until(bar, 'the bar');
    await sendMouse({ type: 'click', position: middleOf(within(row('m4')!, 'a')!) });
    await until(() => chosen().join() === 'm1,m4', 'not the link');
    await sendMouse({ type: 'click', position: middleOf(bubble('m1')) });
    await until(() => chosen().join() === 'm4', 'taken back');
    for (const [each, all] of [
      ['m1', 'm1,m4'],
      ['m4', 'm1'],
    ] as const) {
      const box = within<HTMLInputElement>(row(each)!, '#pick')!;
      await sendMouse({ type: 'click', position: middleOf(box) });
      await until(() => chosen().join() === all && box.checked === all.includes(each), `the box of ${each}`);
    }
    client.add('p2p-mia');
    chat.conversation = 'p2p-mia';
    await until(() => bar() === null, 'ended');
    expect(list().picked).to.equal(undefined);
  });

  it('choose at most a hundred', async () => {
    await mount(Array.from({ length: 101 }, () => ({})));
    await focusMessage('m101');
    await sendKeys({ press: 's' });
    await until(bar, 'the bar');
    const click = (idClient: string): void => bubble(idClient).click();
    for (let n = 100; n > 0; n--) {
      if (!row(`m${n}`)) await until(async () => (await sendKeys({ press: 'ArrowUp' }), row(`m${n}`)), `m${n}`);
      if (n === 1) await list().updateComplete;
      click(`m${n}`);
    }
    await until(() => spoken() === 'At most 100 messages at once', 'said');
    expect(within(bar()!, '.count')!.textContent).to.equal('100 selected');
  });
});
