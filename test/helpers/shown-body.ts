import { fixture, html, waitUntil } from '@open-wc/testing';
import type { ReactiveElement } from 'lit';
import '../../src/elements/bodies/define.js';
import { ImAvatar } from '../../src/elements/avatar/avatar.js';
import type { ImBody } from '../../src/elements/bodies/body.js';
import { ImMessage } from '../../src/elements/message/message.js';
import type { Message } from '../../src/protocol/message.js';
import { FakeClient } from './fake-client.js';
import { fileOf, makeVoice, peaks } from './media.js';
import { provideClient } from './provide-client.js';

if (!customElements.get('im-avatar')) customElements.define('im-avatar', ImAvatar);
if (!customElements.get('im-message')) customElements.define('im-message', ImMessage);

export const id = 'p2p-bob';
export let client: FakeClient;
export let box: HTMLElement;

export const until = (condition: () => unknown, words: string): Promise<void> =>
  waitUntil(condition, words, { timeout: 10_000 });
export const bodyOf = (element: ImMessage): ImBody =>
  element.shadowRoot!.querySelector('im-body')!.shadowRoot!.querySelector<ImBody>(':not(slot)')!;
export const find = <E extends Element = HTMLElement>(element: ImMessage, selector: string): E =>
  bodyOf(element).shadowRoot!.querySelector<E>(selector)!;

/** A message on the page, as it stands in the client's timeline. */
export async function show(fields: Partial<Message>, frame: Partial<ImMessage> = {}): Promise<ImMessage> {
  // What was heard is known by it, beyond a test.
  client.receive(id, { idClient: crypto.randomUUID(), ...fields });
  const element = document.createElement('im-message');
  const message = client.timeline(id).messages.at(-1)!;
  Object.assign(element, { message, active: true }, frame);
  client.on('timeline', () => {
    const next = client.timeline(id).messages.find(({ idClient }) => idClient === message.idClient);
    if (next) element.message = next;
  });
  box.append(element);
  await element.updateComplete;
  await element.shadowRoot!.querySelector<ReactiveElement>('im-body')!.updateComplete;
  await bodyOf(element).updateComplete;
  return element;
}

export const voice = (name: string, fields: Partial<Message> = {}): Partial<Message> => {
  client.files.set(`/files/${name}`, makeVoice(0.6));
  return { type: 'audio', file: fileOf(`/files/${name}`, { duration: 600, peaks: [...peaks] }), ...fields };
};

/** A place for messages, 600 px wide, with a client of its own. */
export async function setStage(): Promise<void> {
  client = new FakeClient();
  client.add(id);
  box = await fixture<HTMLElement>(html`<div lang="en"></div>`);
  box.style.width = '600px';
  provideClient(box, client);
}
