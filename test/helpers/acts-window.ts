import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import '../../src/define.js';
import type { ImChatWindow } from '../../src/elements/chat-window/chat-window.js';
import type { ImComposer } from '../../src/elements/composer/composer.js';
import type { ImMessageList } from '../../src/elements/message-list/message-list.js';
import type { ImMessage } from '../../src/elements/message/message.js';
import type { Message } from '../../src/protocol/message.js';
import { FakeClient } from './fake-client.js';
import { provideClient } from './provide-client.js';

export const id = 'p2p-bob';
export const now = new Date(2026, 5, 1, 14, 32).getTime();
export let client: FakeClient;
export let box: HTMLElement;
export let chat: ImChatWindow;

/** A chat window on the page with these messages; each is Bob's text of a minute ago unless told otherwise. */
export async function mount(
  messages: readonly Partial<Message>[],
  { lang = 'en', dir = 'ltr', width = 640, theme = 'light', conversation = id, prepare = (): void => undefined } = {},
): Promise<void> {
  client = new FakeClient('alice', () => now);
  client.add(conversation, {
    ...(conversation === id && { name: 'Bob' }),
    lastSeq: messages.length,
    readSeq: messages.length,
  });
  client.setTimeline(conversation, {
    messages: messages.map((fields, i) =>
      client.message(conversation, {
        idClient: `m${i + 1}`,
        seq: i + 1,
        time: now - 60_000,
        content: `text ${i + 1}`,
        ...fields,
      }),
    ),
  });
  prepare();
  box = await fixture<HTMLElement>(html`<div></div>`);
  Object.assign(box, { lang, dir });
  box.style.cssText = `width: ${width}px; height: 560px`;
  provideClient(box, client);
  chat = document.createElement('im-chat-window');
  chat.style.height = '100%';
  chat.theme = theme as 'light';
  chat.now = () => now;
  chat.conversation = conversation;
  box.append(chat);
  await waitUntil(() => messages.length === 0 || row('m' + messages.length));
}

export const own = { flow: 'out', from: 'alice' } as const;
export const within = <T extends HTMLElement = HTMLElement>(host: Element, selector: string): T | null =>
  host.shadowRoot!.querySelector<T>(selector);
export const list = (): ImMessageList => within<ImMessageList>(chat, 'im-message-list')!;
export const row = (idClient: string): ImMessage | undefined =>
  [...(list()?.shadowRoot?.querySelectorAll<ImMessage>('im-message') ?? [])].find(
    (each) => each.message?.idClient === idClient,
  );
export const messageOf = (idClient: string): Message =>
  client.timeline(chat.conversation!).messages.find((each) => each.idClient === idClient)!;
export const composer = (): ImComposer => within<ImComposer>(chat, 'im-composer')!;
export const menu = (): HTMLElement | null => {
  const host = within(chat, 'im-message-menu');
  return host && within(host, '[role=menu]');
};
export const items = (): string[] => [...(menu()?.querySelectorAll('.label') ?? [])].map((label) => label.textContent);
export const toolbar = (): HTMLElement | null => within(chat, 'im-message-toolbar');
export const bar = (): HTMLElement | null => within(chat, 'im-selection-bar');
export const dialog = (name: string): HTMLElement | null => within(chat, `im-${name}-dialog`);
export const spoken = (): string => within(list(), '[aria-live=polite]')!.textContent.trim();
export const until = (condition: () => unknown, what: string): Promise<void> =>
  waitUntil(condition, what, { timeout: 5_000 });

export const middleOf = (element: Element): [number, number] => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
};
export const bubble = (idClient: string): HTMLElement => within(row(idClient)!, '.bubble, .notice')!;

/** The mouse comes to a message, and what can be done with it has been loaded. */
export async function hover(idClient: string): Promise<void> {
  await sendMouse({ type: 'move', position: [1, 1] });
  row(idClient)!.scrollIntoView({ block: 'center' });
  await until(async () => {
    const [x, y] = middleOf(bubble(idClient));
    await sendMouse({ type: 'move', position: [x - 2, y] });
    await sendMouse({ type: 'move', position: [x, y] });
    return toolbar();
  }, 'the toolbar');
}

export async function rightClick(idClient: string): Promise<void> {
  await hover(idClient);
  await sendMouse({ type: 'click', position: middleOf(bubble(idClient)), button: 'right' });
  await until(menu, 'the menu');
}

/** The keyboard goes to the last message, and so many up from there. */
export async function focusMessage(idClient: string): Promise<void> {
  // Whoever has just answered or edited has the field, as soon as it can be written in.
  await until(async () => {
    if (list().shadowRoot!.activeElement === null) within(list(), '.scroller')!.focus();
    await sendKeys({ press: 'End' });
    return list().shadowRoot!.activeElement?.localName === 'im-message';
  }, 'the keyboard is in the list');
  for (let i = 0; i < 50 && list().shadowRoot!.activeElement !== row(idClient); i++) {
    const before = list().shadowRoot!.activeElement;
    await until(() => list().shadowRoot!.activeElement?.localName === 'im-message', 'a message has the focus');
    if (list().shadowRoot!.activeElement === row(idClient)) break;
    await sendKeys({ press: 'ArrowUp' });
    await until(() => list().shadowRoot!.activeElement !== before, 'the keyboard moved');
  }
  await import('../../src/elements/message-acts/message-acts.js');
  await until(toolbar, 'the acts are there');
}

/** Chooses from the open menu. */
export async function choose(label: string): Promise<void> {
  const item = [...menu()!.querySelectorAll<HTMLElement>('button')].find(
    (each) => (each.querySelector('.label')?.textContent ?? each.textContent.trim()) === label,
  );
  expect(item, `${label} among ${items().join()}`).to.exist;
  item!.click();
  await until(() => menu() === null, 'the menu is gone');
}

/** Checks an element once nothing fades in any more. */
export async function isAccessible(element: Element): Promise<void> {
  await Promise.all(animationsIn(element).map((animation) => animation.finished.catch(() => undefined)));
  await expect(element).to.be.accessible();
}

function animationsIn(element: Element): Animation[] {
  const { shadowRoot } = element;
  if (!shadowRoot) return [];
  const inside = [...shadowRoot.querySelectorAll('*')].flatMap(animationsIn);
  return [...shadowRoot.getAnimations(), ...inside];
}
