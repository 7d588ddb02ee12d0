import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { ChatServer } from '../helpers/chat-server.js';
import { linksTo, sendFile, TusCaller } from '../helpers/files.js';
import { box, chunk, exif, gifScript, jpeg, mp4, png, pngOfSize, segment, svgScript } from '../helpers/pictures.js';
import { ServerClock } from '../helpers/server-clock.js';

/** Somebody with files, and a way to what is stored of them. */
async function stage(t: TestContext, clock?: ServerClock) {
  const server = await ChatServer.start(t, clock && { clock });
  const [alice, bob, eve] = await server.connectAll('alice', 'bob', 'eve');
  const tus = new TusCaller(server, 'alice');
  const get = (link: string, headers: Readonly<Record<string, string>> = {}) => fetch(server.url + link, { headers });
  const linkTo = async (id: string): Promise<string> => (await linksTo(alice, 'p2p-bob', id)).get(id)!;
  const stored = async (id: string): Promise<Buffer> => Buffer.from(await (await get(await linkTo(id))).arrayBuffer());
  return { server, alice, bob, eve, tus, get, linkTo, stored };
}

const exifSegment = (orientation: number): Buffer =>
  segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(orientation)]));
const text = (bytes: Buffer): string => bytes.toString('latin1');
const secrets = /SECRET|GPS|48\.85/;

describe('how files are served', () => {
  const harmless = [
    ['an SVG with a script', svgScript, 'x.svg'],
    ['HTML that calls itself a picture', Buffer.from('<!doctype html><script>alert(1)</script>'), 'x.png'],
    ['XML', Buffer.from('<?xml version="1.0"?><?xml-stylesheet href="x"?><a/>'), 'x.xml'],
    ['PDF', Buffer.from('%PDF-1.7 …'), 'x.pdf'],
    ['a picture of 30,000 × 30,000', pngOfSize(30_000, 30_000), 'x.png'],
    ['a picture too long on one side', pngOfSize(16_385, 10), 'x.png'],
    ['a JPEG that never says its size', jpeg().subarray(0, 60), 'x.jpg'],
    ['text behind two bytes of MPEG', Buffer.from('\xff\xfb<script>', 'latin1'), 'x.mp3'],
    ['a script in Matroska that is not WebM', Buffer.from('\x1aE\xdf\xa3 matroska V_VP8', 'latin1'), 'x.mkv'],
    ['QuickTime', mp4({ brand: 'qt  ' }), 'x.mov'],
  ] as const;
  for (const [what, bytes, name] of harmless)
    it(`S-40: ${what} is only ever to be saved`, async (t) => {
      const { tus, get, linkTo } = await stage(t);
      const { headers } = await get(await linkTo(await tus.upload(bytes, name)));
      assert.equal(headers.get('content-type'), 'application/octet-stream');
      assert.match(headers.get('content-disposition')!, /^attachment; /);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('content-security-policy'), "sandbox; default-src 'none'");
    });

  const shown = [
    ['image/png', png()],
    ['image/jpeg', jpeg()],
    ['image/gif', gifScript],
    ['image/webp', webp()],
    ['image/avif', avif('').bytes],
    ['video/mp4', mp4()],
    ['audio/mp4', mp4({ handler: 'soun', brand: 'M4A ' })],
    ['video/webm', Buffer.from('\x1aE\xdf\xa3\x01\x42\x82\x84webm … V_VP9 A_OPUS', 'latin1')],
    ['audio/webm', Buffer.from('\x1aE\xdf\xa3\x01\x42\x82\x84webm … A_OPUS', 'latin1')],
    ['audio/ogg', Buffer.concat([Buffer.from('OggS'), Buffer.alloc(22), Buffer.from('\x01\x13OpusHead…', 'latin1')])],
    ['audio/wav', Buffer.from('RIFF\x10\0\0\0WAVEfmt ', 'latin1')],
    ['audio/mpeg', mp3()],
    ['audio/aac', aac()],
  ] as const;
  for (const [mime, bytes] of shown)
    it(`S-40: ${mime} is shown, by what its bytes say, and can do nothing`, async (t) => {
      const { tus, get, linkTo } = await stage(t);
      const link = await linkTo(await tus.upload(bytes, 'evil.html'));
      const { headers } = await get(link);
      assert.equal(headers.get('content-type'), mime);
      assert.match(headers.get('content-disposition')!, /^inline; /);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('content-security-policy'), "sandbox; default-src 'none'");
      assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      const saved = await get(`${link}&download=1`);
      assert.match(saved.headers.get('content-disposition')!, /^attachment; /);
    });

  it('S-44: a name cannot leave its header, its folder, or its reading direction', async (t) => {
    const { tus, get, linkTo } = await stage(t);
    for (const [name, ascii, full] of [
      ['../../etc/passwd', 'passwd', 'passwd'],
      ['C:\\boot.ini', 'boot.ini', 'boot.ini'],
      ['a"; filename="evil.html', 'a_; filename=_evil.html', 'a%22%3B%20filename%3D%22evil.html'],
      ['a\r\nset-cookie: x=1', 'aset-cookie: x=1', 'aset-cookie%3A%20x%3D1'],
      ['\u202egpj.exe', 'gpj.exe', 'gpj.exe'],
      ["Menü's (1).txt", "Men_'s (1).txt", 'Men%C3%BC%27s%20%281%29.txt'],
      ['...', 'file', 'file'],
      [`${'x'.repeat(900)}.txt`, `${'x'.repeat(196)}.txt`, `${'x'.repeat(196)}.txt`],
    ] as const) {
      const { headers } = await get(await linkTo(await tus.upload(Buffer.from('text'), name)));
      assert.equal(headers.get('content-disposition'), `attachment; filename="${ascii}"; filename*=UTF-8''${full}`);
      assert.equal(headers.get('set-cookie'), null);
    }
  });

  it('gives any stretch of a film', async (t) => {
    const { tus, get, linkTo } = await stage(t);
    const bytes = mp4({ film: Buffer.from('0123456789') });
    const link = await linkTo(await tus.upload(bytes));
    const at = bytes.indexOf('0123456789');
    const part = async (range: string) => {
      const response = await get(link, { range });
      return [response.status, response.headers.get('content-range'), await response.text()];
    };
    assert.deepEqual(await part(`bytes=${at}-${at + 4}`), [206, `bytes ${at}-${at + 4}/${bytes.length}`, '01234']);
    assert.deepEqual((await part('bytes=-3')).slice(0, 2), [
      206,
      `bytes ${bytes.length - 3}-${bytes.length - 1}/${bytes.length}`,
    ]);
    assert.deepEqual((await part(`bytes=${bytes.length}-`)).slice(0, 2), [416, `bytes */${bytes.length}`]);
    assert.equal((await part('bytes=5-2'))[0], 200);
    assert.equal((await part('bytes=0-1,3-4'))[0], 200);
    const { headers, status } = await get(link, { 'if-none-match': (await get(link)).headers.get('etag')! });
    assert.equal(status, 304);
    assert.match(headers.get('cache-control')!, /^private, max-age=\d+, immutable$/);
  });
});

