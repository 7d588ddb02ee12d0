import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ChatError } from '../../../src/client/errors.js';
import {
  isAccessible,
  bar,
  chat,
  choose,
  client,
  dialog,
  focusMessage,
  id,
  list,
  messageOf,
  mount,
  now,
  own,
  rightClick,
  row,
  spoken,
  until,
  within,
} from '../../helpers/acts-window.js';

const texts = [{ content: 'Hello' }, { ...own, content: 'Hi' }, { content: 'How are you?' }];
const opened = (name: string): HTMLElement | null => {
  const host = dialog(name);
  return host && within(host, 'dialog[open]');
};
const all = <T extends HTMLElement>(name: string, selector: string): T[] => [
  ...dialog(name)!.shadowRoot!.querySelectorAll<T>(selector),
];
const submit = (name: string): HTMLButtonElement => within<HTMLButtonElement>(dialog(name)!, '[type=submit]')!;

describe('the dialogs of messages', function () {
  this.timeout(60_000);

  it('forward: several chats, found by their names, with a comment', async () => {
    await mount(texts);
    client.add('p2p-mia', { name: 'Mia Chen' });
    client.add('group-trip', { name: 'Summer trip' });
    await focusMessage('m1');
    await sendKeys({ press: 'f' });
    await until(() => opened('forward'), 'the dialog');
    await isAccessible(dialog('forward')!);
    await sendKeys({ type: 'mia' });
    await until(() => all('forward', '.chats input').length === 1, 'only Mia');
    await sendKeys({ press: 'Enter' });
    await until(() => all<HTMLInputElement>('forward', '.chats input')[0]!.checked, 'chosen');
    const search = within<HTMLInputElement>(dialog('forward')!, '[type=search]')!;
    search.value = '';
    search.dispatchEvent(new Event('input'));
    await until(() => all('forward', '.chats input').length === 3, 'all again');
    all('forward', '.chats label')
      .find((each) => each.textContent.includes('Summer'))!
      .click();
    await until(() => within(dialog('forward')!, '.count')!.textContent === '2 chats chosen', 'two');
    expect(within(dialog('forward')!, '.how'), 'one message goes one way').to.equal(null);
    within(dialog('forward')!, 'textarea')!.focus();
    await sendKeys({ type: 'look' });
    submit('forward').click();
    await until(() => dialog('forward') === null, 'done');
    const calls = client.calls.filter((call) => /^(forward|send)/.test(call));
    expect(calls).to.deep.equal(['forward m1 p2p-mia,group-trip each', 'send p2p-mia look', 'send group-trip look']);
    expect(spoken()).to.equal('Forwarded to 2 chats');
    expect(list().shadowRoot!.activeElement === row('m1'), 'the focus is back').to.equal(true);
  });

  it('forward: many as one message; it stays open, and says why, when that fails', async () => {
    await mount(texts);
    for (let i = 0; i < 12; i++) client.add(`p2p-p${i}`);
    await focusMessage('m3');
    await sendKeys({ press: 's' });
    await until(bar, 'the bar');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: ' ' });
    await until(() => within(bar()!, '.count')!.textContent === '2 selected', 'two');
    within(bar()!, '[title=Forward]')!.click();
    await until(() => opened('forward'), 'the dialog');
    expect(submit('forward').disabled).to.equal(true);
    for (const box of all('forward', '.chats input').slice(0, 9)) box.click();
    await until(() => all('forward', '.chats input:enabled').length === 9, 'nine at most');
    all('forward', '.how input')[1]!.click();
    client.refusal = new ChatError(403, 'no');
    submit('forward').click();
    await until(() => within(dialog('forward')!, '.wrong')!.textContent.includes('not allowed'), 'why');
    submit('forward').click();
    await until(() => dialog('forward') === null, 'done');
    const call = client.calls.find((each) => each.startsWith('forward'))!;
    expect(call).to.match(/^forward m2,m3 .* merged Chat history: Bob$/);
    expect(bar(), 'and nothing is chosen any more').to.equal(null);
  });

  it('report: with a reason', async () => {
    await mount(texts);
    await rightClick('m1');
    await choose('Report');
    await until(() => opened('report'), 'the dialog');
    await isAccessible(dialog('report')!);
    expect(submit('report').disabled).to.equal(true);
    all('report', 'label')[3]!.click();
    await until(() => within(dialog('report')!, ':checked'), 'a reason');
    expect(submit('report').disabled, 'something else needs words').to.equal(true);
    within(dialog('report')!, 'textarea')!.focus();
    await sendKeys({ type: 'not nice' });
    await until(() => !submit('report').disabled, 'words');
    submit('report').click();
    await until(() => dialog('report') === null, 'done');
    expect(client.calls).to.include('report m1 other: not nice');
    expect(spoken()).to.equal('Reported. Thank you.');
  });

  it('details: when, who, read or not', async () => {
    await mount(texts);
    client.peerRead(id, 2);
    await focusMessage('m2');
    await sendKeys({ press: 'i' });
    await until(() => opened('details'), 'the dialog');
    await isAccessible(dialog('details')!);
    const said = (): string => within(dialog('details')!, '.content')!.textContent.replace(/\s+/g, ' ');
    expect(said()).to.contain('From You').and.to.contain('State Read').and.to.contain('14:31');
    await sendKeys({ press: 'Escape' });
    await until(() => dialog('details') === null, 'closed');
    expect(list().shadowRoot!.activeElement === row('m2'), 'the focus is back').to.equal(true);
  });

  it('details: who of a group has read it and who has not', async () => {
    await mount([{ ...own, content: 'Hi all' }, { from: 'bob' }], {
      conversation: 'group-trip',
      prepare: () => (client.readBy = { read: ['bob', 'mia'], unread: ['omar'] }),
    });
    await focusMessage('m1');
    await sendKeys({ press: 'i' });
    await until(() => opened('details') && all('details', '.people').length === 2, 'the lists');
    const headings = all('details', 'h3').map((each) => each.textContent);
    expect(headings).to.deep.equal(['Read by 2', 'Not read by 1']);
    expect(all('details', '.people bdi').map((each) => each.textContent)).to.deep.equal(['bob', 'mia', 'omar']);
    await isAccessible(dialog('details')!);
    await sendKeys({ press: 'Escape' });
    await until(() => dialog('details') === null, 'closed');
    await focusMessage('m2');
    await sendKeys({ press: 'i' });
    await until(() => opened('details'), 'another’s');
    expect(all('details', '.people').length, 'is not one’s own to know').to.equal(0);
  });

  it('a press beside it closes it', async () => {
    await mount(texts);
    await focusMessage('m1');
    await sendKeys({ press: 'i' });
    await until(() => opened('details'), 'the dialog');
    opened('details')!.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await until(() => dialog('details') === null, 'closed');
  });
});

