import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import '../../../src/define.js';
import type { ImComposer } from '../../../src/elements/composer/composer.js';
import type { ImMessage } from '../../../src/elements/message/message.js';
import type { Message } from '../../../src/protocol/message.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { hostileAddresses, hostileStrings } from '../../helpers/hostile-strings.js';
import { provideClient } from '../../helpers/provide-client.js';
import { dangersOf, elementsIn, shapeOf, Trap } from './shape.js';

const place = { longitude: 0, latitude: 0 };
/** A sentence about one, about some, with a new name in it, and of no known kind. */
const notices = ['create', 'invite', 'update', '?'];

/** A message of every kind, with the same text in every field of it that somebody else can set. */
function messagesOf(text: string): Partial<Message>[] {
  const file = { url: text, name: text, size: 1, ext: text, mime: text, thumbnail: text };
  const notice = (type: string): Partial<Message> => ({
    type: 'notification',
    attach: {
      type,
      operator: text,
      accounts: [text, text],
      changes: [
        ['name', text],
        [text, text],
      ],
    },
  });
  const shared = { custom: text, mentions: [text] };
  return [
    { type: 'text', content: text },
    { type: 'custom', content: text },
    { type: 'custom', content: JSON.stringify({ kind: text, fallback: text }) },
    { type: 'location', location: { title: text, ...place } },
    ...['image', 'file'].map((type) => ({ type, file })),
    ...notices.map(notice),
    notice(text),
    { type: text, content: text },
    { type: 'text', content: text, flow: 'out' as const, status: 'fail' as const, error: { code: 403, message: text } },
  ].map((fields) => ({ ...shared, ...fields }));
}

type Screen = { readonly box: HTMLElement; readonly show: (text: string, avatar?: string) => Promise<void> };

/** Everything of the product that shows what others wrote, on one screen. */
async function screen(): Promise<Screen> {
  const client = new FakeClient();
  const box = await fixture<HTMLElement>(html`<div lang="en"></div>`);
  provideClient(box, client);
  const messages = messagesOf('').map(() => document.createElement('im-message'));
  const list = document.createElement('im-conversation-list');
  const windows = ['p2p-bob', 'group-trip'].map((conversation) =>
    Object.assign(document.createElement('im-chat-window'), { conversation }),
  );
  const avatar = document.createElement('im-avatar');
  for (const each of [list, ...windows]) each.style.cssText = 'display: block; height: 300px; width: 320px';
  box.append(list, avatar, ...windows, ...messages);

  const show = async (text: string, picture = text): Promise<void> => {
    const face = { name: text, avatar: picture, custom: text };
    const said = messagesOf(text);
    messages.forEach((element, i) => {
      const message = client.message('group-trip', { idClient: `m-${i}`, time: 0, from: text, ...said[i] });
      Object.assign(element, {
        message,
        author: text,
        avatar: picture,
        named: true,
        nameOf: () => text,
      } satisfies Partial<ImMessage>);
    });
    Object.assign(avatar, { account: text, name: text, src: picture });
    for (const [i, id] of ['p2p-bob', 'group-trip', 'p2p-carol', 'group-x', 'p2p-dave'].entries()) {
      const lastMsg = client.message(id, { idClient: `last-${i}`, time: 0, from: text, ...said[i * 3] });
      client.set(id, { ...face, lastMsg, updateTime: 5 - i, ...(i === 4 && { draft: text }) });
      client.setTimeline(id, { messages: [lastMsg] });
    }
    client.set('p2p-bob', { draft: text });
    client.type('group-trip', text);
    client.type('group-x', text, text);
    await nextFrame();
    await nextFrame();
  };
  return { box, show };
}

const shown = (element: Element, selector: string): string | undefined =>
  element.shadowRoot!.querySelector(selector)?.textContent ?? undefined;

