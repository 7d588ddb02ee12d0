import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { html as litHtml } from 'lit';
import { en } from '../../../src/i18n/en.js';
import type { Message } from '../../../src/protocol/message.js';
import { blocksOf, spansOf } from '../../../src/renderers/blocks.js';
import { onRendererChange } from '../../../src/renderers/changes.js';
import { mentionsIn } from '../../../src/renderers/mentions.js';
import { renderBody } from '../../../src/renderers/registry.js';
import type { RenderContext } from '../../../src/renderers/renderer.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { hostileStrings } from '../../helpers/hostile-strings.js';

const nameOf = (account: string): string => ({ alice: 'Alice', mia: 'Mia Chen' })[account] ?? account;
const client = new FakeClient('alice');

async function drawn(fields: Partial<Message>, markdown = true): Promise<HTMLElement> {
  const context: RenderContext = { html: litHtml, t: en, active: false, markdown, client, nameOf };
  const message = client.message('p2p-bob', fields);
  renderBody(message, context);
  return fixture(html`<div>${renderBody(message, context)}</div>`);
}

describe('rich text', function () {
  this.timeout(60_000);
  before(async () => {
    // The code comes with the first text that needs it, and everything is drawn anew.
    let changed = false;
    const stop = onRendererChange(() => (changed = true));
    await drawn({ content: '**x**' });
    await waitUntil(() => changed, 'loaded', { timeout: 20_000 });
    stop();
  });

  it('sets bold, italic, code, quotes and lists, where the page wants it', async () => {
    const content =
      '**Bold** and *it*, `a*b*`\n\n- tent\n- stove\n\n3. three\n4. four\n\n> so\n> said\n\n```js\nlet *x* = 1;\n```\nend';
    const body = await drawn({ content });
    const texts = (selector: string): string[] => [...body.querySelectorAll(selector)].map((e) => e.textContent);
    expect(texts('strong')).to.deep.equal(['Bold']);
    expect(texts('em')).to.deep.equal(['it']);
    expect(texts('code')).to.deep.equal(['a*b*', 'let *x* = 1;']);
    expect(texts('li')).to.deep.equal(['tent', 'stove', 'three', 'four']);
    expect(body.querySelector('ol')!.start).to.equal(3);
    expect(texts('blockquote')).to.deep.equal(['so\nsaid']);
    expect(body.textContent.endsWith('end')).to.equal(true);
    expect((await drawn({ content }, false)).textContent).to.equal(content);
  });

  it('leaves alone what is no mark', () => {
    for (const text of [
      'snake_case_name',
      '2 * 3 * 4',
      '5*6*7',
      'a ** b',
      '*',
      '**',
      '``',
      '*open',
      'https://x.example/_a_/*b*',
    ])
      expect(spansOf(text), text).to.deep.equal([{ style: 'plain', text }]);
    expect(spansOf('**see https://x.example/a_b_**')).to.deep.equal([
      { style: 'bold', text: 'see https://x.example/a_b_' },
    ]);
    expect(blocksOf('```\nnever closed')).to.deep.equal([{ kind: 'lines', text: '```\nnever closed' }]);
    expect(blocksOf('-no\n1)no\n>no')).to.deep.equal([{ kind: 'lines', text: '-no\n1)no\n>no' }]);
  });

  it('sets off who is mentioned, oneself more, by name or by account, the longest name first', async () => {
    const body = await drawn({ content: 'Hi @Alice, @Mia Chen and @mia; not @Bob', mentions: ['alice', 'mia'] }, false);
    const marks = [...body.querySelectorAll('.mention')];
    expect(marks.map((mark) => mark.textContent)).to.deep.equal(['@Alice', '@Mia Chen', '@mia']);
    expect(marks.map((mark) => mark.classList.contains('me'))).to.deep.equal([true, false, false]);
    expect(mentionsIn('@Ann Lee', ['a', 'b'], (a) => (a === 'a' ? 'Ann' : 'Ann Lee'))).to.deep.equal([
      { text: '@Ann Lee', account: 'b' },
    ]);
  });

  it('links inside of what is set, and nothing in code', async () => {
    const body = await drawn({ content: '**see https://example.com/a** `https://example.com/b`' });
    expect([...body.querySelectorAll('a')].map((a) => a.href)).to.deep.equal(['https://example.com/a']);
    expect(body.querySelector('strong a') !== null).to.equal(true);
  });

  it('keeps every hostile text a text', async () => {
    const allowed = new Set([
      'DIV',
      'SPAN',
      'STRONG',
      'EM',
      'CODE',
      'PRE',
      'BLOCKQUOTE',
      'UL',
      'OL',
      'LI',
      'A',
      'B',
      'BDI',
    ]);
    for (const text of hostileStrings) {
      const body = await drawn({
        content: `**${text}**\n> ${text}\n- ${text}\n\`\`\`\n${text}\n\`\`\``,
        mentions: [text],
      });
      for (const element of body.querySelectorAll('*')) {
        expect(allowed.has(element.tagName), `${element.tagName} in ${JSON.stringify(text)}`).to.equal(true);
        for (const { name } of element.attributes)
          expect(['class', 'href', 'target', 'rel', 'tabindex', 'start'], text).to.contain(name);
      }
    }
  });

  it('takes time linear to the length', () => {
    // Two hundred times a message's longest text: what grows with the square would not end within the test's time.
    for (const unit of ['*', '**', '*a', '_a ', '`', '* a', '@', '>', '```\n', '- a\n', 'http://*', '**a*']) {
      const text = unit.repeat(1_000_000 / unit.length);
      for (const block of blocksOf(text)) if (block.kind === 'lines') spansOf(block.text);
      mentionsIn(text, ['a', 'b'], (account) => account);
    }
  });
});
