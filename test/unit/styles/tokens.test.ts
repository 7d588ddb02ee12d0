import { expect, fixture } from '@open-wc/testing';
import { html, unsafeCSS } from 'lit';
import { ImElement } from '../../../src/elements/base.js';
import { accents, contrastOf } from '../../helpers/contrast.js';

const texts = ['text', 'text-soft', 'text-faint', 'accent-text', 'danger'];
const grounds = ['background', 'ground', 'surface', 'own', 'selected'];

/** Text, ground, and how much they must differ: 4.5 for text (WCAG 2 AA), 3 for a sign. */
const pairs: readonly (readonly [string, string, number])[] = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground, 4.5] as const)),
  ['on-accent', 'accent', 4.5],
  ['on-badge', 'badge', 4.5],
  ['on-badge-muted', 'badge-muted', 4.5],
  ['on-alert', 'alert', 4.5],
  ['online', 'background', 3],
];

class TokenSwatches extends ImElement {
  static override styles = [
    ImElement.styles,
    ...pairs.map(([text, ground], i) =>
      unsafeCSS(`.pair-${i} { color: var(--_color-${text}); background: var(--_color-${ground}) }`),
    ),
  ];
  protected override render(): unknown {
    return [pairs.map((_, i) => html`<p class="pair-${i}">text</p>`), html`<slot></slot>`];
  }
}
customElements.define('token-swatches', TokenSwatches);

describe('tokens', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const accent of accents)
      it(`keep every text readable: ${theme}, accent ${accent}`, async () => {
        const swatches = await fixture<TokenSwatches>(html`<token-swatches theme=${theme}></token-swatches>`);
        swatches.style.setProperty('--im-color-accent', accent);
        const faint = pairs.flatMap(([text, ground, least], i) => {
          const contrast = contrastOf(swatches.shadowRoot!.querySelector(`.pair-${i}`)!);
          return contrast < least ? [`${text} on ${ground}: ${contrast.toFixed(2)} < ${least}`] : [];
        });
        expect(faint).to.deep.equal([]);
      });

  it('follow one property: another accent colours what derives from it', async () => {
    const swatches = await fixture<TokenSwatches>(html`<token-swatches theme="light"></token-swatches>`);
    const own = swatches.shadowRoot!.querySelector(`.pair-${grounds.indexOf('own')}`)!;
    const before = getComputedStyle(own).backgroundColor;
    swatches.style.setProperty('--im-color-accent', '#e4572e');
    expect(getComputedStyle(own).backgroundColor).not.to.equal(before);
  });

  it('can each be set from outside, also round a nested element', async () => {
    const box = await fixture<HTMLElement>(html`<div><token-swatches></token-swatches></div>`);
    box.style.setProperty('--im-color-text', 'rgb(1, 2, 3)');
    const swatches = box.querySelector('token-swatches')!;
    expect(getComputedStyle(swatches.shadowRoot!.querySelector('.pair-0')!).color).to.equal('rgb(1, 2, 3)');
  });
});

describe('theme', () => {
  const schemeOf = (element: Element): string =>
    getComputedStyle(element.shadowRoot!.querySelector('.root')!).colorScheme;

  it('holds for what is inside, until something inside says otherwise', async () => {
    const outer = await fixture<TokenSwatches>(html`
      <token-swatches theme="dark"><token-swatches id="inner"></token-swatches></token-swatches>
    `);
    const inner = outer.querySelector<TokenSwatches>('#inner')!;
    expect(schemeOf(inner)).to.equal('dark');
    inner.theme = 'light';
    await inner.updateComplete;
    expect(schemeOf(inner)).to.equal('light');
    expect(schemeOf(outer)).to.equal('dark');
  });

  it('is auto where it is not known, and says so once', async () => {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    try {
      const purple = await fixture<TokenSwatches>(html`<token-swatches theme="purple"></token-swatches>`);
      await fixture(html`<token-swatches theme="purple"></token-swatches>`);
      expect(schemeOf(purple)).to.equal('light dark');
    } finally {
      console.warn = warn;
    }
    expect(said).to.deep.equal([
      '<token-swatches>: theme="purple" is not known; it may be light, dark, auto. "auto" is used.',
    ]);
  });
});
