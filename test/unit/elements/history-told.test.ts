import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../../src/define.js';
import { setSound } from '../../../src/client/preferences.js';
import { ring } from '../../../src/elements/history/sound.js';
import { FakeClient } from '../../helpers/fake-client.js';

const id = 'p2p-bob';

describe('the number in the title', () => {
  const title = document.title;
  afterEach(() => (document.title = title));

  async function mount(client: FakeClient): Promise<HTMLElementTagNameMap['im-connection']> {
    const element = await fixture<HTMLElementTagNameMap['im-connection']>(
      html`<im-connection title-badge .client=${client}></im-connection>`,
    );
    return element;
  }
  const reads = (text: string): Promise<void> =>
    waitUntil(() => document.title === text, `"${text}", not "${document.title}"`);

  it('stands there while something is unread, and goes with the element', async () => {
    document.title = 'The page';
    const client = new FakeClient();
    client.add(id, { unread: 3 });
    const element = await mount(client);
    await reads('(3) The page');
    client.set(id, { unread: 120 });
    await reads('(99+) The page');
    client.set(id, { unread: 0 });
    await reads('The page');
    client.set(id, { unread: 1 });
    await reads('(1) The page');
    element.remove();
    await reads('The page');
  });

  it('stands before whatever title the page sets meanwhile', async () => {
    document.title = 'First';
    const client = new FakeClient();
    client.add(id, { unread: 2 });
    const element = await mount(client);
    await reads('(2) First');
    document.title = 'Second';
    client.set(id, { unread: 4 });
    await reads('(4) Second');
    element.client = undefined;
    await reads('Second');
  });

  it('is the sum of two connections’, and is put on the icon of an installed page', async () => {
    document.title = 'Both';
    const badges: number[] = [];
    const before = (navigator as { setAppBadge?: unknown }).setAppBadge;
    Object.defineProperty(navigator, 'setAppBadge', {
      configurable: true,
      value: (count: number) => {
        badges.push(count);
        return Promise.resolve();
      },
    });
    try {
      const [one, two] = [new FakeClient('alice'), new FakeClient('carol')];
      one.add(id, { unread: 2 });
      two.add(id, { unread: 5 });
      const [a, b] = [await mount(one), await mount(two)];
      await reads('(7) Both');
      expect(badges.at(-1)).to.equal(7);
      a.remove();
      await reads('(5) Both');
      b.remove();
      await reads('Both');
    } finally {
      Object.defineProperty(navigator, 'setAppBadge', { configurable: true, value: before });
    }
  });
});

describe('the sound', () => {
  const RealContext = globalThis.AudioContext;
  let tones = 0;
  class SilentContext {
    currentTime = 0;
    destination = {};
    resume = (): Promise<void> => Promise.resolve();
    createGain = () => ({
      gain: { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined },
      connect: (next: unknown) => next,
    });
    createOscillator = () => ({
      frequency: { value: 0 },
      connect: (next: unknown) => next,
      start: () => void tones++,
      stop: () => undefined,
    });
  }

  before(() => Object.assign(globalThis, { AudioContext: SilentContext }));
  after(() => Object.assign(globalThis, { AudioContext: RealContext }));
  beforeEach(() => (tones = 0));
  afterEach(() => setSound('alice', true));

  async function mount(client: FakeClient): Promise<HTMLElementTagNameMap['im-connection']> {
    const element = await fixture<HTMLElementTagNameMap['im-connection']>(html`<im-connection></im-connection>`);
    element.client = client;
    await element.updateComplete;
    return element;
  }

  it('is made of a message that nobody looks at, unless the page or the person wants none', async () => {
    // Browsers make no sound on a page that nobody has touched.
    await sendMouse({ type: 'click', position: [5, 5] });
    const client = new FakeClient();
    client.add(id);
    const element = await mount(client);
    const message = client.message(id);
    client.emit('notify', { message });
    await waitUntil(() => tones === 2, 'two notes');
    element.sound = 'off';
    client.emit('notify', { message });
    await nextFrame();
    element.sound = 'on';
    element.addEventListener('im-notify', (event) => event.preventDefault(), { once: true });
    client.emit('notify', { message });
    setSound('alice', false);
    expect(ring('alice')).to.equal(false);
    setSound('alice', true);
    client.emit('notify', { message });
    await waitUntil(() => tones === 4, 'two more');
  });
});
