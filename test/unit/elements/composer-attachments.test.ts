import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/define.js';
import { accepts } from '../../../src/elements/composer/tools/accept.js';
import { formatSize } from '../../../src/elements/composer/tools/format-size.js';
import { pictureSize } from '../../../src/elements/composer/tools/media/picture-size.js';
import type { ImEvent } from '../../../src/elements/events.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { MountedComposer } from '../../helpers/mounted-composer.js';
import { claimedPicture, coloursOf, film, photograph, picture } from '../../helpers/page-pictures.js';
import { provideClient } from '../../helpers/provide-client.js';

const textFile = (name: string, content = 'hello'): File => new File([content], name, { type: 'text/plain' });
const carrying = (...files: File[]): DataTransfer => {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  return data;
};
const tiles = (it: MountedComposer): HTMLElement[] => [
  ...it.composer.shadowRoot!.querySelectorAll<HTMLElement>('.tray li'),
];
const labels = (it: MountedComposer): string[] =>
  tiles(it).map((tile) => tile.querySelector('.name, .visually-hidden')!.textContent);
const untilRead = (it: MountedComposer): Promise<void> =>
  waitUntil(() => tiles(it).length > 0 && !it.query('.reading'), 'still reading', { timeout: 9_000 });

describe('im-composer: attachments', function () {
  this.timeout(30_000);

  it('stages what is pasted, and leaves a pasted text alone', async () => {
    const it = await MountedComposer.mount();
    const paste = (data: DataTransfer): boolean => {
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
      // Firefox lets nobody put files into one that a script makes.
      Object.defineProperty(event, 'clipboardData', { value: data });
      return !it.area.dispatchEvent(event);
    };
    const both = carrying(textFile('office.txt'));
    both.setData('text/plain', 'the text itself');
    expect(paste(both)).to.equal(false);
    expect(paste(carrying(textFile('one.txt'), textFile('two.txt')))).to.equal(true);
    await waitUntil(() => tiles(it).length === 2);
    expect(labels(it)).to.deep.equal(['one.txt', 'two.txt']);
    await untilRead(it);
    await expect(it.composer).to.be.accessible();
  });

  it('stages what is dropped, with a cover while it is over the field', async () => {
    const it = await MountedComposer.mount();
    const drag = (type: string, init: DragEventInit = {}): boolean =>
      !it.area.dispatchEvent(
        new DragEvent(type, {
          dataTransfer: carrying(textFile('dropped.txt')),
          bubbles: true,
          composed: true,
          cancelable: true,
          ...init,
        }),
      );
    drag('dragenter');
    await it.seen('.drop-zone');
    expect(it.query('.drop-zone')!.textContent).to.include('Drop to attach');
    drag('dragleave', { clientX: -1, clientY: -1 });
    await it.gone('.drop-zone');
    drag('dragenter');
    await it.seen('.drop-zone');
    expect(drag('dragover'), 'only then a drop comes').to.equal(true);
    expect(drag('drop')).to.equal(true);
    await waitUntil(() => tiles(it).length === 1);
    expect(it.query('.drop-zone') === null).to.equal(true);
  });

  it('stages what is dropped on the messages of a window, which is covered as a whole', async () => {
    const client = new FakeClient();
    client.add('p2p-bob');
    const box = await fixture<HTMLElement>(html`<div lang="en"></div>`);
    provideClient(box, client);
    const chat = Object.assign(document.createElement('im-chat-window'), { conversation: 'p2p-bob' });
    box.append(chat);
    await waitUntil(() => chat.shadowRoot!.querySelector('im-composer')?.current === 'p2p-bob');
    const list = chat.shadowRoot!.querySelector('im-message-list')!;
    const composer = chat.shadowRoot!.querySelector('im-composer')!;
    const drag = (type: string, target: Element): boolean => {
      const dataTransfer = carrying(textFile('dropped.txt'));
      return !target.dispatchEvent(
        new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }),
      );
    };
    for (const target of [list, composer]) {
      drag('dragenter', target);
      await waitUntil(() => chat.shadowRoot!.querySelector('.drop-zone'));
      expect(composer.shadowRoot!.querySelector('.drop-zone') === null, 'one cover').to.equal(true);
      expect(drag('drop', target)).to.equal(true);
      await waitUntil(() => !chat.shadowRoot!.querySelector('.drop-zone'));
    }
    await waitUntil(() => composer.shadowRoot!.querySelectorAll('.tray li').length === 2);
  });

  it('stages what is picked in the menu, which the keyboard opens and walks', async () => {
    const it = await MountedComposer.mount();
    const button = it.query<HTMLButtonElement>('[part=attach]')!;
    button.focus();
    await sendKeys({ press: 'Enter' });
    const menu = await it.seen('[role=menu]');
    await waitUntil(() => it.composer.shadowRoot!.activeElement?.textContent?.includes('Photo or video'));
    await expect(it.composer).to.be.accessible();
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    await sendKeys({ press: 'ArrowDown' });
    expect(it.composer.shadowRoot!.activeElement!.textContent).to.include('File');
    const input = it.query<HTMLInputElement>('input.files')!;
    let opened = 0;
    input.click = () => opened++;
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => opened === 1 && !menu.isConnected);
    input.files = carrying(textFile('picked.txt')).files;
    input.dispatchEvent(new Event('change'));
    await waitUntil(() => tiles(it).length === 1);
    button.click();
    await it.seen('[role=menu]');
    expect(it.key('Escape', {}, it.query('[role=menuitem]')!)).to.equal(true);
    await it.gone('[role=menu]');
  });

  it('sends them one after the other with what is known of each, then the text', async () => {
    const it = await MountedComposer.mount();
    await it.composer.attach([await picture('wide.png', 'image/png', 800, 200), textFile('notes.txt')]);
    await untilRead(it);
    await it.type('There they are');
    it.key('Enter');
    await waitUntil(() => it.calls('send').length === 1);
    expect(it.client.calls.filter((call) => call.startsWith('send'))).to.deep.equal([
      'sendFile p2p-bob image wide.png',
      'sendFile p2p-bob file notes.txt',
      'send p2p-bob There they are',
    ]);
    const [first, second] = it.client.sentFiles;
    expect(first!.draft).to.deep.equal({ type: 'image', name: 'wide.png', w: 800, h: 200 });
    const thumbnail = await coloursOf(first!.thumbnail!);
    expect([thumbnail.w, thumbnail.h, thumbnail.left]).to.deep.equal([320, 80, 'red']);
    expect(first!.thumbnail!.type).to.match(/^image\/(webp|jpeg)$/);
    expect(second!.draft).to.deep.equal({ type: 'file', name: 'notes.txt' });
    expect(second!.thumbnail).to.equal(undefined);
    await it.gone('.tray');
    expect(it.query<HTMLButtonElement>('.send')!.disabled).to.equal(true);
  });

  it('turns a photograph as it was taken', async () => {
    const it = await MountedComposer.mount();
    await it.composer.attach([await photograph('portrait.jpg', 640, 480)]);
    await untilRead(it);
    await it.composer.send();
    const [sent] = it.client.sentFiles;
    expect(sent!.draft).to.deep.include({ type: 'image', w: 480, h: 640 });
    expect(await coloursOf(sent!.thumbnail!)).to.deep.include({ w: 240, h: 320, top: 'red' });
  });

  it('takes a poster and the length from a film, where the engine plays it', async () => {
    const shot = await film('clip.webm');
    if (!shot) return;
    const it = await MountedComposer.mount();
    await it.composer.attach([shot]);
    await untilRead(it);
    await it.composer.send();
    const [sent] = it.client.sentFiles;
    expect(sent!.draft).to.deep.include({ type: 'video', w: 320, h: 180 });
    expect(sent!.draft.duration).to.be.within(100, 5_000);
    expect((await coloursOf(sent!.thumbnail!)).w).to.equal(320);
  });

  it('sends as a file what is no picture to a browser: an SVG, a damaged one, one that would unfold to gigabytes', async () => {
    const it = await MountedComposer.mount();
    const svg = new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'drawing.svg', { type: 'image/svg+xml' });
    const broken = new File(['not a picture'], 'broken.png', { type: 'image/png' });
    await it.composer.attach([svg, broken, claimedPicture('bomb.png', 30_000, 30_000)]);
    await untilRead(it);
    await it.composer.send();
    expect(it.client.sentFiles.map(({ draft }) => draft.type)).to.deep.equal(['file', 'file', 'file']);
  });

  it('sends a picture as a file when asked to, and removes what is not wanted', async () => {
    const it = await MountedComposer.mount();
    await it.composer.attach([await picture('a.png'), await picture('b.png')]);
    await untilRead(it);
    expect(it.query('.tile canvas') !== null, 'it is shown').to.equal(true);
    it.query<HTMLButtonElement>('.how')!.click();
    tiles(it)[1]!.querySelector<HTMLButtonElement>('.remove')!.click();
    await waitUntil(() => tiles(it).length === 1);
    await it.composer.send();
    expect(it.calls('sendFile')).to.deep.equal(['sendFile p2p-bob file a.png']);
    expect(it.client.sentFiles[0]!.thumbnail).to.equal(undefined);
  });

  it('says limits in words before anything is sent: the page’s, the server’s, the kind, nothing in it, no uploads at all', async () => {
    const it = await MountedComposer.mount();
    it.composer.maxFileSize = 1_024;
    await it.composer.attach([textFile('big.txt', 'x'.repeat(2_000)), textFile('small.txt')]);
    await waitUntil(() => it.note !== '');
    expect(it.note).to.equal('“big.txt” is larger than 1 kB.');
    expect(labels(it)).to.deep.equal(['small.txt']);
    it.client.features = { ...it.client.features, maxFileBytes: 100 };
    await it.composer.attach([textFile('more.txt', 'x'.repeat(200)), textFile('empty.txt', '')]);
    await waitUntil(() => it.note.includes('more.txt'));
    expect(it.note).to.equal('“more.txt” is larger than 100 bytes. “empty.txt” is empty.');
    it.composer.accept = 'image/*';
    await it.composer.attach([textFile('notes.txt')]);
    await waitUntil(() => it.note.includes('notes.txt'));
    expect(it.note).to.equal('“notes.txt” is of a kind that cannot be sent here.');
    it.composer.accept = undefined;
    Object.assign(it.client, { sendFile: undefined });
    await it.composer.attach([textFile('x.txt')]);
    await waitUntil(() => it.note === 'Files cannot be sent here.');
    expect(it.client.sentFiles).to.deep.equal([]);
  });

  it('asks the page for each, and keeps what it refuses and what fails, in order', async () => {
    const it = await MountedComposer.mount();
    const asked: string[] = [];
    it.composer.addEventListener('im-before-send', (event: ImEvent<'im-before-send'>) => {
      const { name } = event.detail.message as { name?: string };
      asked.push(`${event.detail.message.type} ${name ?? ''}`);
      if (name === 'two.txt') event.preventDefault();
    });
    await it.composer.attach(['one.txt', 'two.txt', 'three.txt'].map((name) => textFile(name)));
    await untilRead(it);
    await it.type('text');
    await it.composer.send();
    expect(asked).to.deep.equal(['file one.txt', 'file two.txt']);
    expect(labels(it)).to.deep.equal(['two.txt', 'three.txt']);
    expect(it.composer.value).to.equal('text');
    it.query<HTMLButtonElement>('.remove')!.click();
    it.client.sendFile = () => Promise.reject(Object.assign(new Error('full'), { code: 503 }));
    await it.composer.send();
    expect(it.note).to.equal('The server is busy. It will be tried again.');
    expect(labels(it)).to.deep.equal(['three.txt']);
  });

  it('keeps them with their conversation', async () => {
    const it = await MountedComposer.mount();
    await it.composer.attach([textFile('for-bob.txt')]);
    await untilRead(it);
    it.composer.conversation = 'group-trip';
    await it.gone('.tray');
    it.composer.conversation = 'p2p-bob';
    await it.seen('.tray');
    expect(labels(it)).to.deep.equal(['for-bob.txt']);
  });

  it('gives back every object URL', async () => {
    const held = new Set<string>();
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      const url = createObjectURL.call(URL, blob);
      held.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => (held.delete(url), revokeObjectURL.call(URL, url));
    try {
      const it = await MountedComposer.mount();
      const shot = await film('clip.webm', 150);
      const broken = new File(['nothing'], 'broken.mp4', { type: 'video/mp4' });
      await it.composer.attach([await picture('a.png'), broken, ...(shot ? [shot] : [])]);
      await untilRead(it);
      await it.composer.send();
      expect([...held]).to.deep.equal([]);
    } finally {
      Object.assign(URL, { createObjectURL, revokeObjectURL });
    }
  });
});

