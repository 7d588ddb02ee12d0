import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { sendKeys } from '@web/test-runner-commands';
import { accountsIn, mentionAt } from '../../../src/elements/composer/tools/mention-text.js';
import type { FakeClient } from '../../helpers/fake-client.js';
import type { GroupRole } from '../../../src/protocol/group-forms.js';
import { MountedComposer, setGroup } from '../../helpers/mounted-composer.js';

const roster = [
  { account: 'alice', name: 'Alice' },
  { account: 'ann', name: 'Ann' },
  { account: 'anna', name: 'Anna Bell' },
  { account: 'wei', name: '小伟', nickname: '伟哥' },
];
const mount = async (options: { lang?: string; dir?: string; width?: number; role?: GroupRole } = {}) => {
  const it = await MountedComposer.mount('group-trip', {
    ...options,
    before: (client: FakeClient) => {
      const plain = { role: 'member', joinTime: 0 } as const;
      client.groupMembers.set(
        'group-trip',
        roster.map((each) => ({ ...plain, ...each })),
      );
      setGroup(client, 'group-trip', { role: options.role ?? 'member' });
    },
  });
  await it.tools();
  return it;
};
const names = (it: MountedComposer): string[] =>
  [...it.composer.shadowRoot!.querySelectorAll('.choice .name')].map((each) => each.textContent);
const chosen = (it: MountedComposer): string | undefined =>
  it.query('.choice[aria-selected=true] .name')?.textContent ?? undefined;
/** What the last message says who is mentioned. */
const sent = (it: MountedComposer): { content?: string | undefined; mentions?: readonly string[] | undefined } => {
  const { content, mentions } = it.client.timeline('group-trip').messages.at(-1)!;
  return { content, mentions };
};

describe('im-composer: mentions', () => {
  it('opens a list at an @ in a group, and real keys choose from it', async () => {
    const it = await mount();
    it.composer.focus();
    await sendKeys({ type: 'Hi @' });
    await waitUntil(() => names(it).length === 3);
    expect(names(it)).to.deep.equal(['Ann', 'Anna Bell', '伟哥']);
    expect(chosen(it)).to.equal('Ann');
    expect(it.area.getAttribute('aria-activedescendant')).to.equal('mention-0');
    await expect(it.composer).to.be.accessible();
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => chosen(it) === 'Anna Bell');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() => chosen(it) === '伟哥', 'it goes round');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await it.gone('.mentions');
    expect(it.area.value).to.equal('Hi @Anna Bell ');
    expect(it.area.hasAttribute('aria-activedescendant')).to.equal(false);
    expect(it.calls('send'), 'that Enter sends nothing').to.deep.equal([]);
    await sendKeys({ type: 'and @伟' });
    await waitUntil(() => names(it).length === 1);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    expect(sent(it)).to.deep.equal({ content: 'Hi @Anna Bell and @伟哥', mentions: ['anna', 'wei'] });
  });

  it('mentions only those who still stand in the text', async () => {
    const it = await mount();
    await it.type('@ann');
    await it.seen('.mentions');
    it.key('Enter');
    await it.type('@anna');
    await it.seen('.mentions');
    it.key('Enter');
    expect(it.area.value).to.equal('@Ann @Anna Bell ');
    it.area.setSelectionRange(0, 5);
    await it.type('');
    it.key('Enter');
    expect(sent(it)).to.deep.equal({ content: '@Anna Bell', mentions: ['anna'] });
    await it.type('nobody');
    it.key('Enter');
    expect(sent(it).mentions).to.equal(undefined);
  });

  it('lets the owner and admins mention everyone', async () => {
    const it = await mount({ role: 'admin' });
    await it.type('@');
    await waitUntil(() => names(it)[0] === 'Everyone');
    it.key('Enter');
    it.key('Enter');
    expect(sent(it)).to.deep.equal({ content: '@Everyone', mentions: ['*'] });
  });

  it('is closed by Escape, by a space and by a press', async () => {
    const it = await mount();
    await it.type('@a');
    await it.seen('.mentions');
    expect(it.key('Escape')).to.equal(true);
    await it.gone('.mentions');
    expect(it.area.value).to.equal('@a');
    await it.type('n');
    await it.seen('.mentions');
    await it.type(' ');
    await it.gone('.mentions');
    await it.type('@we');
    (await it.seen('.choice')).click();
    await it.gone('.mentions');
    expect(it.area.value).to.equal('@an @伟哥 ');
  });

  it('leaves keys to an input method that is composing', async () => {
    const it = await mount();
    await it.type('@');
    await it.seen('.mentions');
    expect(it.key('Enter', { isComposing: true })).to.equal(false);
    expect(it.key('Enter', { keyCode: 229 })).to.equal(false);
    expect(it.key('ArrowDown', { isComposing: true })).to.equal(false);
    expect(chosen(it)).to.equal('Ann');
  });

  it('opens nothing with one person, in an address, or where the members are not known', async () => {
    const it = await mount();
    it.client.members = () => Promise.reject(new Error('no'));
    await it.type('@');
    it.composer.conversation = 'p2p-bob';
    await it.composer.updateComplete;
    await it.type('@');
    await it.composer.updateComplete;
    expect(it.query('.mentions') === null).to.equal(true);
    expect(mentionAt('write to a@b', 12)).to.equal(undefined);
    expect(mentionAt('你好@伟', 4)).to.deep.equal({ from: 2, query: '伟' });
    expect(mentionAt('@a b', 4)).to.equal(undefined);
  });

  it('stands inside the page at 360 px and right to left', async () => {
    const it = await mount({ lang: 'ar', dir: 'rtl', width: 360 });
    await it.type('@');
    const { left, right, top } = (await it.seen('.mentions')).getBoundingClientRect();
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(innerWidth);
    expect(top).to.be.at.least(0);
  });
});

describe('accountsIn', () => {
  it('tells the longer of two names that begin alike', () => {
    const names = new Map([
      ['Ann', 'ann'],
      ['Anna', 'anna'],
    ]);
    expect(accountsIn('@Anna', names)).to.deep.equal(['anna']);
    expect(accountsIn('@Ann and @Anna', names)).to.deep.equal(['ann', 'anna']);
    expect(accountsIn('Ann', names)).to.deep.equal([]);
  });
});
