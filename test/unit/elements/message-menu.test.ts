import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import {
  isAccessible,
  bubble,
  chat,
  client,
  composer,
  focusMessage,
  hover,
  id,
  items,
  list,
  menu,
  messageOf,
  middleOf,
  mount,
  now,
  own,
  rightClick,
  row,
  spoken,
  toolbar,
  until,
  within,
  choose,
} from '../../helpers/acts-window.js';

const texts = [{ content: 'Hello' }, { ...own, content: 'Hi' }, { content: 'See https://example.com' }];

const active = (): Element | null =>
  menu()!.getRootNode() instanceof ShadowRoot ? (menu()!.getRootNode() as ShadowRoot).activeElement : null;

describe('the menu of a message', function () {
  this.timeout(60_000);

  it('opens by a right click and is accessible', async () => {
    await mount(texts);
    await rightClick('m1');
    expect(items()).to.deep.equal([
      'Reply',
      'Forward',
      'Copy text',
      'Pin',
      'Select',
      'Details',
      'Report',
      'Delete for me',
    ]);
    await isAccessible(chat);
  });

  it('offers what this person may do now, and nothing else', async () => {
    await mount([
      { ...own, time: now - 60_000 },
      { ...own, time: now - 600_000 },
      { ...own, time: now - 90_000_000 },
      { ...own, status: 'fail', seq: undefined as never },
      { type: 'image', file: { url: '/files/1', name: 'a.png', size: 1, ext: 'png', mime: 'image/png' } },
      { ...own, recalled: { by: 'alice', time: now }, content: undefined as never },
      { pinned: { by: 'bob', time: now } },
    ]);
    const offered = async (idClient: string): Promise<string[]> => {
      await rightClick(idClient);
      const found = items();
      await sendKeys({ press: 'Escape' });
      await until(() => menu() === null, 'the menu is gone');
      return found;
    };
    const always = ['Reply', 'Forward', 'Copy text', 'Pin', 'Select', 'Details', 'Delete for me'];
    const fresh = await offered('m1');
    expect(fresh).to.have.members([...always, 'Edit', 'Recall']);
    expect(await offered('m2'), 'ten minutes old').to.have.members([...always, 'Edit']);
    expect(await offered('m3'), 'a day old').to.have.members(always);
    expect(await offered('m4'), 'not sent').to.have.members(['Send again', 'Delete', 'Copy text']);
    expect(await offered('m5'))
      .to.include('Copy picture')
      .and.not.include('Copy text');
    expect(await offered('m6'), 'recalled').to.deep.equal(['Delete for me']);
    expect(await offered('m7'))
      .to.include('Unpin')
      .and.not.include('Pin');
    client.link({ state: 'disconnected' });
    expect(await offered('m3'), 'offline').to.have.members(['Reply', 'Copy text', 'Select', 'Details']);
  });

  it('leaves a link and a selected text to the browser', async () => {
    await mount(texts);
    await hover('m3');
    const link = within(row('m3')!, 'a')!;
    const left = (target: Element): boolean =>
      target.dispatchEvent(
        new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true, button: 2 }),
      );
    expect(left(link), 'the link’s own menu').to.equal(true);
    expect(left(bubble('m3'))).to.equal(false);
    await until(menu, 'the menu');
    await sendKeys({ press: 'Escape' });
    const text = within(row('m1')!, '.text')!;
    getSelection()!.setBaseAndExtent(text.firstChild!, 0, text.firstChild!, 4);
    const [x, y] = middleOf(text);
    text.dispatchEvent(
      new PointerEvent('pointerdown', { bubbles: true, composed: true, clientX: x, clientY: y, pointerType: 'mouse' }),
    );
    expect(left(text), 'the selection’s own menu').to.equal(true);
    getSelection()!.removeAllRanges();
  });

  it('has a toolbar beside the message under the mouse, which goes with it', async () => {
    await mount(texts);
    await hover('m1');
    const box = toolbar()!.getBoundingClientRect();
    expect(box.left, 'beside a message of the other one').to.be.at.least(bubble('m1').getBoundingClientRect().right);
    await until(() => within(toolbar()!, '[aria-label=Reply]'), 'its buttons');
    await sendMouse({ type: 'click', position: middleOf(within(toolbar()!, '[aria-label=Reply]')!) });
    expect(composer().quote?.idClient).to.equal('m1');
    await hover('m2');
    await until(
      () => toolbar()!.getBoundingClientRect().right <= bubble('m2').getBoundingClientRect().left,
      'before one’s own',
    );
    await sendMouse({ type: 'click', position: middleOf(within(toolbar()!, '[aria-label="More actions"]')!) });
    await until(menu, 'the menu');
    await sendMouse({ type: 'click', position: [2, 2] });
    await until(() => menu() === null, 'a press elsewhere closes it');
    await until(() => toolbar() === null, 'and the toolbar leaves with the mouse');
  });

  it('opens from the keyboard, is walked by keys, and gives the focus back', async () => {
    await mount(texts);
    await focusMessage('m2');
    for (const press of ['Enter', 'Shift+F10', 'ContextMenu']) {
      if (press === 'Shift+F10') await sendKeys({ down: 'Shift' });
      await sendKeys({ press: press.replace('Shift+', '') });
      if (press === 'Shift+F10') await sendKeys({ up: 'Shift' });
      await until(() => menu() && active()?.textContent.includes('Reply'), `${press} opens it at its first act`);
      await sendKeys({ press: 'Escape' });
      await until(() => menu() === null, 'Escape closes it');
      expect(list().shadowRoot!.activeElement === row('m2'), 'the message has the focus again').to.equal(true);
    }
    await sendKeys({ press: 'Enter' });
    await until(() => menu() && active(), 'open');
    const at = (): string => active()!.querySelector('.label')?.textContent ?? active()!.textContent.trim();
    await sendKeys({ press: 'ArrowDown' });
    expect(at()).to.equal('Forward');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'ArrowUp' });
    expect(at(), 'the reactions').to.equal('👍');
    await sendKeys({ press: 'ArrowRight' });
    expect(at()).to.equal('❤️');
    await sendKeys({ press: 'End' });
    expect(at()).to.equal('Delete for me');
    await sendKeys({ press: 'Home' });
    expect(at()).to.equal('👍');
    await sendKeys({ type: 'de' });
    expect(at(), 'by its letters').to.equal('Details');
    await sendKeys({ press: 'Tab' });
    await until(() => menu() === null, 'Tab closes it');
    expect(list().shadowRoot!.activeElement === row('m2')).to.equal(true);
  });

  it('does at once what a letter on the message says', async () => {
    await mount(texts);
    await focusMessage('m2');
    await sendKeys({ press: 'r' });
    expect(composer().quote?.idClient).to.equal('m2');
    await until(() => within(composer(), ':focus'), 'one writes the answer');
    await focusMessage('m2');
    await sendKeys({ press: 'e' });
    expect([composer().quote, composer().editing?.idClient]).to.deep.equal([undefined, 'm2']);
    await until(() => within(composer(), ':focus'), 'one changes the text');
    await focusMessage('m2');
    await sendKeys({ press: 'p' });
    await until(() => messageOf('m2').pinned, 'pinned');
    await until(() => spoken() === 'Pinned', 'and said so');
    await sendKeys({ press: 'ArrowUp' });
    await until(() => list().shadowRoot!.activeElement === row('m1'), 'the arrows still walk');
  });

  it('opens under a finger that rests, and not under one that scrolls', async () => {
    await mount(texts);
    await hover('m1');
    const [x, y] = middleOf(bubble('m1'));
    const touch = (type: string, dy = 0): boolean =>
      bubble('m1').dispatchEvent(
        new PointerEvent(type, {
          bubbles: true,
          composed: true,
          cancelable: true,
          pointerType: 'touch',
          isPrimary: true,
          clientX: x,
          clientY: y + dy,
        }),
      );
    touch('pointerdown');
    touch('pointermove', 30);
    touch('pointerup', 30);
    touch('pointerdown');
    within(list(), '.scroller')!.dispatchEvent(new Event('scroll'));
    touch('pointerdown');
    touch('pointerup');
    touch('pointerdown');
    const started = performance.now();
    await until(menu, 'the menu');
    expect(performance.now() - started, 'only the last one rested').to.be.above(400);
    touch('pointerup');
    const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
    expect(bubble('m1').dispatchEvent(click), 'the click that ends it is nobody’s').to.equal(false);
    expect(menu(), 'and it stays open').to.exist;
  });

  it('stays in sight on a phone, in both directions', async () => {
    await setViewport({ width: 360, height: 640 });
    try {
      for (const dir of ['ltr', 'rtl']) {
        await mount([...texts, { ...own, content: 'word '.repeat(300) }], { width: 344, dir });
        for (const idClient of ['m4', 'm3']) {
          if (!row(idClient)) continue;
          const { top, bottom } = bubble(idClient).getBoundingClientRect();
          const y = Math.max(70, Math.min(540, (top + bottom) / 2));
          for (const x of [20, 180, 340]) {
            row(idClient)!.dispatchEvent(
              new CustomEvent('im-message-menu', {
                bubbles: true,
                composed: true,
                detail: { message: messageOf(idClient), x, y },
              }),
            );
            await until(() => menu()?.matches(':popover-open') && menu()!.style.left, 'the menu');
            const at = menu()!.getBoundingClientRect();
            expect(at.left, `${dir} ${x}`).to.be.at.least(0);
            expect(at.right).to.be.at.most(360);
            expect(at.top).to.be.at.least(0);
            expect(at.bottom).to.be.at.most(640);
            await sendKeys({ press: 'Escape' });
            await until(() => menu() === null, 'closed');
          }
        }
      }
    } finally {
      await setViewport({ width: 800, height: 600 });
    }
  });

  it('says an act’s outcome once, and what went wrong in words', async () => {
    await mount(texts);
    const { ChatError } = await import('../../../src/client/errors.js');
    client.refusal = new ChatError(403, 'no');
    await rightClick('m1');
    await choose('Pin');
    await until(() => spoken() === 'You are not allowed to do this here.', 'why');
    expect(messageOf('m1').pinned).to.equal(undefined);
    const said = within(list(), '[aria-live=polite] p');
    client.set(id, { muted: true });
    await list().updateComplete;
    expect(within(list(), '[aria-live=polite] p') === said).to.equal(true);
  });
});