describe('who may read a file', () => {
  it('S-41: members of a conversation that has it, and its owner; nobody else gets a link', async (t) => {
    const { alice, bob, eve, tus } = await stage(t);
    const id = await tus.upload(png());
    assert.equal((await linksTo(alice, 'p2p-bob', id)).size, 1);
    assert.equal((await linksTo(bob, 'p2p-alice', id)).size, 0, 'before it was sent');
    await sendFile(alice, 'p2p-bob', 'image', id);
    assert.equal((await linksTo(bob, 'p2p-alice', id)).size, 1);
    assert.equal((await linksTo(bob, 'p2p-eve', id)).size, 0, 'by another conversation');
    assert.equal((await linksTo(eve, 'p2p-alice', id)).size, 0);
    assert.equal((await linksTo(eve, 'p2p-bob', id)).size, 0);
    eve.send({ t: 'files', r: 1, cid: 'p2p-nobody', ids: [id] });
    assert.equal((await eve.expect('error')).code, 404);
    eve.send({ t: 'files', r: 2, cid: 'p2p-bob', ids: ['../x'] });
    assert.equal((await eve.expect('error')).code, 414);
  });

  it('S-41: a link is good for ten minutes, for one file, and cannot be made', async (t) => {
    const clock = new ServerClock();
    const { tus, get, linkTo } = await stage(t, clock);
    const [id, other] = [await tus.upload(png()), await tus.upload(png(9, 9))];
    const link = await linkTo(id);
    assert.equal((await get(link)).status, 200);
    const [, e, s] = /\?e=(\d+)&s=(.+)$/.exec(link)!;
    const forged = createHmac('sha256', 'guess').update(`${id} ${e}`).digest('base64url');
    for (const bad of [
      `/files/${id}`,
      `/files/${other}?e=${e}&s=${s}`,
      `/files/${id}?e=${Number(e) + 1}&s=${s}`,
      `/files/${id}?e=${e}&s=${forged}`,
      `/files/${id}?e=${e}&s=`,
      `/files/${id}?e=${e}&s=${s}&s=${s}`,
      `/files/${id}?e=${e}`,
    ])
      assert.equal((await get(bad)).status, 403, bad);
    clock.advance(600_000);
    assert.equal((await get(link)).status, 403, 'expired');
  });

  it('S-41: a link does not outlive its file, and is as good after a restart', async (t) => {
    const { server, tus, get, linkTo } = await stage(t);
    const id = await tus.upload(png());
    const link = await linkTo(id);
    await server.restart();
    assert.equal((await get(link)).status, 200);
    await tus.call('DELETE', `/files/${id}`);
    assert.equal((await get(link)).status, 404);
  });
});

