import { expect, nextFrame } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../../src/elements/bodies/define.js';
import { player } from '../../../src/elements/bodies/player.js';
import { Albums } from '../../../src/elements/message-list/albums.js';
import type { ImMessage } from '../../../src/elements/message/message.js';
import type { Message } from '../../../src/protocol/message.js';
import { fileOf, imageOf, makePicture, makeVoice } from '../../helpers/media.js';
import { byId, client, id, list, noon, open, scroller, shown, until } from '../../helpers/message-list.js';

const picture = (n: number, fields: Partial<Message> = {}): Message =>
  client.message(id, { ...imageOf(`p${n}`, 400, 300), idClient: `p${n}`, time: noon + n * 1_000, ...fields });
const albums = (): HTMLElement[] => [...scroller().querySelectorAll<HTMLElement>('.album')];
const tilesOf = (album: HTMLElement): (string | undefined)[] =>
  [...album.querySelectorAll<ImMessage>('im-message')].map(({ message }) => message?.idClient);

async function put(...messages: Message[]): Promise<void> {
  const { messages: before } = client.timeline(id);
  const first = before.length + 1;
  const numbered = messages.map((message, i) => ({ ...message, seq: first + i }));
  client.setTimeline(id, { messages: [...before, ...numbered] });
  await list.updateComplete;
}

describe('pictures in a list', function () {
  this.timeout(60_000);

  it('that were sent together stand in a grid, each a message of its own', async () => {
    await open(3);
    await put(
      picture(1),
      picture(2),
      picture(3),
      picture(4, { content: 'a caption' }),
      picture(5, { time: noon + 200_000 }),
    );
    await until(() => albums().length === 1, 'an album');
    expect(tilesOf(albums()[0]!)).to.deep.equal(['p1', 'p2', 'p3']);
    const grid = albums()[0]!.querySelector('.grid')!.getBoundingClientRect();
    for (const tile of ['p1', 'p2', 'p3'].map(byId)) {
      const { left, right, top, bottom, width, height } = tile.getBoundingClientRect();
      expect(width * height, 'has its place').to.be.above(5_000);
      expect(
        left >= grid.left - 1 && right <= grid.right + 1 && top >= grid.top - 1 && bottom <= grid.bottom + 1,
      ).to.equal(true);
      const drawn = tile.shadowRoot!.querySelector('im-body')!.getBoundingClientRect();
      expect([drawn.width, drawn.height]).to.deep.equal([width, height]);
    }
    albums()[0]!.scrollIntoView();
    await expect(list).to.be.accessible();
  });

  it('keep what one reads where it is when they come late', async () => {
    await open(40);
    const { messages } = client.timeline(id);
    const mixed = messages.map((message, i) =>
      i % 3 === 0 ? { ...message, ...imageOf(`m${i}`, 300 + i, 200), content: '' } : message,
    );
    client.setTimeline(id, { messages: mixed });
    await list.updateComplete;
    scroller().scrollTop -= 1_500;
    await nextFrame();
    await until(() => shown().length > 3, 'rows');
    const tops = (): Map<string, number> =>
      new Map(shown().map((row) => [row.message!.idClient, row.getBoundingClientRect().top]));
    const before = tops();
    for (let i = 0; i < 40; i++) client.files.set(`/files/m${i}`, await makePicture(30, 20));
    client.link({ state: 'connected' });
    await until(
      () =>
        shown().some((row) =>
          row
            .shadowRoot!.querySelector('im-body')
            ?.shadowRoot?.querySelector('im-image-body')
            ?.shadowRoot?.querySelector('.loaded'),
        ),
      'loaded',
    );
    await nextFrame();
    for (const [key, top] of tops())
      if (before.has(key)) expect(Math.abs(top - before.get(key)!), key).to.be.at.most(1);
  });

  it('are walked through by arrow keys, one by one', async () => {
    await open(2);
    await put(picture(1), picture(2));
    await until(() => albums().length === 1, 'an album');
    scroller().focus();
    const press = async (key: string): Promise<string | undefined> => {
      (list.shadowRoot!.activeElement ?? scroller()).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
      );
      await nextFrame();
      await nextFrame();
      return (list.shadowRoot!.activeElement as ImMessage | null)?.message?.idClient;
    };
    expect(await press('End')).to.equal('p2');
    expect(await press('ArrowUp')).to.equal('p1');
    expect(await press('ArrowUp')).to.equal('m1');
  });

  it('make albums of ten at most, and begin anew at what is new', () => {
    const messages = Array.from({ length: 25 }, (_, i) => picture(i));
    const all = new Albums();
    const groups = (newAt: number): number[] => {
      all.use(messages, newAt);
      const heads = messages.map((_, i) => all.whole({ start: i, end: i + 1 }).start);
      return [...new Set(heads)];
    };
    expect(groups(-1)).to.deep.equal([0, 10, 20]);
    expect(groups(4)).to.deep.equal([0, 4, 14, 24]);
    expect(all.whole({ start: 6, end: 9 })).to.deep.equal({ start: 4, end: 14 });
  });
});

describe('a voice in a list', function () {
  this.timeout(60_000);

  it('plays on while its row goes, comes back, and others arrive', async () => {
    await open(60);
    client.files.set('/files/long', makeVoice(30));
    const voice = client.message(id, {
      idClient: 'voice',
      type: 'audio',
      file: fileOf('/files/long', { duration: 30_000 }),
    });
    await put(voice);
    await sendMouse({ type: 'click', position: [1, 1] });
    const play = (): HTMLElement | null | undefined =>
      byId('voice')
        ?.shadowRoot!.querySelector('im-body')
        ?.shadowRoot?.querySelector('im-audio-body')
        ?.shadowRoot?.querySelector('.play');
    await until(play, 'the voice');
    play()!.click();
    await until(() => player.hearing(voice).at > 0, 'plays');
    const { at } = player.hearing(voice);
    scroller().scrollTop = 0;
    await until(() => !byId('voice'), 'its row is gone');
    client.receive(id, { content: 'another' });
    await nextFrame();
    expect(player.hearing(voice).state).to.equal('playing');
    list.toEnd();
    await until(() => play()?.ariaLabel === 'Pause', 'is shown as playing');
    expect(player.hearing(voice).at).to.be.at.least(at);
    list.conversation = 'p2p-nobody';
    await until(() => player.hearing(voice).state === 'still', 'stops with its conversation');
  });
});
