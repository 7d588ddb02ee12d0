import { complaintsOf, find, untilHolds } from './conversation.js';
import type { Screen } from './screens.js';
import type { WatchedSite } from './watched-site.js';

/** An expression: the first element of a selector in Alice's messenger. */
const alices = (selector: string): string => `${find}(${JSON.stringify(selector)}, 'alice')`;

async function press(screen: Screen, selector: string): Promise<void> {
  const element = alices(selector);
  await untilHolds(screen, `${element}?.checkVisibility()`);
  const { x, y } = await screen.evaluate<{ x: number; y: number }>(
    `(({ left, top, width, height }) => ({ x: left + width / 2, y: top + height / 2 }))(${element}.getBoundingClientRect())`,
  );
  await screen.click(x, y);
}

/** Alice picks an emoji, stages a picture and a file, and sends a place; gives everything that any part had to complain of. */
export async function useTools(screen: Screen, site: WatchedSite, url: string): Promise<string[]> {
  await screen.goto(url);
  await untilHolds(screen, `${alices('textarea:not(:disabled)')}?.checkVisibility()`);
  await press(screen, '[part=emoji]');
  const cell = alices('.cell');
  await untilHolds(screen, `${cell} && ${cell}.getAttribute('aria-label') !== ${cell}.textContent`);
  await press(screen, '.cell');
  await untilHolds(screen, `${alices('textarea')}.value === ${cell}.textContent`);
  await press(screen, '[part=attach]');
  await press(screen, '[role=menuitem]:last-of-type');
  await untilHolds(screen, `${alices('form.place')}?.checkVisibility()`);
  await press(screen, 'input[name=where]');
  await screen.type('1, 2');
  await screen.enter();
  await untilHolds(screen, `!${alices('form.place')}`);
  await untilHolds(screen, `${alices('im-message-list')}.shadowRoot.querySelector('im-message')`);
  await screen.evaluate(`(async () => {
    const composer = ${alices('im-composer')};
    composer.client.sendFile = () => Promise.reject(new Error('not here'));
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
    const blob = await new Promise((done) => canvas.toBlob(done));
    await composer.attach([new File([blob], 'a.png', { type: blob.type }), new File(['text'], 'b.txt')]);
  })()`);
  await untilHolds(screen, `${alices('.tile.picture')} && !${alices('.tile.reading')}`);
  return complaintsOf(screen, site);
}
