// Bundled into a page: a messenger whose client is a fake one that holds every type of message, since pictures need files.
import { FakeClient } from '../../helpers/fake-client.js';
import { fileOf, imageOf, makePicture, makeVoice, peaks } from '../../helpers/media.js';
import type { Message } from '../../../src/protocol/message.js';

const id = 'group-trip';
const noon = new Date(2026, 5, 1, 14).getTime();

async function scene(): Promise<FakeClient> {
  const client = new FakeClient('alice', () => noon);
  client.add(id, { name: 'Summer trip', unread: 0, lastSeq: 0 });
  const say = (from: string, minute: number, fields: Partial<Message>): void => {
    const own = from === 'alice';
    client.receive(id, { from, flow: own ? 'out' : 'in', time: noon + minute * 60_000, ...fields });
  };
  for (const [name, w, h, hue] of [
    ['lake', 1200, 1000, 180],
    ['dawn', 800, 600, 30],
    ['dusk', 800, 600, 240],
    ['high', 300, 1400, 120],
    ['wide', 1600, 500, 300],
  ] as const)
    client.files.set(`/files/${name}`, await makePicture(w, h, hue));
  client.files.set('/files/voice', makeVoice(14));
  say('mia', 0, {
    content: 'Me! And the stove. @Alice could you bring the map, or ask @mia? See https://example.com/map',
    mentions: ['alice', 'mia'],
  });
  say('mia', 0, { content: '**Bold**, *italic* and `code`\n\n- tent\n- stove\n\n> a quote\n\n```\nlet x = 1;\n```' });
  for (const [name, w, h] of [
    ['lake', 1200, 1000],
    ['dawn', 800, 600],
    ['dusk', 800, 600],
  ] as const)
    say('mia', 1, imageOf(name, w, h));
  say('alice', 2, { ...imageOf('wide', 1600, 500), content: 'The whole valley' });
  say('ben', 3, imageOf('high', 300, 1400));
  say('ben', 4, imageOf('missing', 400, 300));
  say('mia', 5, {
    type: 'audio',
    file: fileOf('/files/voice', { duration: 14_000, peaks: [...peaks], mime: 'audio/wav' }),
  });
  say('alice', 6, {
    type: 'video',
    file: fileOf('/files/film', { duration: 32_000, w: 1280, h: 720, thumbnail: '/files/lake', mime: 'video/webm' }),
  });
  const pdf = { name: 'Packing list for the whole summer, with tents — final.pdf', ext: 'pdf', size: 2_100_000 };
  say('ben', 7, { type: 'file', file: fileOf('/files/pdf', pdf) });
  say('alice', 8, {
    type: 'file',
    status: 'sending',
    file: fileOf('/files/pdf', { ...pdf, name: 'Packing list — final.pdf' }),
    upload: { state: 'uploading', sent: 1_428_000, total: 2_100_000 },
  });
  say('alice', 9, {
    ...imageOf('dusk', 800, 600),
    status: 'sending',
    upload: { state: 'paused', sent: 40_000, total: 100_000 },
  });
  say('mia', 10, { type: 'location', location: { title: 'Camp at the lake', latitude: 46.55742, longitude: 8.56138 } });
  const lines = [
    {
      from: 'bob',
      name: 'Bob',
      time: noon,
      type: 'text',
      content: 'Trains are booked: 08:12 out, 19:40 back on Sunday.',
    },
    { from: 'mia', name: 'Mia', time: noon + 60_000, type: 'image', file: imageOf('lake', 1200, 1000).file! },
    { from: 'bob', name: 'Bob', time: noon + 120_000, type: 'file', file: fileOf('/files/pdf', pdf) },
    { from: 'mia', name: 'Mia', time: noon + 180_000, type: 'text', content: 'Perfect.' },
    { from: 'mia', name: 'Mia', time: noon + 180_000, type: 'text', content: 'See you there.' },
  ];
  say('ben', 11, { type: 'merged', merged: { title: 'Bob and Mia', messages: lines } });
  const card = {
    kind: 'card',
    fallback: 'A poll',
    title: 'Which evening?',
    text: 'The hut has room on two evenings. Choose one, and Ben will write to them.',
    buttons: [{ label: 'Friday' }, { label: 'The hut', href: 'https://example.com/hut' }],
  };
  say('ben', 12, { type: 'custom', content: JSON.stringify(card) });
  const packet = {
    kind: 'red-packet',
    fallback: 'A red packet',
    greeting: 'Happy holidays!',
    amount: '¥ 5.20',
    shares: 2,
  };
  say('mia', 13, { type: 'custom', content: JSON.stringify(packet) });
  const seq = client.timeline(id).messages.at(-1)!.seq!;
  const claim = { kind: 'red-packet-claim', packet: seq, fallback: 'opened' };
  say('ben', 14, { type: 'custom', content: JSON.stringify(claim) });
  say('alice', 15, { type: 'custom', content: JSON.stringify({ ...packet, shares: 1, until: 1 }) });
  client.set(id, { unread: 0, readSeq: client.timeline(id).messages.length });
  return client;
}

await customElements.whenDefined('im-messenger');
void scene().then((client) => {
  const messenger = document.querySelector('im-messenger')!;
  messenger.client = client;
  messenger.conversation = id;
});
