import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ImAvatar } from '../../../src/elements/avatar/avatar.js';
import { ImMessage } from '../../../src/elements/message/message.js';
import type { Message } from '../../../src/protocol/message.js';
import { accents, contrastOf } from '../../helpers/contrast.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { changedByHostilePage } from '../../helpers/hostile.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';
import { provideClient } from '../../helpers/provide-client.js';

if (!customElements.get('im-avatar')) customElements.define('im-avatar', ImAvatar);
if (!customElements.get('im-message')) customElements.define('im-message', ImMessage);

const time = new Date(2026, 5, 1, 14, 2).getTime();
let client: FakeClient;
let box: HTMLElement;

/** A message on the page, 600 px wide unless told otherwise. */
async function show(fields: Partial<Message>, frame: Partial<ImMessage> = {}, width = 600): Promise<ImMessage> {
  client = new FakeClient();
  client.add('p2p-bob');
  box = await fixture<HTMLElement>(html`<div lang="en"></div>`);
  box.style.width = `${width}px`;
  provideClient(box, client);
  const element = document.createElement('im-message');
  Object.assign(element, { message: client.message('p2p-bob', { time, content: 'Hello', ...fields }) }, frame);
  box.append(element);
  await element.updateComplete;
  return element;
}

const own = { flow: 'out', from: 'alice' } as const;
const find = (element: ImMessage, selector: string): HTMLElement | null => element.shadowRoot!.querySelector(selector);
const text = (element: ImMessage, selector: string): string | undefined => find(element, selector)?.textContent?.trim();

