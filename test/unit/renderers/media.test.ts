import { expect, fixture, html } from '@open-wc/testing';
import { html as litHtml } from 'lit';
import { en } from '../../../src/i18n/en.js';
import { formatBytes, mediaTexts } from '../../../src/i18n/media-texts.js';
import type { Message } from '../../../src/protocol/message.js';
import { previewText } from '../../../src/renderers/preview.js';
import { renderBody } from '../../../src/renderers/registry.js';
import { roomOf } from '../../../src/renderers/room.js';
import { FakeClient } from '../../helpers/fake-client.js';
import { fileOf, imageOf } from '../../helpers/media.js';

const client = new FakeClient('alice');
const message = (fields: Partial<Message>): Message => client.message('p2p-bob', fields);

describe('media renderers', () => {
  it('say in one line what it is', () => {
    const line = (fields: Partial<Message>): string => previewText(message(fields), en);
    expect(line(imageOf('x', 1, 1))).to.equal('[Picture]');
    expect(line({ ...imageOf('x', 1, 1), content: 'The lake\n' })).to.equal('[Picture] The lake');
    expect(line({ type: 'audio', file: fileOf('/x', { duration: 14_400 }) })).to.equal('[Voice message] 0:14');
    expect(line({ type: 'video', file: fileOf('/x', { duration: 3_723_000 }) })).to.equal('[Video] 1:02:03');
    expect(line({ type: 'file', file: fileOf('/x', { name: 'a.pdf' }) })).to.equal('[File] a.pdf');
    expect(line({ type: 'location', location: { title: 'Camp', latitude: 1, longitude: 2 } })).to.equal('[Place] Camp');
    expect(line({ type: 'merged', merged: { title: 'Bob and Mia', messages: [] } })).to.equal(
      '[Forwarded messages] Bob and Mia',
    );
    expect(line({ type: 'custom', content: '{"kind":"card","fallback":"A card"}' })).to.equal('A card');
  });

  it('know the room that a picture takes up, from its size alone', () => {
    const room = (w?: number, h?: number): unknown =>
      roomOf(message({ type: 'image', file: fileOf('/x', { w: w!, h: h! }) }));
    expect(room(1200, 800)).to.deep.equal([320, 213]);
    expect(room(800, 1200)).to.deep.equal([213, 320]);
    expect(room(200, 100)).to.deep.equal([200, 100]);
    expect(room(10_000, 10)).to.deep.equal([320, 96]);
    expect(room(1, 1)).to.deep.equal([96, 96]);
    expect(room()).to.deep.equal([240, 180]);
    expect(room(Number.MAX_SAFE_INTEGER, 0)).to.deep.equal([240, 180]);
  });

  it('keep that room before their code is loaded', async () => {
    const context = { html: litHtml, t: en, active: false, nameOf: (account: string) => account };
    const box = await fixture<HTMLElement>(html`<div>${renderBody(message(imageOf('x', 1200, 800)), context)}</div>`);
    const { width, height } = box.querySelector('svg')!.getBoundingClientRect();
    expect([width, height]).to.deep.equal([320, 213]);
  });

  it('fall back to words where a message lacks what it should carry', async () => {
    const context = { html: litHtml, t: en, active: false, nameOf: (account: string) => account };
    for (const type of ['image', 'audio', 'video', 'file', 'location', 'merged']) {
      const box = await fixture<HTMLElement>(html`<div>${renderBody(message({ type }), context)}</div>`);
      expect(box.querySelector('.fallback')!.textContent, type).not.to.equal('');
    }
  });
});

describe('the words of media', () => {
  it('are there in every language, and counts agree', () => {
    for (const tag of ['en', 'zh-CN', 'ar']) {
      for (const [key, value] of Object.entries(mediaTexts(tag)))
        expect(typeof value === 'string' ? value : value('2' as never, '3'), `${tag} ${key}`).to.match(/\S/);
    }
    expect(mediaTexts('en-GB').messages(1)).to.equal('1 message');
    expect(mediaTexts('ar').messages(2)).to.equal('رسالتان');
    expect(mediaTexts('xx')).to.equal(mediaTexts('en'));
  });

  it('say sizes as people do', () => {
    expect(formatBytes('en', 0)).to.equal('0 bytes');
    expect(formatBytes('en', 999)).to.equal('999 bytes');
    expect(formatBytes('en', 12_345)).to.equal('12 kB');
    expect(formatBytes('en', 2_149_000)).to.equal('2.1 MB');
    expect(formatBytes('en', Number.MAX_SAFE_INTEGER)).to.match(/TB$/);
    expect(formatBytes('ar', 2_149_000)).to.match(/^2\.1|2,1|2٫1/);
  });
});