describe('what others write', function () {
  this.timeout(120_000);
  const trap = new Trap();
  before(() => trap.set());
  after(() => trap.remove());

  it('S-22, S-24: the corpus has some hundred strings, each once', () => {
    expect(hostileStrings.length).to.be.at.least(200);
    expect(new Set(hostileStrings).size).to.equal(hostileStrings.length);
  });

  it('S-22: is text in every field: no element, no attribute, no request, no word on the console', async () => {
    const { box, show } = await screen();
    // Neither an address, so that no picture is loaded, nor a letter that an avatar could not show.
    const harmless = 'Harmless';
    await show(harmless, '');
    // As a set: the button that leads to the newest message comes and goes with how high the texts are.
    const wanted = new Set(shapeOf(box));
    expect(wanted.size).to.be.above(30);
    trap.take();
    for (const text of hostileStrings) {
      await show(text, '');
      const note = JSON.stringify(text);
      expect(
        shapeOf(box).filter((shape) => !wanted.has(shape)),
        note,
      ).to.deep.equal([]);
      expect([...elementsIn(box)].flatMap(dangersOf), note).to.deep.equal([]);
      expect(trap.take(), note).to.deep.equal([]);
      const [first] = box.querySelectorAll('im-message');
      if (!first!.shadowRoot!.querySelector('a')) expect(shown(first!, '[part~=body]'), note).to.equal(text);
      expect(shown(first!, '[part~=author]'), note).to.equal(text);
      expect(shown(box.querySelector('im-chat-window')!, 'h2'), note).to.equal(text || 'bob');
      const composer = box.querySelector('im-chat-window')!.shadowRoot!.querySelector<ImComposer>('im-composer')!;
      expect(composer.value, note).to.equal(text);
    }
  });

  it('S-23: leads and loads only where it may: http, https, mailto; a picture also from a blob or as an image', async () => {
    const { box, show } = await screen();
    const pictures = hostileAddresses.filter(
      (text) => !/^(https?:)?[\\/]{0,2}(evil|www|exam|xn--|аррӏе|ex|169|213|\[::)/i.test(text),
    );
    for (const text of pictures) {
      await show('Harmless', text);
      expect([...elementsIn(box)].flatMap(dangersOf), text).to.deep.equal([]);
      for (const element of elementsIn(box))
        if (element.localName === 'img') expect((element as HTMLImageElement).referrerPolicy).to.equal('no-referrer');
    }
    expect(trap.take().filter((line) => line.includes('ran') || line.startsWith('error '))).to.deep.equal([]);
  });

  it('S-28: a name or a text that turns the direction of writing turns nothing outside itself; a link shows its real host', async () => {
    const { box, show } = await screen();
    await show('photo_\u202egpj.exe', '');
    const named = [
      ...[...box.querySelectorAll('im-message')].map((each) => each.shadowRoot!.querySelector('[part~=author]')),
      ...[...box.querySelectorAll('im-chat-window')].map((each) => each.shadowRoot!.querySelector('h2 bdi')),
      ...box.querySelector('im-conversation-list')!.shadowRoot!.querySelectorAll('.name, .preview[dir]'),
    ];
    expect(named.length).to.be.above(20);
    for (const element of named.filter((each) => each !== null))
      expect(getComputedStyle(element).unicodeBidi, element.outerHTML).to.match(/isolate|plaintext/);
    const [first] = box.querySelectorAll('im-message');
    for (const [text, host] of [
      ['https://аррӏе.com/', 'xn--80ak6aa92e.com'],
      ['https://example.com@evil.invalid/', 'evil.invalid'],
      ['https://example.com\u202e/moc.live', 'example.com'],
    ] as const) {
      await show(text, '');
      const link = first!.shadowRoot!.querySelector('a')!;
      expect(new URL(link.href).host).to.equal(host);
      expect(link.textContent, text).to.include(host);
      expect(link.textContent).not.to.match(/[\u202a-\u202e\u2066-\u2069]/);
    }
  });
});