describe('what is read of files', () => {
  it('a picture’s size from its header', async () => {
    for (const type of ['image/png', 'image/jpeg', 'image/webp', 'image/bmp']) {
      const file = await picture('x', type, 70, 50);
      if (file.type === type) expect(await pictureSize(file), type).to.deep.equal({ w: 70, h: 50 });
    }
    expect(await pictureSize(await photograph('x', 70, 50))).to.deep.equal({ w: 70, h: 50 });
    expect(await pictureSize(claimedPicture('x', 30_000, 20_000))).to.deep.equal({ w: 30_000, h: 20_000 });
    const gif = new Blob([new Uint8Array([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 44, 1, 200, 0, 0, 0, 0])]);
    expect(await pictureSize(gif)).to.deep.equal({ w: 300, h: 200 });
    expect(await pictureSize(new Blob(['text that is no picture']))).to.equal(undefined);
    expect(await pictureSize(new Blob([]))).to.equal(undefined);
  });

  it('whether it fits an accept attribute', () => {
    const pdf = { name: 'A.PDF', type: 'application/pdf' };
    for (const accept of [undefined, '', '.pdf', 'image/*, application/pdf', '*/*', 'application/*'])
      expect(accepts(accept, pdf), accept).to.equal(true);
    for (const accept of ['.doc', 'image/*', 'application/zip']) expect(accepts(accept, pdf), accept).to.equal(false);
  });

  it('its size in words', () => {
    expect([0, 999, 1_536, 1_468_006, 5e9].map((bytes) => formatSize('en', bytes))).to.deep.equal([
      '0 bytes',
      '999 bytes',
      '2 kB',
      '1.4 MB',
      '4.7 GB',
    ]);
    expect(formatSize('ar', 1_468_006)).to.match(/1\.4/);
  });
});