describe('the bar of what is pinned', function () {
  this.timeout(60_000);

  const pins = (): HTMLElement => within(chat, 'im-pinned-bar')!;
  const said = (): string => pins().shadowRoot?.textContent.replace(/\s+/g, ' ').trim() ?? '';

  it('is there when something is, leads to it, and lists all with a way to unpin', async () => {
    await mount([...texts, ...Array.from({ length: 60 }, () => ({ content: 'more '.repeat(40) }))]);
    await until(() => pins().shadowRoot, 'defined');
    expect(pins().offsetHeight).to.equal(0);
    client.change('m1', { pinned: { by: 'bob', time: now } });
    await until(() => said() === 'Pinned message Hello' || said() === 'Pinned messageHello', 'the first');
    client.change('m3', { pinned: { by: 'bob', time: now + 1 } });
    await until(() => said().includes('How are you?'), 'the newest');
    await isAccessible(chat);
    within(pins(), '.all')!.click();
    await until(() => pins().shadowRoot!.querySelectorAll('li').length === 2, 'all');
    await isAccessible(chat);
    within(pins(), '.all')!.focus();
    await sendKeys({ press: 'Escape' });
    await until(() => within(pins(), 'ul') === null, 'closed');
    within(pins(), '.newest')!.click();
    await until(() => row('m3')?.parentElement?.dataset['found'] !== undefined, 'there');
    within(pins(), '.all')!.click();
    await until(() => within(pins(), 'li:nth-child(2) .icon-button'), 'all');
    within(pins(), 'li:nth-child(2) .icon-button')!.click();
    await until(() => !messageOf('m1').pinned, 'unpinned');
    await until(() => spoken() === 'Unpinned', 'said');
    client.refusal = new ChatError(403, 'no');
    within(pins(), '.bar > .icon-button')!.click();
    await until(() => spoken() === 'You are not allowed to do this here.', 'why not');
  });
});
