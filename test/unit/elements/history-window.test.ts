import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/define.js';
import type { ImChatWindow } from '../../../src/elements/chat-window/chat-window.js';
import type { ImMessageList } from '../../../src/elements/message-list/message-list.js';
import { isWellFormed } from '../../../src/protocol/model.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { hostileStrings } from '../../helpers/hostile-strings.js';
import { provideClient } from '../../helpers/provide-client.js';

const id = 'p2p-bob';
const day = 86_400_000;
const now = new Date(2026, 5, 20, 14, 32).getTime();
const file = { url: '/files/1', name: 'Plan.pdf', size: 2_048, ext: 'pdf', mime: 'application/pdf' };
let client: FakeClient;

async function mount(count = 300, attributes: { lang?: string; dir?: string } = {}): Promise<ImChatWindow> {
  client = new FakeClient('alice', () => now);
  client.add(id, { name: 'Bob', lastSeq: count, readSeq: count });
  const said = Array.from({ length: count }, (_, i) =>
    client.message(id, {
      seq: i + 1,
      time: now - (count - 1 - i) * (day / 10),
      content: i % 50 === 7 ? `needle ${i}` : `message ${i}`,
      ...(i % 50 === 8 && { type: 'image', file: { ...file, w: 10, h: 10 } }),
      ...(i % 50 === 9 && { type: 'file', file }),
      ...(i % 50 === 10 && { content: `look at https://example.org/${i}` }),
    }),
  );
  client.said.set(id, said);
  client.setTimeline(id, { messages: said.slice(-50), hasOlder: count > 50 });
  const box = await fixture<HTMLElement>(html`<div></div>`);
  box.lang = attributes.lang ?? 'en';
  box.dir = attributes.dir ?? 'ltr';
  box.style.cssText = 'width: 360px; height: 500px';
  provideClient(box, client);
  const element = document.createElement('im-chat-window');
  element.style.height = '100%';
  element.now = () => now;
  element.conversation = id;
  box.append(element);
  await element.updateComplete;
  return element;
}

const find = <T extends HTMLElement>(element: Element, ...path: string[]): T | null =>
  path.reduce<Element | null>(
    (host, selector) => host?.shadowRoot?.querySelector(selector) ?? null,
    element,
  ) as T | null;
const seen = <T extends HTMLElement>(element: Element, ...path: string[]): Promise<T> =>
  waitUntil(() => find(element, ...path), path.join(' '), { timeout: 5_000 }).then(() => find<T>(element, ...path)!);
const list = (element: ImChatWindow): ImMessageList => find(element, 'im-message-list') as unknown as ImMessageList;

/** Opens the header's menu by the keyboard and chooses its item. */
async function choose(element: ImChatWindow, label: string): Promise<void> {
  (await seen(element, '[part=menu]')).focus();
  await sendKeys({ press: 'Enter' });
  await waitUntil(() => find(element, 'im-menu')?.shadowRoot?.activeElement, 'the menu has the keyboard', {
    timeout: 5_000,
  });
  const menu = find(element, 'im-menu')!;
  await expect(menu).to.be.accessible();
  const items = [...menu.shadowRoot!.querySelectorAll('button')];
  const at = items.findIndex(({ textContent }) => textContent.trim() === label);
  expect(at, label).to.be.at.least(0);
  for (let i = 0; i < at; i++) await sendKeys({ press: 'ArrowDown' });
  await sendKeys({ press: 'Enter' });
}
const shows = (element: ImChatWindow, seq: number): Promise<void> =>
  waitUntil(
    () => {
      const scroller = find(list(element), '.scroller')!;
      const message = [...scroller.querySelectorAll('im-message')].find((each) => each.message?.seq === seq);
      const [inner, outer] = [message?.getBoundingClientRect(), scroller.getBoundingClientRect()];
      return inner && inner.top >= outer.top && inner.bottom <= outer.bottom;
    },
    `message ${seq} is on screen`,
    { timeout: 5_000 },
  );