describe('what files tell', () => {
  it('S-43: a JPEG keeps how it is turned, and loses place, camera, comments and what hangs behind it', async (t) => {
    const { tus, stored } = await stage(t);
    const extra = [
      segment(0xe0, Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1')),
      exifSegment(6),
      segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x GPSLatitude="48.85"/>')),
      segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01 colours', 'latin1')),
      segment(0xe2, Buffer.from('MPF\0SECRET')),
      segment(0xed, Buffer.from('Photoshop 3.0\0SECRET')),
      segment(0xfe, Buffer.from('SECRET comment')),
    ];
    const bytes = jpeg({
      w: 300,
      h: 200,
      extra,
      behind: Buffer.concat([Buffer.from('SECRET'), jpeg({ extra: [exifSegment(1)] })]),
    });
    assert.match(text(bytes), secrets);
    const clean = await stored(await tus.upload(bytes));
    assert.equal(clean.length, bytes.length);
    assert.doesNotMatch(text(clean), secrets);
    assert.ok(clean.includes('JFIF') && clean.includes('ICC_PROFILE\0\x01\x01 colours'));
    const tiff = clean.subarray(clean.indexOf('Exif\0\0') + 6);
    assert.deepEqual([tiff.readUInt16LE(8), tiff.readUInt16LE(10), tiff.readUInt16LE(18)], [1, 0x0112, 6]);
  });

  it('S-43: a PNG loses its texts and its EXIF, and is a PNG yet', async (t) => {
    const { tus, stored } = await stage(t);
    const extra = [
      chunk('eXIf', exif(6)),
      chunk('tEXt', Buffer.from('GPS\0SECRET')),
      chunk('iTXt', Buffer.from('XML:com.adobe.xmp\0SECRET')),
      chunk('zTXt', Buffer.from('SECRET')),
      chunk('tIME', Buffer.from('SECRET!')),
      chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f])),
    ];
    const bytes = Buffer.concat([png(3, 2, ...extra), Buffer.from('SECRET behind')]);
    const clean = await stored(await tus.upload(bytes));
    assert.doesNotMatch(text(clean), secrets);
    assert.ok(clean.includes('gAMA') && clean.includes('eXIf'));
    for (let at = 8; at + 12 <= clean.length && clean[at + 4] !== 0;) {
      const length = clean.readUInt32BE(at);
      const whole = chunk(text(clean.subarray(at + 4, at + 8)), clean.subarray(at + 8, at + 8 + length));
      assert.deepEqual(clean.subarray(at, at + 12 + length), whole, 'its sum is right');
      at += 12 + length;
    }
  });

  it('S-43: a WebP loses EXIF and XMP, and says so', async (t) => {
    const { tus, stored } = await stage(t);
    const clean = await stored(await tus.upload(webp(riff('EXIF', exif(1)), riff('XMP ', Buffer.from('SECRET')))));
    assert.doesNotMatch(text(clean), secrets);
    assert.equal(clean[20], 0, 'its flags');
    const turned = await stored(await tus.upload(webp(riff('EXIF', exif(8)), riff('XMP ', Buffer.from('SECRET')))));
    assert.doesNotMatch(text(turned), secrets);
    assert.equal(turned[20], 8, 'how it is turned is kept');
  });

  it('S-43: an AVIF loses the items that are about it', async (t) => {
    const { tus, stored } = await stage(t);
    const { bytes } = avif('SECRET place');
    assert.match(text(bytes), secrets);
    assert.doesNotMatch(text(await stored(await tus.upload(bytes))), secrets);
  });

  it('S-43: a film loses place and camera, wherever they stand, and is as long as before', async (t) => {
    const { tus, stored } = await stage(t);
    const extra = [
      box('udta', box('\xa9xyz', '+48.8583+002.2945/SECRET')),
      box('meta', 'com.apple.quicktime.location.ISO6709 SECRET'),
      box('uuid', 'XMP SECRET'),
      box('trak', box('udta', 'SECRET'), box('mdia', box('hdlr', Buffer.alloc(8), 'soun'))),
    ];
    for (const brand of ['isom', 'qt  ']) {
      const bytes = mp4({ brand, extra, film: Buffer.alloc(200_000, 1) });
      const clean = await stored(await tus.upload(bytes));
      assert.equal(clean.length, bytes.length);
      assert.doesNotMatch(text(clean), secrets, brand);
      assert.ok(clean.includes(Buffer.alloc(200_000, 1)), 'the film itself');
    }
  });

  it('S-42: S-43: a header that says it is larger than its file, or has a hundred thousand parts, costs nothing', async (t) => {
    const { tus, linkTo } = await stage(t);
    const endless = Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      Buffer.alloc(1_000_000, Buffer.from([0xff, 0xfe, 0, 2])),
    ]);
    const id = await tus.begin(endless.length);
    const { status } = await tus.write(id, 0, endless);
    assert.equal(status, 415);
    assert.equal((await tus.call('HEAD', `/files/${id}`)).status, 404, 'it is gone');
    const cut = [
      jpeg({ extra: [segment(0xe1, Buffer.from('Exif\0\0'))] }),
      jpeg().subarray(0, 3),
      Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 69]),
      png().subarray(0, 20),
      Buffer.concat([png().subarray(0, 33), Buffer.from('\xff\xff\xff\xfftEXtSECRET', 'latin1')]),
      Buffer.from('RIFF\xff\xff\xff\xffWEBPVP8X', 'latin1'),
      Buffer.from('\0\0\0\x01ftypisom', 'latin1'),
      Buffer.from('\xff\xff\xff\xffftypavif', 'latin1'),
      Buffer.concat([
        box('ftyp', 'isom\0\0\0\0isom'),
        Buffer.from('\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff', 'latin1'),
      ]),
      Buffer.concat([box('ftyp', 'isom\0\0\0\0isom'), nested(2_000)]),
      Buffer.from('GIF89a'),
      Buffer.from('ID3'),
      Buffer.from('OggS'),
    ];
    for (const bytes of cut) assert.ok(await linkTo(await tus.upload(bytes)), bytes.subarray(0, 16).toString('latin1'));
  });
});

