import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { ImComposer } from '../../../src/elements/composer/composer.js';
import type { ImEvent } from '../../../src/elements/events.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { changedByHostilePage } from '../../helpers/hostile.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';
import { provideClient } from '../../helpers/provide-client.js';

if (!customElements.get('im-composer')) customElements.define('im-composer', ImComposer);

const id = 'p2p-bob';
let client: FakeClient;
let composer: ImComposer;
let provider: ReturnType<typeof provideClient>;

const area = (): HTMLTextAreaElement => composer.shadowRoot!.querySelector('textarea')!;
const button = (): HTMLButtonElement => composer.shadowRoot!.querySelector('.send')!;
const note = (): string => composer.shadowRoot!.querySelector('.note')!.textContent.replace(/\s+/g, ' ').trim();
const sent = (): string[] => client.calls.filter((call) => call.startsWith('send '));
const calls = (name: string): string[] => client.calls.filter((call) => call.startsWith(`${name} `));

async function mount(draft?: string): Promise<void> {
  client = new FakeClient();
  client.add(id, draft === undefined ? {} : { draft });
  client.add('p2p-carol', { draft: 'for Carol' });
  const box = await fixture<HTMLElement>(html`<div lang="en"></div>`);
  provider = provideClient(box, client);
  composer = document.createElement('im-composer');
  composer.conversation = id;
  box.append(composer);
  await composer.updateComplete;
}

async function type(text: string): Promise<void> {
  area().value = text;
  area().dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await composer.updateComplete;
}

function enter(options: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', {
    key: 'Enter',
    bubbles: true,
    composed: true,
    cancelable: true,
    ...options,
  });
  return !area().dispatchEvent(event);
}

