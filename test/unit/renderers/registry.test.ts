import { expect, fixture, html } from '@open-wc/testing';
import { html as litHtml } from 'lit';
import { en } from '../../../src/i18n/en.js';
import { previewText } from '../../../src/renderers/preview.js';
import { onRendererChange } from '../../../src/renderers/changes.js';
import { registerRenderer, renderBody } from '../../../src/renderers/registry.js';
import { messageTypes, type Message } from '../../../src/protocol/message.js';
import type { RenderContext } from '../../../src/renderers/renderer.js';

const context: RenderContext = { html: litHtml, t: en, active: false, nameOf: (account) => account.toUpperCase() };

function message(fields: Partial<Message>): Message {
  const known = { conversationId: 'p2p-bob', idClient: 'message-1', scene: 'p2p', from: 'bob', to: 'bob' } as const;
  return { ...known, type: 'text', time: 0, flow: 'in', status: 'success', ...fields };
}

async function drawn(fields: Partial<Message>): Promise<HTMLElement> {
  return fixture(html`<div>${renderBody(message(fields), context)}</div>`);
}

describe('renderers', () => {
  it('draw every type there is, and a preview of it', async () => {
    for (const type of [...messageTypes, 'of-a-later-version']) {
      expect((await drawn({ type, content: 'x' })).textContent.trim(), type).not.to.equal('');
      expect(previewText(message({ type, content: 'x' }), en), type).not.to.equal('');
    }
  });

  it('show the fallback text of a kind that nobody registered, never its JSON', async () => {
    const content = JSON.stringify({ kind: 'poll', fallback: 'A poll: tea or coffee?', secret: 1 });
    expect((await drawn({ type: 'custom', content })).textContent).to.equal('A poll: tea or coffee?');
    expect(previewText(message({ type: 'custom', content }), en)).to.equal('A poll: tea or coffee?');
    for (const odd of ['{"kind":"poll"}', '{', 'null', '[]', '"x"', '{"kind":{},"fallback":7}', '{"kind":"__proto__"}'])
      expect((await drawn({ type: 'custom', content: odd })).textContent, odd).to.equal(en.unknownMessage);
  });

  it('are the page’s where it registers one, for a type or a custom kind', async () => {
    let changes = 0;
    const stop = onRendererChange(() => changes++);
    registerRenderer(
      'card',
      ({ content }, { html }) => html`<em>${(JSON.parse(content!) as { name: string }).name}</em>`,
      () => '[card]',
    );
    const content = JSON.stringify({ kind: 'card', name: 'Mia', fallback: 'a card' });
    expect((await drawn({ type: 'custom', content })).querySelector('em')!.textContent).to.equal('Mia');
    expect(previewText(message({ type: 'custom', content }), en)).to.equal('[card]');
    registerRenderer('card-image', () => 'mine');
    expect(previewText(message({ type: 'custom', content: '{"kind":"card-image","fallback":"f"}' }), en)).to.equal('f');
    expect(changes).to.equal(2);
    stop();
    registerRenderer('card-image', () => 'mine');
    expect(changes).to.equal(2);
  });

  it('that throw are reported once, and the fallback stands in', async () => {
    registerRenderer('broken', () => {
      throw new Error('my mistake');
    });
    const error = console.error;
    const errors: unknown[] = [];
    console.error = (...args: unknown[]) => void errors.push(args);
    try {
      const content = '{"kind":"broken","fallback":"plain"}';
      expect((await drawn({ type: 'custom', content })).textContent).to.equal('plain');
      expect((await drawn({ type: 'custom', content })).textContent).to.equal('plain');
    } finally {
      console.error = error;
    }
    expect(errors).to.have.length(1);
  });
});

describe('text renderer', () => {
  it('writes markup as text and links only what is safe', async () => {
    const hostile = '<img src=x onerror=alert(1)> javascript:alert(1) https://example.com/"onclick="x';
    const body = await drawn({ content: hostile });
    expect(body.querySelector('img') === null).to.equal(true);
    const anchors = [...body.querySelectorAll('a')];
    expect(anchors.map((a) => a.getAttribute('href'))).to.deep.equal(['https://example.com/']);
    expect(anchors[0]!.rel).to.equal('noopener noreferrer');
    expect(anchors[0]!.target).to.equal('_blank');
    expect(anchors[0]!.tabIndex).to.equal(-1);
    expect(body.textContent).to.equal(hostile);
  });

  it('keeps white space as it was written', async () => {
    const content = '  if (a)\n\treturn b;\n\n';
    expect((await drawn({ content })).textContent).to.equal(content);
    expect(previewText(message({ content }), en)).to.equal('if (a) return b;');
  });

  it('draws a few emoji large, and nothing else', async () => {
    const large = async (content: string): Promise<boolean> =>
      (await drawn({ content })).querySelector('.emoji') !== null;
    for (const content of ['👍', '👩‍👩‍👧‍👦 🎉', '👋🏽', '🇨🇳🇩🇪', '1️⃣', '❤️'])
      expect(await large(content), content).to.equal(true);
    for (const content of ['', '  ', '1', '#', 'ok 👍', '👍'.repeat(40), 'a'])
      expect(await large(content), content).to.equal(false);
  });
});

describe('notification renderer', () => {
  const notice = (attach: Message['attach']): Partial<Message> => ({ type: 'notification', ...(attach && { attach }) });

  it('says what happened, with names', async () => {
    const body = await drawn(notice({ type: 'update', operator: 'mia', changes: [['name', '<b>Trip</b>']] }));
    expect(body.textContent).to.equal('MIA renamed the group to <b>Trip</b>');
    expect([...body.querySelectorAll('b')].map((b) => b.textContent)).to.deep.equal(['MIA', '<b>Trip</b>']);
    const accounts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect((await drawn(notice({ type: 'invite', operator: 'mia', accounts }))).textContent).to.equal(
      'MIA invited A, B, C, D, E, and 2 others',
    );
  });

  it('has a sentence for what it does not know', async () => {
    expect((await drawn(notice({ type: 'later' }))).textContent).to.equal('BOB changed the group');
    expect((await drawn(notice(undefined))).textContent).to.equal('BOB changed the group');
    for (const type of ['create', 'join', 'leave', 'remove', 'transfer', 'mute', 'unmute', 'dismiss', '__proto__'])
      expect(previewText(message(notice({ type, accounts: ['x'] })), en), type).to.match(/\S/);
  });

  it('lets no name turn the sentence round', () => {
    const text = previewText(message(notice({ type: 'update', changes: [['name', '\u202eevil\u2069\u2066']] })), en);
    expect(text).to.contain('\u2068\u202eevil\u2069');
  });
});
