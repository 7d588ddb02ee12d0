import { expect, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { openViewer } from '../../../src/elements/viewer/open-viewer.js';
import type { ImViewer } from '../../../src/elements/viewer/viewer.js';
import { moved, whole, zoomed } from '../../../src/elements/viewer/zoom.js';
import type { Message } from '../../../src/protocol/message.js';
import { fileOf, imageOf, makePicture } from '../../helpers/media.js';
import { box, client, id, setStage, until } from '../../helpers/shown-body.js';

let viewer: ImViewer;
let button: HTMLButtonElement;

const part = <E extends Element = HTMLElement>(selector: string): E => viewer.shadowRoot!.querySelector<E>(selector)!;
const shown = (): string | undefined => viewer.message?.file?.name;
const nameOf = (account: string): string => account.toUpperCase();

async function open(message: Message): Promise<void> {
  button = document.createElement('button');
  box.append(button);
  button.focus();
  openViewer(message, button, { client, nameOf });
  await until(() => document.querySelector('im-viewer')?.shadowRoot?.querySelector('dialog[open]'), 'open');
  viewer = document.querySelector('im-viewer')!;
  await viewer.updateComplete;
}

async function press(key: string): Promise<void> {
  await sendKeys({ press: key });
  await viewer.updateComplete;
}

describe('im-viewer', function () {
  this.timeout(60_000);
  beforeEach(async () => {
    await setStage();
    for (const [name, w, h] of [
      ['one', 400, 300],
      ['two', 300, 400],
      ['three', 500, 200],
    ] as const) {
      client.files.set(`/files/${name}`, await makePicture(w / 10, h / 10));
      client.receive(id, imageOf(name, w, h));
      client.receive(id, { content: 'a text between' });
    }
  });
  afterEach(() => document.querySelector('im-viewer')?.remove());

  it('shows one, goes to the others by keys, and gives the focus back', async () => {
    const messages = client.timeline(id).messages;
    await open({ ...messages[2]!, content: 'The second' });
    await until(() => part('.frame img'), 'the picture');
    expect(part('.count').textContent.trim()).to.equal('2 of 3');
    expect(part('.caption').textContent).to.equal('The second');
    expect(part('.who bdi').textContent).to.equal('BOB');
    await expect(viewer).to.be.accessible();
    await press('ArrowRight');
    expect(shown()).to.equal('three.png');
    await press('ArrowRight');
    expect(shown()).to.equal('three.png');
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(shown()).to.equal('one.png');
    await press('Escape');
    await until(() => !viewer.isConnected, 'closed');
    expect(document.activeElement).to.equal(button);
  });

  it('goes the other way where one reads the other way', async () => {
    viewer = document.createElement('im-viewer');
    await open(client.timeline(id).messages[2]!);
    viewer.dir = 'rtl';
    await nextFrame();
    await press('ArrowLeft');
    expect(shown()).to.equal('three.png');
  });

  it('asks for older ones before the first', async () => {
    client.older.set(id, [client.message(id, imageOf('older', 100, 100)), client.message(id, { content: 'text' })]);
    client.pageSize = 1;
    client.setTimeline(id, { hasOlder: true });
    await open(client.timeline(id).messages[0]!);
    await press('ArrowLeft');
    await until(() => shown() === 'older.png', 'older');
  });

  it('enlarges by keys, wheel and double click, and lets nobody lose the picture', async () => {
    await open(client.timeline(id).messages[0]!);
    await until(() => part<HTMLImageElement>('.frame img')?.complete, 'the picture');
    const scale = (): number => Number(part('.stage').style.getPropertyValue('--_view-scale'));
    await press('+');
    expect(scale()).to.equal(1.5);
    await press('-');
    expect(scale()).to.equal(1);
    part('.stage').dispatchEvent(new MouseEvent('dblclick', { clientX: 100, clientY: 100 }));
    await viewer.updateComplete;
    expect(scale()).to.equal(2.5);
    await press('0');
    expect(scale()).to.equal(1);
    part('.stage').dispatchEvent(new WheelEvent('wheel', { deltaY: -400, cancelable: true }));
    await viewer.updateComplete;
    expect(scale()).to.be.closeTo(Math.E, 0.01);
  });

  it('says that one could not be loaded, and tries again', async () => {
    await open(client.message(id, imageOf('gone', 10, 10)));
    await until(() => part('.state button'), 'failed');
    client.files.set('/files/gone', await makePicture(10, 10));
    part('.state button').click();
    await until(() => part('.frame img'), 'there');
  });

  it('shows a film with its controls, and does not start it', async () => {
    client.files.set('/files/film', new URL('../../fixtures/film.webm', import.meta.url).href);
    await open(client.message(id, { type: 'video', file: fileOf('/files/film', { w: 160, h: 90 }) }));
    await until(() => part('video'), 'the film');
    const film = part<HTMLVideoElement>('video');
    expect([film.controls, film.autoplay]).to.deep.equal([true, false]);
  });

  it('reckons: what is under the pointer stays there, and a picture stays in its stage', () => {
    const at = { x: 100, y: -50 };
    const view = zoomed(whole, 2, at);
    expect(view).to.deep.equal({ scale: 2, x: -100, y: 50 });
    expect(zoomed(view, 0.1, at)).to.deep.equal(whole);
    const size = { width: 300, height: 200 };
    expect(moved(view, -10_000, 10_000, size, size)).to.deep.equal({ scale: 2, x: -150, y: 100 });
    expect(moved(whole, 50, 50, size, size)).to.deep.equal(whole);
  });
});