describe('the menu of the window', function () {
  this.timeout(30_000);

  it('searches the conversation from hit to hit, each shown in its place', async () => {
    const element = await mount();
    await choose(element, 'Search');
    const input = await seen<HTMLInputElement>(element, 'im-find-bar', 'input');
    await waitUntil(() => find(element, 'im-find-bar')!.shadowRoot!.activeElement === input);
    await sendKeys({ type: 'needle' });
    await shows(element, 258);
    const count = find(element, 'im-find-bar', '.count')!;
    expect(count.textContent.trim()).to.equal('1 of 6');
    await expect(find(element, 'im-find-bar')).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    await shows(element, 208);
    await sendKeys({ press: 'ArrowUp' });
    await shows(element, 158);
    expect(count.textContent.trim()).to.equal('3 of 6');
    await sendKeys({ press: 'ArrowDown' });
    await shows(element, 208);
    await sendKeys({ press: 'Escape' });
    expect(find(element, 'im-find-bar') === null).to.equal(true);
    expect(element.shadowRoot!.activeElement!.getAttribute('part')).to.equal('menu');
    await waitUntil(() => find(list(element), '.jump'), 'the button to the end is there');
  });

  it('jumps to a day', async () => {
    const element = await mount();
    await choose(element, 'Jump to a date');
    const input = await seen<HTMLInputElement>(element, 'im-date-jump', 'input');
    await expect(find(element, 'im-date-jump')).to.be.accessible();
    expect(input.max).to.equal('2026-06-20');
    input.value = '2026-06-01';
    find<HTMLButtonElement>(element, 'im-date-jump', 'button[type=submit]')!.click();
    const first = client.said.get(id)!.find(({ time }) => time >= new Date(2026, 5, 1).getTime())!;
    await shows(element, first.seq!);
    expect(find(element, 'im-date-jump') === null).to.equal(true);
  });

  it('shows pictures, files and addresses by month, each of which leads to its message', async () => {
    const element = await mount();
    await choose(element, 'Media and files');
    await seen(element, 'im-media-view', '.tile');
    const view = find(element, 'im-media-view')!;
    const months = (): string[] => [...view.shadowRoot!.querySelectorAll('h4')].map(({ textContent }) => textContent);
    expect(months()).to.deep.equal(['June 2026', 'May 2026']);
    await expect(view).to.be.accessible();
    expect(view.shadowRoot!.activeElement!.id).to.equal('tab-media');
    await sendKeys({ press: 'ArrowRight' });
    await seen(element, 'im-media-view', '.files .line');
    expect(find(view, '.name')!.textContent).to.equal('Plan.pdf');
    await sendKeys({ press: 'ArrowRight' });
    await seen(element, 'im-media-view', '.links .line');
    await expect(view).to.be.accessible();
    expect(find(view, '.name')!.textContent).to.equal('https://example.org/260');
    find(view, '.line')!.click();
    await shows(element, 261);
    expect(find(element, 'im-media-view') === null).to.equal(true);
  });

  it('pins and mutes', async () => {
    const element = await mount(3);
    await choose(element, 'Mute');
    await choose(element, 'Pin');
    expect(client.conversation(id)).to.include({ muted: true, pinned: true });
    await choose(element, 'Unmute');
    expect(client.conversation(id)).to.include({ muted: false });
  });

  it('is in Arabic from right to left, and stays inside', async () => {
    const element = await mount(20, { lang: 'ar', dir: 'rtl' });
    await waitUntil(() => element['localize'].tag.startsWith('ar'));
    await choose(element, 'الوسائط والملفات');
    const view = await seen(element, 'im-media-view');
    await waitUntil(() => find(view, 'h3')?.textContent === 'الوسائط والملفات');
    const [inner, outer] = [view.getBoundingClientRect(), element.getBoundingClientRect()];
    expect([inner.left, inner.right]).to.deep.equal([outer.left, outer.right]);
  });

  it('closes what it opened when another conversation is shown', async () => {
    const element = await mount(20);
    client.add('p2p-mia', { name: 'Mia' });
    await choose(element, 'Export');
    await seen(element, 'im-export-panel', '[data-json]');
    element.conversation = 'p2p-mia';
    await waitUntil(() => find(element, 'im-export-panel') === null);
  });
});

