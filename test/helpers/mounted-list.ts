import { fixture } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { ImAvatar } from '../../src/elements/avatar/avatar.js';
import { ImConversationList } from '../../src/elements/conversation-list/conversation-list.js';
import { FakeClient } from './fake-client.js';
import { provideClient } from './provide-client.js';

if (!customElements.get('im-avatar')) customElements.define('im-avatar', ImAvatar);
if (!customElements.get('im-conversation-list')) customElements.define('im-conversation-list', ImConversationList);

export const now = new Date(2026, 10, 23, 19, 40).getTime();
export const minutes = (count: number): number => now - count * 60_000;

/** One of each kind of row. */
export function mixed(): FakeClient {
  const client = new FakeClient('alice', () => now);
  const say = (id: string, content: string, fields = {}): object => ({
    lastMsg: client.message(id, { content, ...fields }),
  });
  client.add('group-trip', {
    name: 'Summer trip',
    pinned: true,
    unread: 3,
    updateTime: minutes(1),
    ...say('group-trip', 'See you', { from: 'bob' }),
  });
  client.add('p2p-bob', { name: 'Bob', updateTime: minutes(2), ...say('p2p-bob', 'OK 👍', { time: minutes(2) }) });
  client.add('p2p-mia', { name: 'Mia', updateTime: minutes(3), draft: 'not yet', ...say('p2p-mia', 'Hm') });
  client.add('group-deploys', {
    name: 'Deploys',
    muted: true,
    unread: 128,
    updateTime: minutes(4),
    ...say('group-deploys', 'build ✓'),
  });
  client.add('p2p-mum', {
    name: 'Mum',
    updateTime: minutes(5),
    ...say('p2p-mum', '❤️', { flow: 'out', from: 'alice', status: 'fail' }),
  });
  client.add('p2p-jose', {
    name: 'José',
    updateTime: minutes(60 * 30),
    ...say('p2p-jose', 'mañana', { flow: 'out', from: 'alice', time: minutes(60 * 30) }),
  });
  return client;
}

/** A list in a box of 320 × 600 px, in a provider of its own. */
export async function mount(
  client: FakeClient | undefined,
  attributes: { theme?: string; lang?: string; dir?: string } = {},
): Promise<ReturnType<typeof provideClient> & { readonly box: HTMLElement; readonly list: ImConversationList }> {
  const box = await fixture<HTMLElement>(html`<div></div>`);
  const { theme = 'light', lang = 'en', dir = 'ltr' } = attributes;
  box.style.cssText = 'width: 320px; height: 600px';
  box.lang = lang;
  box.dir = dir;
  const provider = provideClient(box, client);
  const list = document.createElement('im-conversation-list');
  list.setAttribute('theme', theme);
  list.now = () => now;
  box.append(list);
  await list.updateComplete;
  return { box, list, ...provider };
}

export const rows = (list: ImConversationList): HTMLElement[] => [
  ...list.shadowRoot!.querySelectorAll<HTMLElement>('.row'),
];
export const rowOf = (list: ImConversationList, id: string): HTMLElement =>
  rows(list).find((row) => row.dataset['id'] === id)!;
export const textOf = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim();
export const names = (list: ImConversationList): string[] =>
  rows(list).map((row) => row.querySelector('.name, .start')!.textContent);
export const search = (list: ImConversationList): HTMLInputElement => list.shadowRoot!.querySelector('input')!;

export async function type(list: ImConversationList, text: string): Promise<void> {
  search(list).focus();
  await sendKeys({ type: text });
  await list.updateComplete;
}
