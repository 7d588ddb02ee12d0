import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { ImAvatar } from '../../src/elements/avatar/avatar.js';
import { ImMessageList } from '../../src/elements/message-list/message-list.js';
import { ImMessage } from '../../src/elements/message/message.js';
import type { Message } from '../../src/protocol/message.js';
import { FakeClient } from './fake-client.js';
import { provideClient } from './provide-client.js';

if (!customElements.get('im-avatar')) customElements.define('im-avatar', ImAvatar);
if (!customElements.get('im-message')) customElements.define('im-message', ImMessage);
if (!customElements.get('im-message-list')) customElements.define('im-message-list', ImMessageList);

export const id = 'p2p-bob';
export const noon = new Date(2026, 5, 1, 12).getTime();

export let client: FakeClient;
export let list: ImMessageList;

export const scroller = (): HTMLElement => list.shadowRoot!.querySelector('.scroller')!;
export const shown = (): ImMessage[] => [...scroller().querySelectorAll<ImMessage>('im-message')];
export const byId = (idClient: string): ImMessage => shown().find(({ message }) => message!.idClient === idClient)!;
export const atEnd = (): boolean => scroller().scrollHeight - scroller().clientHeight - scroller().scrollTop < 2;
export const until = (condition: () => unknown, message: string): Promise<void> =>
  waitUntil(condition, message, { timeout: 5_000 });
export const frames = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await nextFrame();
};
export const jump = (): HTMLButtonElement | null => list.shadowRoot!.querySelector('.jump');

/** Messages `from` to `to` by number, of mixed length and authors. */
export function messages(from: number, to: number): Message[] {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const own = n % 5 > 2;
    return client.message(id, {
      idClient: `m${n}`,
      seq: n + 1,
      time: noon + n * 40_000,
      content: `${n} ${'some words to read '.repeat((n * 7) % 13)}`,
      ...(own && { flow: 'out' as const, from: 'alice' }),
    });
  });
}

/** A list 400 px high with so many messages, all of them read. */
export async function open(
  count: number,
  options: { older?: number; unread?: number; width?: number } = {},
): Promise<void> {
  client = new FakeClient('alice', () => noon);
  const { older = 0, unread = 0, width = 600 } = options;
  client.add(id, { lastSeq: older + count, readSeq: older + count - unread, unread });
  client.older.set(id, messages(0, older));
  client.setTimeline(id, { messages: messages(older, older + count), hasOlder: older > 0 });
  const box = await fixture<HTMLElement>(html`<div></div>`);
  provideClient(box, client);
  list = document.createElement('im-message-list');
  list.style.cssText = `display: block; width: ${width}px; height: 400px`;
  list.conversation = id;
  box.append(list);
  await settled();
}

/** Until nothing is left to draw, and no scroll is under way. */
export async function settled(): Promise<void> {
  await frames(3);
  while (!(await list.updateComplete));
  await frames(2);
}

export async function scrollTo(top: number): Promise<void> {
  scroller().scrollTop = top;
  await frames(2);
}

/** Where the messages on screen stand. */
export function places(): Map<string, number> {
  const top = scroller().getBoundingClientRect().top;
  const seen = new Map<string, number>();
  for (const message of shown()) {
    const box = message.getBoundingClientRect();
    if (box.bottom > top && box.top < top + 400) seen.set(message.message!.idClient, box.top);
  }
  return seen;
}

/** The farthest that any message which is on screen before and after has moved, in pixels. */
export function drift(before: Map<string, number>): number {
  const after = places();
  const moves = [...before].flatMap(([key, y]) => (after.has(key) ? [Math.abs(after.get(key)! - y)] : []));
  expect(moves.length, 'messages still on screen').to.be.above(0);
  return Math.max(...moves);
}

/** Elements in a shadow tree and all those inside it. */
export function elements(host: Element): number {
  const inside = [...host.shadowRoot!.querySelectorAll('*')];
  return inside.reduce((sum, each) => sum + 1 + (each.shadowRoot ? elements(each) : 0), 0);
}