/** What a screen reader calls it. */
function nameOf(element: ImMessage): string {
  const ids = find(element, 'article')!.getAttribute('aria-labelledby')!.split(' ');
  // An id of what this message has not got names nothing.
  const named = ids.map((id) => find(element, `#${id}`)).filter((part) => part !== null);
  const parts = named.map((part) => {
    const labels = [...part.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label'));
    return [part.textContent.trim(), ...labels].join(' ').trim();
  });
  return parts.join(', ');
}

describe('im-message', function () {
  // A hundred rounds, and scrolls frame by frame, on a machine that may be busy.
  this.timeout(60_000);

  it('is accessible', async () => {
    await expect(await show({})).to.be.accessible();
    await expect(await show({ ...own, status: 'fail', error: { code: 403, message: '' } })).to.be.accessible();
    await expect(await show({ type: 'notification' })).to.be.accessible();
  });

  it('says who wrote it, what, when and how far it is', async () => {
    expect(nameOf(await show({}, { author: 'Bob' }))).to.equal('Bob, Hello, 14:02');
    expect(nameOf(await show(own))).to.equal('You, Hello, 14:02 Sent');
    expect(nameOf(await show(own, { read: true }))).to.equal('You, Hello, 14:02 Read');
    expect(nameOf(await show({ ...own, status: 'sending' }))).to.equal('You, Hello, 14:02 Sending');
    expect(nameOf(await show({ ...own, status: 'fail' }))).to.equal('You, Hello, 14:02 Not sent');
  });

  it('has the name at the beginning of a run, and the picture at its end', async () => {
    const runs = ['single', 'first', 'middle', 'last'] as const;
    const seen = [];
    for (const run of runs) {
      const element = await show({}, { run, named: true, author: 'Bob' });
      seen.push([find(element, '.who') !== null, find(element, 'im-avatar') !== null]);
    }
    expect(seen).to.deep.equal([
      [true, true],
      [true, false],
      [false, false],
      [false, true],
    ]);
    expect(find(await show(own, { named: true }), '.who, im-avatar') === null, 'not for one’s own').to.equal(true);
    expect(find(await show({}), '.who') === null, 'not between two').to.equal(true);
  });

  it('sends a failed message again, or deletes it', async () => {
    const element = await show({ ...own, idClient: 'message-x', status: 'fail', error: { code: 416, message: '' } });
    expect(text(element, '.failure span')).to.equal('Too fast. Wait a moment and try again.');
    const [again, away] = element.shadowRoot!.querySelectorAll('button');
    again!.click();
    away!.click();
    expect(client.calls).to.deep.equal(['resend message-x', 'discard message-x']);
  });

  it('lets the keyboard in only while it is the active one', async () => {
    const element = await show({ content: 'see https://example.com' });
    expect(find(element, 'article')!.hasAttribute('tabindex')).to.equal(false);
    expect(find(element, 'a')!.tabIndex).to.equal(-1);
    element.active = true;
    element.focus();
    expect(element.shadowRoot!.activeElement === find(element, 'article')).to.equal(true);
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot!.activeElement === find(element, 'a')).to.equal(true);
  });

  it('is at most 72 % wide and at least 12 characters', async () => {
    const words = 'several words '.repeat(200);
    for (const fields of [{}, own])
      for (const content of [words, 'x'.repeat(4_000)]) {
        const element = await show({ ...fields, content });
        const { width } = find(element, '.bubble')!.getBoundingClientRect();
        expect(width).to.be.within(300, 600 * 0.72);
        expect(element.scrollWidth, 'nothing sticks out').to.be.at.most(600);
      }
    const short = find(await show({ content: 'a' }), '.bubble')!.getBoundingClientRect();
    expect(short.width).to.be.above(90);
  });

  it('puts the time into the last line where it fits', async () => {
    const height = async (content: string): Promise<number> =>
      find(await show({ content }), '.bubble')!.getBoundingClientRect().height;
    const line = await height('a');
    expect(line).to.be.below(40);
    expect(await height('Trains are booked: 08:12 out')).to.equal(line);
    const element = await show({ content: 'Trains are booked: 08:12 out' });
    const [body, meta] = ['.text', '.meta'].map((each) => find(element, each)!.getBoundingClientRect());
    expect(meta!.left, 'after the text').to.be.at.least(body!.right);
    expect(meta!.bottom).to.be.at.most(find(element, '.bubble')!.getBoundingClientRect().bottom);
  });

  it('stands at the inline end when it is one’s own, and mirrored from right to left', async () => {
    const side = async (fields: Partial<Message>, dir: string): Promise<'left' | 'right'> => {
      const element = await show(fields);
      box.dir = dir;
      await waitUntil(() => find(element, '.meta')!.dir === dir);
      const outer = element.getBoundingClientRect();
      const inner = find(element, '.bubble')!.getBoundingClientRect();
      return inner.left - outer.left < outer.right - inner.right ? 'left' : 'right';
    };
    expect(await side({}, 'ltr')).to.equal('left');
    expect(await side(own, 'ltr')).to.equal('right');
    expect(await side({}, 'rtl')).to.equal('right');
    expect(await side(own, 'rtl')).to.equal('left');
  });

  it('gives each text the direction of its own letters', async () => {
    const direction = async (content: string, dir = 'ltr'): Promise<string> => {
      const element = await show({ content });
      box.dir = dir;
      await nextFrame();
      await element.updateComplete;
      return getComputedStyle(find(element, '.body')!).direction;
    };
    expect(await direction('مرحبا 123')).to.equal('rtl');
    expect(await direction('Hello', 'rtl')).to.equal('ltr');
    expect(await direction('👍', 'rtl'), 'no letters: the page’s').to.equal('rtl');
    expect(await direction('123')).to.equal('ltr');
  });

  it('keeps hostile texts what they are, in every field', async () => {
    const hostile = '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>\u202e';
    const element = await show({ content: hostile }, { author: hostile, named: true, avatar: 'javascript:hacked = 1' });
    expect(text(element, '.who')).to.equal(hostile);
    expect(find(element, '.text')!.textContent).to.equal(hostile);
    expect(find(element, 'img, script') === null).to.equal(true);
    expect(Reflect.has(window, 'hacked')).to.equal(false);
    const far = await show({ time: Number.MAX_SAFE_INTEGER, type: '__proto__', attach: { type: 'constructor' } });
    expect(text(far, '.fallback')).to.equal('A message that this version cannot show');
  });

  it('can be read on every ground, in both themes and with very different accents', async () => {
    for (const accent of accents)
      for (const theme of ['light', 'dark'] as const)
        for (const fields of [{}, { ...own, status: 'fail' as const }, { type: 'notification' }]) {
          const element = await show({ ...fields, content: 'see https://example.com' }, { theme, named: true });
          box.style.setProperty('--im-color-accent', accent);
          box.style.background = theme === 'dark' ? 'oklch(0.178 0.006 262)' : 'oklch(0.973 0.004 258)';
          for (const selector of ['.text', '.text a', '.who', 'time']) {
            const found = find(element, selector);
            if (found) expect(contrastOf(found), `${selector} ${theme} ${accent}`).to.be.at.least(4.5);
          }
        }
  });

  it('looks the same on a page that styles everything', async () => {
    const element = await show({}, { named: true });
    element.style.width = '600px';
    expect(changedByHostilePage(element)).to.deep.equal([]);
  });

  it('leaves nothing behind', async () => {
    const { message } = await show({ ...own, status: 'fail' });
    const make = (): Element => Object.assign(document.createElement('im-message'), { message });
    expect(await heldAfterHundred(make, (element) => (element as ImMessage).updateComplete)).to.deep.equal(nothingHeld);
    expect(client.listeners).to.equal(0);
  });
});