function nested(depth: number): Buffer {
  let inner: Buffer = Buffer.alloc(0);
  for (let i = 0; i < depth; i++) inner = box('moov', inner);
  return inner;
}

function riff(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

function webp(...extra: Buffer[]): Buffer {
  const vp8x = Buffer.from([0x0c, 0, 0, 0, 2, 0, 0, 1, 0, 0]);
  const chunks = Buffer.concat([
    riff('VP8X', vp8x),
    riff('VP8L', Buffer.from('/\x02@\0\0\0\0\0\0\0', 'latin1')),
    ...extra,
  ]);
  return Buffer.concat([riff('RIFF', Buffer.concat([Buffer.from('WEBP'), chunks]))]);
}

function mp3(): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0]);
  return Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\x05hello', 'latin1'), frame, frame]);
}

function aac(): Buffer {
  const frame = Buffer.from([0xff, 0xf1, 0x50, 0x80, 0x01, 0x5f, 0xfc, 1, 2, 3]);
  return Buffer.concat([frame, frame]);
}

/** An AVIF of no pixels, with an item that is EXIF. */
function avif(about: string): { bytes: Buffer } {
  const full = Buffer.alloc(4);
  const infe = (id: number, type: string): Buffer => box('infe', Buffer.from([2, 0, 0, 0, 0, id, 0, 0]), type, '\0');
  const iinf = box('iinf', full, Buffer.from([0, 2]), infe(1, 'av01'), infe(2, 'Exif'));
  const ispe = box('ispe', full, Buffer.from([0, 0, 0, 4, 0, 0, 0, 3]));
  const iprp = box('iprp', box('ipco', ispe));
  const ftyp = box('ftyp', 'avif\0\0\0\0avifmif1');
  const place = (at: number): Buffer => {
    const item = Buffer.alloc(14);
    item.writeUInt16BE(2, 0);
    item.writeUInt16BE(1, 4);
    item.writeUInt32BE(at, 6);
    item.writeUInt32BE(about.length, 10);
    return box('iloc', full, Buffer.from([0x44, 0, 0, 1]), item);
  };
  const build = (at: number): Buffer =>
    Buffer.concat([ftyp, box('meta', full, iinf, iprp, place(at)), box('mdat', about || 'x')]);
  return { bytes: build(build(0).length - (about || 'x').length) };
}
