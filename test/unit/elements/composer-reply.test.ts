import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { sendKeys } from '@web/test-runner-commands';
import type { ImEvent } from '../../../src/elements/events.js';
import type { FakeClient } from '../../helpers/fake-client.js';
import { MountedComposer } from '../../helpers/mounted-composer.js';

const id = 'p2p-bob';
const said = (client: FakeClient, content: string, own = false): ReturnType<FakeClient['receive']> => {
  const seq = (client.conversation(id)?.lastSeq ?? 0) + 1;
  return client.receive(id, { content, seq, ...(own && { flow: 'out', from: 'alice' }) });
};
/** What `client.send` was given. */
const drafts = (client: FakeClient): object[] => {
  const all: object[] = [];
  const send = client.send.bind(client);
  client.send = (to, draft, left) => (all.push(draft), send(to, draft, left));
  return all;
};

describe('im-composer: the message that is answered', () => {
  it('shows who said what, takes the keyboard, and sends with it once', async () => {
    const it = await MountedComposer.mount();
    const sent = drafts(it.client);
    it.composer.quote = said(it.client, 'Did the chairs\narrive?');
    const bar = await it.seen('.quote');
    expect(bar.querySelector('b')!.textContent).to.equal('Bob');
    expect(bar.querySelector('.quoted span')!.textContent).to.equal('Did the chairs arrive?');
    await expect(it.composer).to.be.accessible();
    await waitUntil(() => it.composer.shadowRoot!.activeElement === it.area);
    await sendKeys({ type: 'They did' });
    await sendKeys({ press: 'Enter' });
    await it.gone('.quote');
    expect(sent).to.deep.equal([{ type: 'text', content: 'They did', replyTo: 1 }]);
    expect(it.composer.quote).to.equal(undefined);
    await sendKeys({ type: 'Both' });
    await sendKeys({ press: 'Enter' });
    expect(sent[1]).to.deep.equal({ type: 'text', content: 'Both' });
  });

  it('is let go by its button and by Escape, and the text stays', async () => {
    const it = await MountedComposer.mount();
    const message = said(it.client, 'Hello');
    it.composer.quote = message;
    (await it.seen('.quote button')).click();
    await it.gone('.quote');
    await it.type('Hi');
    it.composer.quote = message;
    await it.seen('.quote');
    expect(it.key('Escape')).to.equal(true);
    await it.gone('.quote');
    expect(it.composer.value).to.equal('Hi');
    expect(it.key('Escape'), 'then it is the page’s').to.equal(false);
  });

  it('stays with its conversation', async () => {
    const it = await MountedComposer.mount();
    const sent = drafts(it.client);
    it.composer.quote = said(it.client, 'Hello');
    await it.seen('.quote');
    it.composer.conversation = 'group-trip';
    await it.gone('.quote');
    await it.type('To the group');
    it.key('Enter');
    expect(sent).to.deep.equal([{ type: 'text', content: 'To the group' }]);
    it.composer.conversation = id;
    await it.seen('.quote');
  });

  it('comes back when the message could not be sent', async () => {
    const it = await MountedComposer.mount();
    const message = said(it.client, 'Hello');
    it.composer.quote = message;
    await it.seen('.quote');
    it.client.send = () => Promise.reject(Object.assign(new Error('full'), { code: 503 }));
    await it.type('Hi');
    it.key('Enter');
    await waitUntil(() => it.note !== '');
    expect(it.composer.quote).to.equal(message);
    expect(it.composer.value).to.equal('Hi');
  });
});

describe('im-composer: the message that is changed', () => {
  it('stands in the field, Enter saves it, and the former draft is back', async () => {
    const it = await MountedComposer.mount();
    await it.type('a draft');
    const message = said(it.client, 'Helo', true);
    it.composer.editing = message;
    await it.seen('.quote');
    await waitUntil(() => it.area.value === 'Helo');
    await expect(it.composer).to.be.accessible();
    expect(it.client.conversation(id)!.draft).to.equal('a draft');
    it.area.setSelectionRange(2, 2);
    await it.type('l');
    expect(it.client.conversation(id)!.draft, 'an edit is no draft').to.equal('a draft');
    it.key('Enter');
    await waitUntil(() => it.area.value === 'a draft');
    expect(it.calls('edit')).to.deep.equal([`edit ${message.idClient} Hello`]);
    expect(it.calls('send')).to.deep.equal([]);
    expect(it.query('.quote') === null).to.equal(true);
  });

  it('is given up by Escape', async () => {
    const it = await MountedComposer.mount();
    await it.type('a draft');
    it.composer.editing = said(it.client, 'Hello', true);
    await waitUntil(() => it.area.value === 'Hello');
    await it.type(', you');
    it.key('Escape');
    await waitUntil(() => it.area.value === 'a draft');
    expect(it.calls('edit')).to.deep.equal([]);
  });

  it('stays in the field with its conversation, also while another one is on screen', async () => {
    const it = await MountedComposer.mount();
    it.composer.editing = said(it.client, 'Hello', true);
    await waitUntil(() => it.area.value === 'Hello');
    await it.type(', you');
    it.composer.conversation = 'group-trip';
    await waitUntil(() => it.area.value === '');
    it.composer.conversation = id;
    await waitUntil(() => it.area.value === 'Hello, you');
    it.key('Enter');
    await waitUntil(() => it.calls('edit').length === 1);
  });

  it('comes back with what was written when it cannot be saved, and the reason is said', async () => {
    const it = await MountedComposer.mount();
    const message = said(it.client, 'Hello', true);
    it.client.edit = () => Promise.reject(Object.assign(new Error('late'), { code: 403 }));
    it.composer.editing = message;
    await waitUntil(() => it.area.value === 'Hello');
    await it.type('!');
    it.key('Enter');
    await waitUntil(() => it.note !== '');
    expect(it.note).to.equal('You are not allowed to do this here.');
    expect(it.composer.editing).to.equal(message);
    expect(it.composer.value).to.equal('Hello!');
  });

  it('is one’s own last text by the arrow key in the empty field, unless the page refuses', async () => {
    const it = await MountedComposer.mount();
    await it.tools();
    said(it.client, 'first', true);
    const last = said(it.client, 'second', true);
    said(it.client, 'theirs');
    it.composer.focus();
    const asked: ImEvent<'im-edit-last'>[] = [];
    const refuse = (event: ImEvent<'im-edit-last'>): void => (asked.push(event), event.preventDefault());
    it.composer.addEventListener('im-edit-last', refuse);
    await sendKeys({ press: 'ArrowUp' });
    expect(asked.map(({ detail }) => detail)).to.deep.equal([{ conversationId: id, message: last }]);
    expect(it.composer.editing).to.equal(undefined);
    it.composer.removeEventListener('im-edit-last', refuse);
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() => it.area.value === 'second');
    await sendKeys({ press: 'ArrowUp' });
    expect(it.composer.editing, 'in a text it moves the cursor').to.equal(last);
  });
});
