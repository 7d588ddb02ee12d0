import { expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import '../../../src/define.js';
import type { ImLauncher } from '../../../src/elements/launcher/launcher.js';
import { accents, contrastOf } from '../../helpers/contrast.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { changedByHostilePage } from '../../helpers/hostile.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';

function busy(): FakeClient {
  const client = new FakeClient();
  client.add('p2p-bob', { unread: 3 });
  client.add('p2p-mia', { unread: 4, muted: true });
  return client;
}

async function mount(client = busy(), placement = 'bottom-end'): Promise<ImLauncher> {
  const box = await fixture<HTMLElement>(
    html`<div lang="en"><im-launcher theme="light" placement=${placement} .client=${client}></im-launcher></div>`,
  );
  const launcher = box.querySelector('im-launcher')!;
  await launcher.updateComplete;
  return launcher;
}

const part = (launcher: ImLauncher, name: string): HTMLElement =>
  launcher.shadowRoot!.querySelector<HTMLElement>(`[part=${name}]`)!;

describe('im-launcher', () => {
  it('is accessible, closed and open', async () => {
    const launcher = await mount();
    await expect(launcher).to.be.accessible();
    launcher.open = true;
    await launcher.updateComplete;
    await expect(launcher).to.be.accessible();
  });

  it('holds nothing once it is gone, open or closed', async () => {
    const client = busy();
    let open = false;
    const make = (): Element => Object.assign(document.createElement('im-launcher'), { client, open: (open = !open) });
    const held = await heldAfterHundred(make, (element) => (element as ImLauncher).updateComplete);
    expect(held).to.deep.equal(nothingHeld);
    expect(client.listeners).to.equal(0);
    expect(client.watched).to.equal(0);
    expect(document.documentElement.style.overflow).to.equal('');
  });

  it('shows how much is unread, without what is muted', async () => {
    const client = busy();
    const launcher = await mount(client);
    expect(part(launcher, 'badge').textContent).to.equal('3');
    expect(part(launcher, 'button').getAttribute('aria-label')).to.equal('Open the chat, 3 unread messages');
    client.set('p2p-bob', { unread: 100 });
    await launcher.updateComplete;
    expect(part(launcher, 'badge').textContent).to.equal('99+');
    client.set('p2p-bob', { unread: 0 });
    await launcher.updateComplete;
    expect(part(launcher, 'badge')).to.not.exist;
  });

  it('opens and closes by keyboard; the focus goes along and comes back', async () => {
    const launcher = await mount();
    part(launcher, 'button').focus();
    const opened = oneEvent(launcher, 'im-open');
    await sendKeys({ press: 'Enter' });
    await opened;
    expect(launcher.open).to.equal(true);
    expect(launcher.hasAttribute('open')).to.equal(true);
    await waitUntil(() => launcher.shadowRoot!.activeElement === part(launcher, 'panel'));
    const closed = oneEvent(launcher, 'im-close');
    await sendKeys({ press: 'Escape' });
    await closed;
    await waitUntil(() => launcher.shadowRoot!.activeElement === part(launcher, 'button'));
    expect(part(launcher, 'panel')).to.not.exist;
  });

  it('Escape that means something inside does not close it', async () => {
    const launcher = await mount();
    launcher.open = true;
    await launcher.updateComplete;
    const messenger = launcher.shadowRoot!.querySelector('im-messenger')!;
    await messenger.updateComplete;
    const list = messenger.shadowRoot!.querySelector('im-conversation-list')!;
    list.shadowRoot!.querySelector('input')!.focus();
    await sendKeys({ type: 'bo' });
    await sendKeys({ press: 'Escape' });
    expect(launcher.open).to.equal(true);
    await sendKeys({ press: 'Escape' });
    expect(launcher.open).to.equal(false);
  });

  it('opened by the page, it leaves the focus where it is', async () => {
    const launcher = await mount();
    const opened = oneEvent(launcher, 'im-open');
    launcher.open = true;
    await opened;
    await launcher.updateComplete;
    expect(document.activeElement === document.body).to.equal(true);
  });

  it('is where one was when it is opened again', async () => {
    const launcher = await mount();
    launcher.open = true;
    await launcher.updateComplete;
    const messenger = launcher.shadowRoot!.querySelector('im-messenger')!;
    launcher.open = false;
    await launcher.updateComplete;
    expect(messenger.isConnected).to.equal(false);
    launcher.open = true;
    await launcher.updateComplete;
    expect(launcher.shadowRoot!.querySelector('im-messenger') === messenger).to.equal(true);
    expect(messenger.client === launcher.client).to.equal(true);
  });

  it('holds what the page puts into it', async () => {
    const launcher = await fixture<ImLauncher>(html`<im-launcher open><p id="own">Own</p></im-launcher>`);
    expect(launcher.querySelector<HTMLElement>('#own')!.assignedSlot).to.exist;
    expect(launcher.querySelector<HTMLElement>('#own')!.offsetHeight).to.be.greaterThan(0);
  });

  for (const [placement, vertical, horizontal] of [
    ['bottom-end', 'bottom', 'right'],
    ['bottom-start', 'bottom', 'left'],
    ['top-end', 'top', 'right'],
    ['top-start', 'top', 'left'],
  ] as const)
    it(`stands at ${placement}, its panel inside the window`, async () => {
      await setViewport({ width: 900, height: 700 });
      const launcher = await mount(busy(), placement);
      launcher.open = true;
      await launcher.updateComplete;
      const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
      const button = part(launcher, 'button').getBoundingClientRect();
      const edge = {
        top: button.top,
        left: button.left,
        bottom: view.height - button.bottom,
        right: view.width - button.right,
      };
      expect(edge[vertical]).to.be.closeTo(20, 1);
      expect(edge[horizontal]).to.be.closeTo(20, 1);
      const panel = part(launcher, 'panel');
      await Promise.all(panel.getAnimations().map((animation) => animation.finished));
      const { top, left, right, bottom } = panel.getBoundingClientRect();
      expect(Math.min(top, left, view.width - right, view.height - bottom)).to.be.at.least(19);
      expect(top >= button.bottom || bottom <= button.top).to.equal(true);
    });

  it('another placement is the usual one, and says so', async () => {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    try {
      await mount(busy(), 'left-ish');
    } finally {
      console.warn = warn;
    }
    expect(said).to.deep.equal([
      '<im-launcher>: placement="left-ish" is not known; it may be bottom-end, bottom-start, top-end, top-start. "bottom-end" is used.',
    ]);
  });

  it('on a small screen fills it, and the page behind does not scroll', async () => {
    // Small by its height: one of the engines cannot make its window narrow.
    await setViewport({ width: 600, height: 420 });
    try {
      await waitUntil(() => window.innerHeight <= 480);
      document.documentElement.style.overflow = 'clip';
      const launcher = await mount();
      launcher.open = true;
      await launcher.updateComplete;
      const panel = part(launcher, 'panel');
      await Promise.all(panel.getAnimations().map((animation) => animation.finished));
      // One engine looks at its media queries a frame after it was resized.
      await waitUntil(() => panel.getBoundingClientRect().top === 0);
      const { left, width, height } = panel.getBoundingClientRect();
      expect(left).to.equal(0);
      expect(width).to.be.closeTo(document.documentElement.clientWidth, 1);
      expect(height).to.be.closeTo(window.innerHeight, 1);
      expect(document.documentElement.style.overflow).to.equal('hidden');
      part(launcher, 'close').click();
      await launcher.updateComplete;
      expect(document.documentElement.style.overflow).to.equal('clip');
    } finally {
      document.documentElement.style.overflow = '';
      await setViewport({ width: 800, height: 600 });
    }
  });

  for (const theme of ['light', 'dark'] as const)
    for (const accent of accents)
      it(`is readable: ${theme}, accent ${accent}`, async () => {
        const launcher = await mount();
        launcher.theme = theme;
        launcher.style.setProperty('--im-color-accent', accent);
        await launcher.updateComplete;
        expect(contrastOf(part(launcher, 'badge'))).to.be.at.least(4.5);
        expect(contrastOf(part(launcher, 'button'))).to.be.at.least(4.5);
      });

  it('looks the same on a hostile page', async () => {
    const launcher = await mount();
    expect(changedByHostilePage(launcher)).to.deep.equal([]);
  });
});