describe('im-composer', function () {
  // A hundred rounds, and scrolls frame by frame, on a machine that may be busy.
  this.timeout(60_000);

  it('is accessible', async () => {
    await mount();
    await expect(composer).to.be.accessible();
    await type('x'.repeat(5_003));
    await expect(composer).to.be.accessible();
  });

  it('sends with Enter by a real keyboard, and keeps the keyboard', async () => {
    await mount();
    expect(composer.shadowRoot!.activeElement === null, 'nothing takes the focus by itself').to.equal(true);
    composer.focus();
    await sendKeys({ type: 'Hello' });
    expect(button().disabled).to.equal(false);
    await sendKeys({ press: 'Enter' });
    expect(sent()).to.deep.equal(['send p2p-bob Hello']);
    await waitUntil(() => area().value === '');
    expect(composer.shadowRoot!.activeElement === area()).to.equal(true);
    expect(button().disabled).to.equal(true);
  });

  it('breaks the line with Shift+Enter', async () => {
    await mount();
    composer.focus();
    await sendKeys({ type: 'a' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ type: 'b' });
    expect(composer.value).to.equal('a\nb');
    expect(sent()).to.deep.equal([]);
  });

  it('sends with the button, and the keyboard stays in the field', async () => {
    await mount();
    composer.focus();
    await sendKeys({ type: 'Hi' });
    const { x, y, width, height } = button().getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
    await waitUntil(() => sent().length === 1);
    expect(composer.shadowRoot!.activeElement === area()).to.equal(true);
  });

  it('sends nothing that is empty', async () => {
    await mount();
    for (const text of ['', '   ', '\n\n', '\u0000']) {
      await type(text);
      expect(button().disabled).to.equal(true);
      enter();
    }
    expect(sent()).to.deep.equal([]);
  });

  it('sends what a store can hold: no blank lines round it, no NUL, no half character', async () => {
    await mount();
    await type('\n \n  code\n\u0000\ud800 😀\n\n');
    enter();
    expect(sent()).to.deep.equal(['send p2p-bob   code\n\ufffd 😀']);
  });

  describe('with an input method', () => {
    const compose = (kind: 'start' | 'end'): void => {
      area().dispatchEvent(new CompositionEvent(`composition${kind}`, { bubbles: true, composed: true }));
    };
    const keyUp = (): void => {
      area().dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter', bubbles: true, composed: true }));
    };

    it('does not send with the Enter that ends a composition, in the order of Chromium and Firefox', async () => {
      await mount();
      compose('start');
      await type('你好');
      expect(enter({ isComposing: true, keyCode: 229 })).to.equal(false);
      compose('end');
      keyUp();
      expect(sent()).to.deep.equal([]);
      expect(enter()).to.equal(true);
      expect(sent()).to.deep.equal(['send p2p-bob 你好']);
    });

    it('does not send with it in the order of Safari, which reports the key after the composition', async () => {
      await mount();
      compose('start');
      await type('你好');
      compose('end');
      expect(enter({ keyCode: 229 })).to.equal(false);
      expect(enter({ keyCode: 13 })).to.equal(false);
      keyUp();
      expect(sent()).to.deep.equal([]);
      enter({ keyCode: 13 });
      expect(sent()).to.deep.equal(['send p2p-bob 你好']);
    });

    it('does not send where only the key code tells', async () => {
      await mount();
      await type('にほん');
      expect(enter({ keyCode: 229 })).to.equal(false);
      expect(sent()).to.deep.equal([]);
    });
  });

  it('asks the page first, which may refuse or change the message', async () => {
    await mount();
    const refuse = (event: Event): void => event.preventDefault();
    composer.addEventListener('im-before-send', refuse);
    await type('Hello');
    enter();
    expect(sent()).to.deep.equal([]);
    expect(composer.value, 'what was written stays').to.equal('Hello');
    composer.removeEventListener('im-before-send', refuse);
    composer.addEventListener('im-before-send', (event: ImEvent<'im-before-send'>) => {
      expect(event.detail.conversationId).to.equal(id);
      event.detail.message = { ...event.detail.message, content: event.detail.message.content!.toUpperCase() };
    });
    enter();
    expect(sent()).to.deep.equal(['send p2p-bob HELLO']);
  });

  it('keeps the text and says why when it cannot be sent', async () => {
    await mount();
    client.send = () => Promise.reject(Object.assign(new Error('full'), { code: 503 }));
    await type('Hello');
    enter();
    await waitUntil(() => note() !== '');
    expect(note()).to.equal('The server is busy. It will be tried again.');
    expect(area().value).to.equal('Hello');
    expect(client.conversation(id)!.draft).to.equal('Hello');
    await type('Hello!');
    expect(note()).to.equal('');
  });

  it('loses nothing that is written while a failing message is on its way', async () => {
    await mount();
    let refuse = (_: Error): void => undefined;
    client.send = () => new Promise((_, reject) => (refuse = reject));
    await type('first');
    enter();
    await type('second');
    expect(calls('setDraft').at(-1), 'what is written meanwhile is kept at once').to.equal('setDraft p2p-bob second');
    refuse(new Error('no'));
    await waitUntil(() => area().value === 'first\nsecond');
    expect(client.conversation(id)!.draft).to.equal('first\nsecond');
  });

  it('counts near the limit, and beyond it sends nothing and cuts nothing off', async () => {
    await mount();
    await type('x'.repeat(4_499));
    expect(note()).to.equal('');
    await type('x'.repeat(4_500));
    expect(note()).to.equal('4500 / 5000');
    await type('x'.repeat(5_002));
    expect(note()).to.equal('2 characters too many 5002 / 5000');
    expect(area().getAttribute('aria-invalid')).to.equal('true');
    expect(button().disabled).to.equal(true);
    enter();
    expect(sent()).to.deep.equal([]);
    expect(area().value.length).to.equal(5_002);
  });

  it('keeps a draft per conversation', async () => {
    await mount('not yet');
    expect(area().value).to.equal('not yet');
    await type('not yet done');
    expect(client.conversation(id)!.draft).to.equal('not yet done');
    composer.conversation = 'p2p-carol';
    await composer.updateComplete;
    expect(area().value).to.equal('for Carol');
    composer.conversation = id;
    await composer.updateComplete;
    expect(area().value).to.equal('not yet done');
    enter();
    await waitUntil(() => client.conversation(id)!.draft === '');
  });

  it('follows the draft of another tab while nothing else is written here', async () => {
    await mount('a');
    client.set(id, { draft: 'a from there' });
    await composer.updateComplete;
    expect(area().value).to.equal('a from there');
    await type('mine');
    client.set(id, { draft: 'mine' });
    client.set(id, { muted: true });
    await composer.updateComplete;
    expect(area().value).to.equal('mine');
  });

  it('tells the others that one writes, and that one stopped', async () => {
    await mount();
    await type('a');
    expect(calls('setTyping')).to.deep.equal(['setTyping p2p-bob true']);
    await type('');
    expect(calls('setTyping').at(-1)).to.equal('setTyping p2p-bob false');
    await type('b');
    enter();
    expect(calls('setTyping').at(-1)).to.equal('setTyping p2p-bob false');
    await type('c');
    area().dispatchEvent(new FocusEvent('blur'));
    expect(calls('setTyping').at(-1)).to.equal('setTyping p2p-bob false');
    await type('d');
    composer.conversation = 'p2p-carol';
    await composer.updateComplete;
    expect(calls('setTyping').at(-1)).to.equal('setTyping p2p-bob false');
  });

  it('grows from one line to eight', async () => {
    await mount();
    const height = (): number => composer.shadowRoot!.querySelector('.box')!.getBoundingClientRect().height;
    const one = height();
    expect(one).to.be.closeTo(40, 1);
    await type('1\n2\n3');
    expect(height()).to.be.closeTo(one + 44, 1);
    await type('1\n2\n3\n');
    expect(height(), 'a line that is still empty counts').to.be.closeTo(one + 66, 1);
    await type('x\n'.repeat(30));
    expect(height()).to.be.closeTo(one + 7 * 22, 1);
    await type('w'.repeat(3_000));
    expect(height()).to.be.closeTo(one + 7 * 22, 1);
    expect(area().clientHeight).to.be.at.most(height());
    expect(area().scrollHeight).to.be.above(area().clientHeight);
    await type('');
    expect(height()).to.equal(one);
  });

  it('cannot be used when disabled, or without a conversation', async () => {
    await mount();
    composer.disabled = true;
    await composer.updateComplete;
    expect(area().disabled).to.equal(true);
    composer.disabled = false;
    composer.conversation = undefined;
    await composer.updateComplete;
    expect(area().disabled).to.equal(true);
    provider.select('p2p-carol');
    await composer.updateComplete;
    expect(area().disabled, 'it follows what is chosen').to.equal(false);
    expect(area().value).to.equal('for Carol');
    provider.setClient(undefined);
    await composer.updateComplete;
    expect(area().disabled).to.equal(true);
    expect(area().value, 'nothing of the one who left').to.equal('');
  });

  it('speaks the page’s language, and can be told what to say', async () => {
    await mount();
    composer.lang = 'zh-CN';
    await waitUntil(() => area().placeholder === '输入消息');
    expect(button().getAttribute('aria-label')).to.equal('发送');
    composer.placeholder = 'Ask us anything';
    await composer.updateComplete;
    expect(area().getAttribute('aria-label')).to.equal('Ask us anything');
  });

  it('looks the same on a page that styles everything', async () => {
    await mount('a draft');
    composer.style.cssText = 'display: block; width: 500px';
    expect(changedByHostilePage(composer)).to.deep.equal([]);
  });

  it('leaves nothing behind', async () => {
    await mount();
    provideClient(document.body, client);
    composer.remove();
    const make = (): Element => Object.assign(document.createElement('im-composer'), { conversation: id });
    expect(await heldAfterHundred(make, (element) => (element as ImComposer).updateComplete)).to.deep.equal(
      nothingHeld,
    );
    expect(client.listeners).to.equal(0);
  });
});