describe('an export', function () {
  this.timeout(30_000);

  /** What the panel hands to the browser for download. */
  async function exported(element: ImChatWindow, button: string): Promise<{ name: string; text: string }> {
    const made = URL.createObjectURL.bind(URL);
    const blobs: Blob[] = [];
    const names: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    URL.createObjectURL = (blob: Blob) => {
      blobs.push(blob);
      return made(blob);
    };
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      names.push(this.download);
    };
    try {
      (await seen(element, 'im-export-panel', button)).click();
      await waitUntil(() => blobs.length === 1 && names.length === 1, 'a file is made');
      return { name: names[0]!, text: await blobs[0]!.text() };
    } finally {
      URL.createObjectURL = made;
      HTMLAnchorElement.prototype.click = click;
    }
  }

  it('gives a program everything', async () => {
    const element = await mount(300);
    await choose(element, 'Export');
    const { name, text } = await exported(element, '[data-json]');
    expect(name).to.equal('p2p-bob.json');
    const { messages } = JSON.parse(text) as { messages: { seq: number }[] };
    expect(messages.map(({ seq }) => seq)).to.deep.equal(Array.from({ length: 300 }, (_, i) => i + 1));
    await waitUntil(() => find(element, 'im-export-panel', '[role=status]')!.textContent.includes('300'));
    await expect(find(element, 'im-export-panel')).to.be.accessible();
  });

  it('gives a reader a page that shows it all, and does nothing of what hostile text asks for', async () => {
    const element = await mount(3);
    const texts = [
      ...hostileStrings,
      '</style><script>owned()</script>',
      '"><img src=x onerror=owned()>',
      "' onload='owned()",
    ];
    client.said.set(
      id,
      texts.map((content, i) => client.message(id, { content, seq: i + 1, from: 'bob', time: now + i })),
    );
    client.set(id, { name: '<script>owned()</script>' });
    await choose(element, 'Export');
    const { name, text } = await exported(element, '[data-first]');
    expect(name).to.equal('p2p-bob.html');
    let owned = 0;
    Object.assign(window, { owned: () => owned++ });
    const frame = document.createElement('iframe');
    frame.src = URL.createObjectURL(new Blob([text], { type: 'text/html' }));
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
    const page = frame.contentDocument!;
    const shown = [...page.querySelectorAll('article p')].map((paragraph) => paragraph.textContent);
    const normal = (value: string): string => value.replace(/\r\n?/g, '\n').replaceAll('\0', '');
    expect(shown.map(normal).length).to.equal(texts.length);
    for (const [i, each] of texts.entries())
      if (isWellFormed(each) && !/[\r\0]/.test(each)) expect(shown[i]).to.equal(each);
    const tags = new Set([...page.body.querySelectorAll('*')].map(({ localName }) => localName));
    expect([...tags].sort()).to.deep.equal(['article', 'b', 'h1', 'h2', 'header', 'p', 'time']);
    expect(page.querySelectorAll('script, img, a').length).to.equal(0);
    const attributes = new Set([...page.body.querySelectorAll('*')].flatMap((each) => each.getAttributeNames()));
    expect([...attributes].sort()).to.deep.equal(['datetime', 'dir', 'id']);
    expect(owned).to.equal(0);
    frame.remove();
  });

  it('is stopped half way', async () => {
    const element = await mount(3);
    let aborted = false;
    client.exportConversation = (
      _id: string,
      onProgress?: (done: number, total: number) => void,
      signal?: AbortSignal,
    ) =>
      new Promise((_resolve, reject) => {
        onProgress?.(10, 100);
        signal?.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason as Error);
        });
      });
    await choose(element, 'Export');
    (await seen(element, 'im-export-panel', '[data-json]')).click();
    const cancel = await seen(element, 'im-export-panel', '[data-cancel]');
    expect(find<HTMLProgressElement>(element, 'im-export-panel', 'progress')!.value).to.equal(10);
    await expect(find(element, 'im-export-panel')).to.be.accessible();
    cancel.click();
    await seen(element, 'im-export-panel', '[data-json]');
    expect(aborted).to.equal(true);
  });
});
