import type { Screen } from './screens.js';
import type { WatchedSite } from './watched-site.js';

/** Runs in the page: the first element of a selector, in whatever shadow tree; one of a messenger where an account is named. */
export const find = `((selector, account) => {
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector)) return element;
      const inside = element.shadowRoot && walk(element.shadowRoot);
      if (inside) return inside;
    }
  };
  const messenger = account && document.querySelector('im-messenger[account="' + account + '"]');
  if (account && !messenger?.shadowRoot) return undefined;
  return walk(messenger ? messenger.shadowRoot : document);
})`;

const patienceMs = 30_000;

/** Waits until an expression holds in the page; asks again as fast as the page answers. */
export async function untilHolds(screen: Screen, expression: string): Promise<void> {
  for (const start = performance.now(); !(await screen.evaluate<boolean>(`Boolean(${expression})`));)
    if (performance.now() - start > patienceMs) throw new Error(`in vain: ${expression.slice(-300)}`);
}

/** An expression: everything that is written in an account's messenger. */
const written = (account: string): string =>
  `[${find}('im-message-list', '${account}')].flatMap((list) =>
     [...(list?.shadowRoot?.querySelectorAll('im-message') ?? [])].map((message) => message.shadowRoot?.textContent)).join()`;

/** A real click into an account's composer, and real keys. */
async function say(screen: Screen, account: string, text: string): Promise<void> {
  const field = `${find}('textarea:not(:disabled)', '${account}')`;
  await untilHolds(screen, `${field}?.checkVisibility()`);
  const { x, y } = await screen.evaluate<{ x: number; y: number }>(
    `(({ left, top, width, height }) => ({ x: left + width / 2, y: top + height / 2 }))(${field}.getBoundingClientRect())`,
  );
  await screen.click(x, y);
  await screen.type(text);
  await screen.enter();
}

const untilSaid = (screen: Screen, account: string, text: string): Promise<void> =>
  untilHolds(screen, `${written(account)}.includes(${JSON.stringify(text)})`);

const link = (account: string): string =>
  `document.querySelector('im-messenger[account="${account}"]').client?.connection.state`;

/**
 * Alice and Bob on one page, each in a messenger: they write, the page changes everything that a page may change, the line is cut and
 * comes back, and they write again. Gives everything that any part of it had to complain of.
 */
export async function talkUnder(screen: Screen, site: WatchedSite, url: string): Promise<string[]> {
  await screen.goto(url);
  await say(screen, 'alice', 'Hello Bob');
  await untilSaid(screen, 'bob', 'Hello Bob');
  await say(screen, 'bob', 'Hello Alice, see https://example.com');
  await untilSaid(screen, 'alice', 'Hello Alice');
  for (const theme of ['dark', 'light', 'auto'])
    await screen.evaluate(
      `document.querySelectorAll('im-messenger').forEach((it) => it.setAttribute('theme', '${theme}'))`,
    );
  for (const [lang, dir, placeholder] of [
    ['zh-CN', 'ltr', '消息'],
    ['ar', 'rtl', 'رسالة'],
    ['en', 'ltr', 'essage'],
  ] as const) {
    await screen.evaluate(`Object.assign(document.documentElement, { lang: '${lang}', dir: '${dir}' })`);
    await untilHolds(screen, `${find}('textarea', 'alice').placeholder.includes('${placeholder}')`);
    await say(screen, 'alice', `in ${lang}`);
    await untilSaid(screen, 'bob', `in ${lang}`);
  }
  for (const width of [400, 1000]) {
    await screen.resize(width, 760);
    await untilHolds(screen, `Math.abs(innerWidth - ${width}) < 100`);
  }
  site.hold();
  await untilHolds(screen, `${link('alice')} === 'connecting' && ${link('bob')} === 'connecting'`);
  await say(screen, 'alice', 'written without a line');
  site.heal();
  await untilSaid(screen, 'bob', 'written without a line');
  await untilHolds(screen, `${link('alice')} === 'connected'`);
  return complaintsOf(screen, site);
}

/** What the page heard, what its console showed, what the browser reported. */
export async function complaintsOf(screen: Screen, site: WatchedSite): Promise<string[]> {
  const heard = await screen.evaluate<string[]>('globalThis.watched ?? ["the page is not watched"]');
  return [...heard, ...screen.complaints, ...site.reports];
}
