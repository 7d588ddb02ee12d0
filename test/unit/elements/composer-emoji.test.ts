import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { sendKeys } from '@web/test-runner-commands';
import { forgetEmojiChoice, loadEmojiChoice, picked, saveEmojiChoice } from '../../../src/client/emoji-choice.js';
import { allEmoji, emojiNames, findEmoji, inTone } from '../../../src/elements/composer/tools/emoji/emoji-data.js';
import type { ImEmojiPicker } from '../../../src/elements/composer/tools/emoji/emoji-picker.js';
import { MountedComposer } from '../../helpers/mounted-composer.js';

type Open = { it: MountedComposer; picker: ImEmojiPicker };

async function open(options: Parameters<typeof MountedComposer.mount>[1] = {}): Promise<Open> {
  const it = await MountedComposer.mount('p2p-bob', options);
  it.query('[part=emoji]')!.click();
  const picker = await it.seen<ImEmojiPicker>('im-emoji-picker');
  await waitUntil(() => cells(picker)[0]?.getAttribute('aria-label') !== cells(picker)[0]?.textContent, 'no names');
  return { it, picker };
}
const find = (picker: ImEmojiPicker, selector: string): HTMLElement => picker.shadowRoot!.querySelector(selector)!;
const cells = (picker: ImEmojiPicker): HTMLElement[] => [...picker.shadowRoot!.querySelectorAll<HTMLElement>('.cell')];
const shown = (picker: ImEmojiPicker): string[] => cells(picker).map((cell) => cell.textContent);
const active = (picker: ImEmojiPicker): string | undefined => picker.shadowRoot!.activeElement?.textContent;
async function search(picker: ImEmojiPicker, text: string): Promise<void> {
  const input = find(picker, 'input') as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new InputEvent('input'));
  await picker.updateComplete;
}

describe('im-composer: the emoji picker', () => {
  beforeEach(() => forgetEmojiChoice('alice'));

  it('is accessible, inside the page, and loaded when first asked for', async () => {
    const { it, picker } = await open();
    expect(shown(picker).slice(0, 3)).to.deep.equal(['😀', '😃', '😄']);
    await expect(it.composer).to.be.accessible();
    await expect(picker).to.be.accessible();
    const { top, left, right, height } = picker.getBoundingClientRect();
    expect(height).to.be.above(250);
    expect(top).to.be.at.least(0);
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(innerWidth);
    expect(picker.shadowRoot!.activeElement === find(picker, 'input'), 'one can type at once').to.equal(true);
  });

  it('puts what is picked where the cursor is, stays open, and closes with Escape', async () => {
    const { it, picker } = await open();
    await it.type('ab');
    it.area.setSelectionRange(1, 1);
    cells(picker)[0]!.click();
    cells(picker)[1]!.click();
    await it.composer.updateComplete;
    expect(it.area.value).to.equal('a😀😃b');
    expect(it.client.conversation('p2p-bob')!.draft).to.equal('a😀😃b');
    expect(it.key('Escape', {}, cells(picker)[0])).to.equal(true);
    await it.gone('im-emoji-picker');
    expect(it.composer.shadowRoot!.activeElement === it.area).to.equal(true);
    it.query('[part=emoji]')!.click();
    await it.seen('im-emoji-picker');
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await it.gone('im-emoji-picker');
  });

  it('is walked by real keys', async () => {
    const { it, picker } = await open();
    find(picker, 'input').focus();
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => active(picker) === '😀');
    await sendKeys({ press: 'ArrowRight' });
    await waitUntil(() => active(picker) === '😃');
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => active(picker) === shown(picker)[9]);
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => it.area.value === shown(picker)[9]);
    expect(picker.shadowRoot!.querySelectorAll('.cell[tabindex="0"]').length, 'one tab stop').to.equal(1);
    await sendKeys({ press: 'End' });
    await waitUntil(() => active(picker) === shown(picker).at(-1));
    find(picker, '[role=tab][aria-selected=true]').focus();
    await sendKeys({ press: 'ArrowRight' });
    await waitUntil(
      () => find(picker, '[role=tab][aria-selected=true]').getAttribute('aria-label') === 'People and body',
    );
    await waitUntil(() => shown(picker)[0] === '👋');
  });

  it('walks the other way right to left', async () => {
    const { picker } = await open({ lang: 'ar', dir: 'rtl', width: 360 });
    find(picker, 'input').focus();
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => active(picker) === '😀');
    await sendKeys({ press: 'ArrowLeft' });
    await waitUntil(() => active(picker) === '😃');
    await waitUntil(() => cells(picker)[0]!.getAttribute('aria-label') === 'وجه بابتسامة عريضة');
  });

  it('finds by English words, and by those of the page’s language', async () => {
    const { it, picker } = await open();
    await search(picker, 'pizza');
    expect(shown(picker)[0]).to.equal('🍕');
    await expect(picker).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => it.area.value === '🍕');
    await search(picker, 'no such thing');
    expect(shown(picker)).to.deep.equal([]);
    expect(find(picker, '[role=status]').textContent).to.equal('No emoji found');
    const chinese = await open({ lang: 'zh-CN' });
    await search(chinese.picker, '披萨');
    await waitUntil(() => shown(chinese.picker)[0] === '🍕');
    await search(chinese.picker, 'pizza');
    await waitUntil(() => shown(chinese.picker)[0] === '🍕');
    const arabic = await open({ lang: 'ar', dir: 'rtl' });
    await search(arabic.picker, 'بيتزا');
    await waitUntil(() => shown(arabic.picker)[0] === '🍕');
  });

  it('remembers skin tone and what was used last, until the account signs out', async () => {
    const { it, picker } = await open();
    find(picker, '.tone').click();
    await picker.updateComplete;
    await expect(picker).to.be.accessible();
    picker.shadowRoot!.querySelectorAll<HTMLElement>('.tones .tone')[5]!.click();
    await search(picker, 'waving hand');
    expect(shown(picker)[0]).to.equal('👋🏿');
    cells(picker)[0]!.click();
    await waitUntil(() => it.area.value === '👋🏿');
    const again = await open();
    expect(shown(again.picker)).to.deep.equal(['👋🏿']);
    expect(find(again.picker, '[role=tab]').getAttribute('aria-label')).to.equal('Recently used');
    forgetEmojiChoice('alice');
    expect(loadEmojiChoice('alice')).to.deep.equal({ recent: [], tone: 0 });
  });
});

