import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { ImElement } from '../../../src/elements/base.js';
import { heldAfterHundred, nothingHeld } from '../../helpers/leaks.js';

class SpeakingElement extends ImElement {
  protected override render(): TemplateResult {
    return html`<p>${this.localize.t.chats}</p>
      <slot></slot>`;
  }
  get says(): string {
    return this.shadowRoot!.querySelector('p')?.textContent ?? '';
  }
  get box(): HTMLElement {
    return this.shadowRoot!.querySelector<HTMLElement>('.root')!;
  }
}
customElements.define('speaking-element', SpeakingElement);

const until = (element: SpeakingElement, text: string): Promise<void> => waitUntil(() => element.says === text, text);

describe('language', () => {
  it('is the nearest one, and its words come on demand', async () => {
    const box = await fixture<HTMLElement>(html`<div lang="zh-Hans-CN"><speaking-element></speaking-element></div>`);
    const element = box.querySelector<SpeakingElement>('speaking-element')!;
    await until(element, '聊天');
    expect(element.box.lang).to.equal('zh-Hans-CN');
  });

  it('follows a change on an ancestor, on itself, and across shadow trees', async () => {
    const box = await fixture<HTMLElement>(html`<div lang="en"><div></div></div>`);
    const element = document.createElement('speaking-element') as SpeakingElement;
    box.firstElementChild!.attachShadow({ mode: 'open' }).append(element);
    await until(element, 'Chats');
    box.lang = 'ar';
    await until(element, 'المحادثات');
    element.lang = 'en';
    await until(element, 'Chats');
    element.removeAttribute('lang');
    await until(element, 'المحادثات');
  });

  for (const lang of ['xx', 'en_US', 'C', 'not a language', 'de-CH'])
    it(`that has no words here (${lang}) is English, dates included`, async () => {
      const element = await fixture<SpeakingElement>(html`<speaking-element lang=${lang}></speaking-element>`);
      expect(element.says).to.equal('Chats');
      expect(element.box.lang).to.match(/^en/);
    });

  it('of two elements on one page may differ', async () => {
    const box = await fixture<HTMLElement>(
      html`<div><speaking-element lang="zh"></speaking-element><speaking-element lang="en"></speaking-element></div>`,
    );
    const [chinese, english] = [...box.querySelectorAll<SpeakingElement>('speaking-element')];
    await until(chinese!, '聊天');
    expect(english!.says).to.equal('Chats');
  });
});

describe('direction', () => {
  it('is the nearest one, and follows it', async () => {
    const box = await fixture<HTMLElement>(html`<div dir="rtl" lang="en"><speaking-element></speaking-element></div>`);
    const element = box.querySelector<SpeakingElement>('speaking-element')!;
    expect(element.box.dir).to.equal('rtl');
    expect(getComputedStyle(element.box).direction).to.equal('rtl');
    box.dir = 'ltr';
    await waitUntil(() => element.box.dir === 'ltr');
  });

  it('is the language’s where nobody says', async () => {
    const element = await fixture<SpeakingElement>(html`<speaking-element lang="ar"></speaking-element>`);
    expect(element.box.dir).to.equal('rtl');
  });
});

describe('watching the language', () => {
  it('holds nothing once the elements are gone', async () => {
    const make = (): Element => document.createElement('speaking-element');
    expect(await heldAfterHundred(make, (element) => (element as SpeakingElement).updateComplete)).to.deep.equal(
      nothingHeld,
    );
  });
});
