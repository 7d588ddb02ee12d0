import { expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { ImAvatar } from '../../../src/elements/avatar/avatar.js';
import { hueOf, initials } from '../../../src/elements/avatar/initials.js';
import { contrastOf } from '../../helpers/contrast.js';
import { changedByHostilePage } from '../../helpers/hostile.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';

if (!customElements.get('im-avatar')) customElements.define('im-avatar', ImAvatar);

const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const face = (avatar: ImAvatar): HTMLElement => avatar.shadowRoot!.querySelector<HTMLElement>('.face')!;

describe('im-avatar', () => {
  it('is accessible', async () => {
    const avatar = await fixture<ImAvatar>(html`<im-avatar name="Carol Jimenez" account="carol" online></im-avatar>`);
    await expect(avatar).to.be.accessible();
    expect(face(avatar).getAttribute('aria-label')).to.equal('Carol Jimenez, Online');
  });

  it('holds nothing once it is gone', async () => {
    const make = (): Element => Object.assign(document.createElement('im-avatar'), { name: 'Bob' });
    expect(await heldAfterHundred(make, (element) => (element as ImAvatar).updateComplete)).to.deep.equal(nothingHeld);
  });

  for (const [name, letters] of [
    ['Carol Jimenez', 'CJ'],
    ['bob', 'B'],
    ['Anna Maria von Trapp', 'AT'],
    ['夏日旅行', '夏'],
    ['李 小龙', '李'],
    ['رحلة الصيف', 'ر'],
    ['Олена Шевченко', 'ОШ'],
    ['🎉 Party people', 'PP'],
    ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
    ['e\u0301mile zola', 'E\u0301Z'],
    ['bob.smith@example', 'BE'],
    ['', ''],
    ['   ', ''],
  ] as const)
    it(`shows “${letters}” for “${name}”`, () => expect(initials(name)).to.equal(letters));

  it('keeps an account’s colour whatever its name, and its initials are readable on all of them', async () => {
    expect(hueOf('bob')).to.equal(hueOf('bob'));
    const hues = new Set<number>();
    for (let i = 0; hues.size < 24 && i < 500; i++) {
      const hue = hueOf(`account-${i}`);
      if (hues.has(hue)) continue;
      hues.add(hue);
      const avatar = await fixture<ImAvatar>(html`<im-avatar account="account-${i}" name="Bob"></im-avatar>`);
      expect(contrastOf(face(avatar)), `hue ${hue}`).to.be.at.least(4.5);
    }
    expect(hues.size).to.equal(24);
  });

  it('shows a picture, and the initials when it cannot be loaded', async () => {
    const avatar = await fixture<ImAvatar>(html`<im-avatar name="Bob" src=${dot}></im-avatar>`);
    expect(face(avatar).querySelector('img')).to.exist;
    avatar.src = 'data:image/png;base64,broken';
    await avatar.updateComplete;
    await waitUntil(() => face(avatar).textContent.trim() === 'B');
    avatar.src = dot;
    await avatar.updateComplete;
    await oneEvent(face(avatar).querySelector('img')!, 'load');
  });

  for (const src of [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'http://[',
    '',
  ])
    it(`does not load ${src || 'nothing'}`, async () => {
      const avatar = await fixture<ImAvatar>(html`<im-avatar name="Bob" src=${src}></im-avatar>`);
      expect(face(avatar).querySelector('img')).to.not.exist;
    });

  it('looks the same on a hostile page', async () => {
    const avatar = await fixture<ImAvatar>(html`<im-avatar theme="light" name="Carol Jimenez" online></im-avatar>`);
    expect(changedByHostilePage(avatar)).to.deep.equal([]);
  });
});
