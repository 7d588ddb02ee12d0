import { expect, nextFrame } from '@open-wc/testing';
import { harmless } from '../../../src/elements/bodies/file-address.js';
import type { Message } from '../../../src/protocol/message.js';
import { hostileStrings } from '../../helpers/hostile-strings.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';
import { fileOf, imageOf, makePicture } from '../../helpers/media.js';
import { provideClient } from '../../helpers/provide-client.js';
import { bodyOf, box, client, find, id, setStage, show, until, voice } from '../../helpers/shown-body.js';
import { dangersOf, elementsIn } from '../security/shape.js';

describe('the body of', function () {
  this.timeout(60_000);
  beforeEach(setStage);

  describe('a picture', () => {
    it('has its place before it is there, and shows the small one', async () => {
      client.files.set('/files/small', await makePicture(64, 48));
      const { file } = imageOf('lake', 1200, 900);
      const element = await show({ type: 'image', file: { ...file!, thumbnail: '/files/small' } });
      const before = element.getBoundingClientRect().height;
      await until(() => find(element, '.picture.loaded'), 'loaded');
      expect(element.getBoundingClientRect().height).to.equal(before);
      const { width, height } = find(element, 'img').getBoundingClientRect();
      expect([width, height]).to.deep.equal([320, 240]);
      expect(find<HTMLImageElement>(element, 'img').alt).to.equal('[Picture]');
      expect(client.calls).to.contain('fileUrl /files/small thumbnail');
      await expect(element).to.be.accessible();
    });

    it('says that it could not be loaded, and loads it when asked again', async () => {
      const element = await show(imageOf('lake', 400, 300));
      const { height } = element.getBoundingClientRect();
      await until(() => find(element, '.retry'), 'failed');
      expect(element.getBoundingClientRect().height).to.equal(height);
      await expect(element).to.be.accessible();
      client.files.set('/files/lake', await makePicture(40, 30));
      find(element, '.retry').click();
      await until(() => find(element, '.picture.loaded'), 'loaded');
      expect(find(element, '.retry') === null).to.equal(true);
    });

    it('that could not be loaded is loaded when the connection has come back', async () => {
      const element = await show(imageOf('lake', 400, 300));
      await until(() => find(element, '.retry'), 'failed');
      client.files.set('/files/lake', await makePicture(40, 30));
      client.link({ state: 'connected' });
      await until(() => find(element, '.picture.loaded'), 'loaded');
    });

    it('shows how far its upload is, holds it back, goes on and gives it up', async () => {
      client.files.set('/files/lake', await makePicture(40, 30));
      const upload = { state: 'uploading', sent: 425, total: 1_000 } as const;
      const element = await show({
        ...imageOf('lake', 400, 300),
        from: 'alice',
        flow: 'out',
        status: 'sending',
        upload,
      });
      const { idClient } = element.message!;
      const bar = find(element, '[role=progressbar]');
      expect([bar.getAttribute('aria-valuenow'), bar.ariaLabel]).to.deep.equal(['42', 'Upload']);
      await expect(element).to.be.accessible();
      find(element, '.ring button').click();
      client.change(idClient, { upload: { ...upload, state: 'paused' } });
      await element.updateComplete;
      await bodyOf(element).updateComplete;
      find(element, '.ring button').click();
      find(element, '.cancel').click();
      expect(client.calls.filter((call) => call.includes(idClient))).to.deep.equal([
        `pauseUpload ${idClient}`,
        `resumeUpload ${idClient}`,
        `discard ${idClient}`,
      ]);
    });

    it('keeps what is shown while its upload ends', async () => {
      client.files.set('', await makePicture(40, 30));
      const upload = { state: 'uploading', sent: 1, total: 2 } as const;
      const picture = { ...imageOf('lake', 400, 300), file: { ...imageOf('lake', 400, 300).file!, url: '' } };
      const element = await show({ ...picture, from: 'alice', flow: 'out', status: 'sending', upload });
      await until(() => find(element, '.picture.loaded'), 'loaded');
      const image = find<HTMLImageElement>(element, 'img');
      const { src } = image;
      client.change(element.message!.idClient, { status: 'success', file: imageOf('lake', 400, 300).file! });
      await element.updateComplete;
      await bodyOf(element).updateComplete;
      expect(find(element, 'img')).to.equal(image);
      expect(image.src).to.equal(src);
    });
  });

  describe('a film', () => {
    it('has a poster and its length, and plays when asked, never by itself', async () => {
      client.files.set('/files/poster', await makePicture(64, 36));
      client.files.set('/files/film', new URL('../../fixtures/film.webm', import.meta.url).href);
      const file = fileOf('/files/film', { duration: 2_000, w: 1280, h: 720, thumbnail: '/files/poster' });
      const element = await show({ type: 'video', file });
      await until(() => find(element, '.picture.loaded'), 'poster');
      expect(find(element, '.pill').textContent).to.equal('0:02');
      expect(client.calls).not.to.contain('fileUrl /files/film file');
      await expect(element).to.be.accessible();
      const { height } = element.getBoundingClientRect();
      find(element, '.picture').click();
      await until(() => find(element, 'video'), 'the film');
      expect(element.getBoundingClientRect().height).to.equal(height);
      expect(find<HTMLVideoElement>(element, 'video').autoplay).to.equal(false);
    });
  });

  describe('a file', () => {
    it('says what it is, keeps the ending of its name in sight, and saves it', async () => {
      const name = `${'A very long name '.repeat(10)}— final.pdf`;
      const element = await show({ type: 'file', file: fileOf('/files/a', { name, ext: 'pdf', size: 2_100_000 }) });
      expect(find(element, '.icon-plate').textContent).to.equal('PDF');
      expect(find(element, '.end').textContent).to.match(/nal\.pdf$/);
      expect(find(element, '.size').textContent).to.equal('2.1 MB');
      await expect(element).to.be.accessible();
      client.files.set('/files/a', URL.createObjectURL(new Blob(['x'])));
      let saved = '';
      const click = HTMLAnchorElement.prototype.click;
      HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
        saved = this.download;
      };
      try {
        find(element, 'button').click();
        await until(() => saved, 'saved');
      } finally {
        HTMLAnchorElement.prototype.click = click;
      }
      expect(saved).to.equal(name);
      expect(client.calls).to.contain('fileUrl /files/a download');
    });

    it('cannot hide what it is', async () => {
      const element = await show({
        type: 'file',
        file: fileOf('/files/a', { name: 'photo_\u202egpj.exe', ext: 'exe' }),
      });
      expect(find(element, '.name').textContent).to.equal('photo_gpj.exe');
    });
  });

  describe('a place', () => {
    const location = { title: 'Camp', latitude: 46.55742, longitude: 8.56138 };

    it('is drawn without asking anybody', async () => {
      const element = await show({ type: 'location', location });
      expect(bodyOf(element).shadowRoot!.querySelectorAll('img').length).to.equal(0);
      expect(find(element, '.where').textContent).to.equal('46.55742, 8.56138');
      const link = find<HTMLAnchorElement>(element, 'a');
      expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
      expect(link.href).to.contain('mlat=46.55742');
      await expect(element).to.be.accessible();
    });

    it('has the pictures of the server that the page names, its own in the middle', async () => {
      const tile = await makePicture(256, 256);
      box.setAttribute('map-tiles', `${new URL(tile).origin}/tiles/{z}/{x}/{y}.png`);
      const element = await show({ type: 'location', location });
      const images = [...bodyOf(element).shadowRoot!.querySelectorAll('img')];
      expect(images.map(({ src }) => src.replace(/.*\/tiles\//, ''))).to.deep.equal([
        '15/17162/11583.png',
        '15/17163/11583.png',
        '15/17164/11583.png',
        '15/17162/11584.png',
        '15/17163/11584.png',
        '15/17164/11584.png',
      ]);
      const grid = find(element, '.tiles').getBoundingClientRect();
      const map = find(element, '.map').getBoundingClientRect();
      const x = (((location.longitude + 180) / 360) * 2 ** 15 - 17_162) * 256;
      expect(map.left + map.width / 2 - grid.left).to.be.closeTo(x, 1);
      // They are not there: it is drawn.
      await until(() => find(element, '.drawn'), 'drawn');
    });

    it('takes no pattern that leads elsewhere', async () => {
      for (const pattern of ['javascript:{x}{y}{z}', 'data:{x}/{y}/{z}', 'https://tiles.example/one.png', '']) {
        box.setAttribute('map-tiles', pattern);
        const element = await show({ type: 'location', location });
        expect(bodyOf(element).shadowRoot!.querySelectorAll('img').length, pattern).to.equal(0);
      }
    });
  });

  describe('a card', () => {
    it('shows what is as it should be, and answers', async () => {
      const content = JSON.stringify({
        kind: 'card',
        title: 'Which evening?',
        text: 7,
        image: 'http://insecure.example/x.png',
        buttons: [
          { label: 'Friday' },
          { label: 'Bad', href: 'javascript:owned()' },
          null,
          { label: 'Hut', href: 'https://hut.example/' },
        ],
      });
      const element = await show({ type: 'custom', content });
      const { shadowRoot } = bodyOf(element);
      expect(shadowRoot!.querySelector('img, .words') === null).to.equal(true);
      const actions = [...shadowRoot!.querySelectorAll<HTMLElement>('.action')];
      expect(actions.map(({ textContent }) => textContent.trim())).to.deep.equal(['Friday']);
      await expect(element).to.be.accessible();
      actions[0]!.click();
      expect(client.calls).to.contain(`send ${id} Friday`);
    });
  });

  describe('a red packet', () => {
    const packet = { kind: 'red-packet', greeting: 'Hello', amount: '¥ 5.20', shares: 1, fallback: 'A red packet' };

    it('is opened by a message of its own, and everybody sees that it is gone', async () => {
      const element = await show({ type: 'custom', content: JSON.stringify(packet) });
      await expect(element).to.be.accessible();
      find(element, '.open').click();
      await until(() => find(element, '.row').textContent.includes('Opening'), 'asks');
      const claim = client.timeline(id).messages.at(-1)!;
      expect(JSON.parse(claim.content!)).to.include({ kind: 'red-packet-claim', packet: element.message!.seq });
      client.ack(claim.idClient);
      await until(() => find(element, '.amount')?.textContent === '¥ 5.20', 'opened');
    });

    it('that the server does not give can be asked for again, and nothing of it stays', async () => {
      const element = await show({ type: 'custom', content: JSON.stringify(packet) });
      find(element, '.open').click();
      const claim = client.timeline(id).messages.at(-1)!;
      await nextFrame();
      client.fail(claim.idClient);
      await until(() => find(element, '.row').textContent.includes('Try again'), 'refused');
      expect(client.calls).to.contain(`discard ${claim.idClient}`);
    });

    it('is empty, expired, or waits for the other one', async () => {
      const row = async (fields: object, message: Partial<Message> = {}): Promise<string> => {
        const element = await show({ type: 'custom', content: JSON.stringify({ ...packet, ...fields }), ...message });
        return find(element, '.row').textContent.trim();
      };
      expect(await row({ until: 1 })).to.equal('Expired');
      expect(await row({}, { flow: 'out', from: 'alice' })).to.equal('Waiting to be opened');
      const element = await show({ type: 'custom', content: JSON.stringify(packet) });
      const claim = JSON.stringify({ kind: 'red-packet-claim', packet: element.message!.seq, fallback: 'x' });
      client.receive(id, { type: 'custom', content: claim });
      await until(() => find(element, '.row').textContent.trim() === 'All gone', 'empty');
    });
  });

  it('anything takes hostile words as words, in every field', async () => {
    const types = (text: string): Partial<Message>[] => {
      const file = fileOf(text, { name: text, ext: text, mime: text, thumbnail: text });
      const card = {
        kind: 'card',
        title: text,
        text,
        image: text,
        buttons: [{ label: text, href: text }, { label: text }],
      };
      const packet = { kind: 'red-packet', greeting: text, amount: text, shares: text, until: text };
      return [
        { type: 'image', file, content: text },
        { type: 'audio', file },
        { type: 'video', file },
        { type: 'file', file },
        { type: 'location', location: { title: text, latitude: 1, longitude: 2 } },
        {
          type: 'merged',
          merged: { title: text, messages: [{ from: text, name: text, time: 0, type: text, content: text }] },
        },
        { type: 'custom', content: JSON.stringify(card) },
        { type: 'custom', content: JSON.stringify(packet) },
      ];
    };
    for (const text of hostileStrings) {
      expect(
        harmless(text) === undefined || /^(https?|blob):/.test(new URL(text, document.baseURI).href),
        text,
      ).to.equal(true);
      for (const fields of types(text)) {
        const element = await show(fields);
        expect([...elementsIn(box)].flatMap(dangersOf), `${fields.type} ${JSON.stringify(text)}`).to.deep.equal([]);
        element.remove();
      }
      client.setTimeline(id, { messages: [] });
    }
  });

  it('each type holds nothing of the page when it is gone', async () => {
    client.files.set('/files/lake', await makePicture(40, 30));
    const location = { title: 'Camp', latitude: 1, longitude: 2 };
    const kinds: Partial<Message>[] = [
      imageOf('lake', 40, 30),
      imageOf('gone', 40, 30),
      voice('a'),
      { type: 'file', file: fileOf('/files/a') },
      { type: 'location', location },
      { type: 'custom', content: '{"kind":"red-packet"}' },
    ];
    for (const fields of kinds) {
      const message = client.message(id, fields);
      const make = (): HTMLElement => {
        const wrapper = document.createElement('div');
        provideClient(wrapper, client);
        wrapper.append(Object.assign(document.createElement('im-message'), { message }));
        return wrapper;
      };
      const held = await heldAfterHundred(make, async () => {
        await nextFrame();
      });
      expect(held, fields.type).to.deep.equal(nothingHeld);
      expect(client.listeners, fields.type).to.equal(0);
    }
  });
});