describe('the emoji', () => {
  const all = [...allEmoji().values()].flat();

  it('have a name each, in every language', async () => {
    expect(all.length).to.be.above(1_800);
    expect(new Set(all.map(({ emoji }) => emoji)).size).to.equal(all.length);
    for (const language of ['en', 'zh', 'ar']) {
      const { names } = await emojiNames(language);
      expect(names.length, language).to.equal(all.length);
      expect(
        names.filter((name) => name === ''),
        language,
      ).to.deep.equal([]);
    }
  });

  it('take skin tones where Unicode has them', () => {
    expect(inTone('👋', 0)).to.equal('👋');
    expect(inTone('☝️', 3)).to.equal('☝🏽');
    expect(inTone('👩‍❤️‍👨', 1)).to.equal('👩🏻‍❤️‍👨🏻');
    expect(all.find(({ emoji }) => emoji === '🧠')!.toned).to.equal(false);
    expect(all.filter(({ toned }) => toned).length).to.be.above(300);
  });

  it('are found by all words of a query, those first that begin with it', async () => {
    const names = [await emojiNames('en')];
    const found = (query: string): string[] => findEmoji(allEmoji().values(), names, query).map(({ emoji }) => emoji);
    expect(found('red heart')[0]).to.equal('❤️');
    expect(found('CAT face')).to.include('🐱');
    expect(found('   ')).to.deep.equal([]);
    expect(found('pinata')).to.deep.equal(['🪅']);
  });

  it('that were chosen are read with care', () => {
    const key = 'im-elements emoji mallory';
    for (const kept of ['not json', '{"recent":7,"tone":9}', '{"recent":[1,null],"tone":"5"}', 'null', '[]']) {
      localStorage.setItem(key, kept);
      expect(loadEmojiChoice('mallory'), kept).to.deep.equal({ recent: [], tone: 0 });
    }
    saveEmojiChoice('mallory', picked({ recent: ['a', 'b'], tone: 2 }, 'b'));
    expect(loadEmojiChoice('mallory')).to.deep.equal({ recent: ['b', 'a'], tone: 2 });
    forgetEmojiChoice('mallory');
  });
});
