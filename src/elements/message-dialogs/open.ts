import type { Message } from '../../protocol/message.js';
import { deepFocus, type Scene } from '../message-acts/scene.js';
import type { ActDialog } from './act-dialog.js';
import type { Question } from './confirm.js';
import { define } from './define.js';
import type { ForwardChoice } from './forward.js';

type Dialogs = {
  [
    K in keyof HTMLElementTagNameMap as HTMLElementTagNameMap[K] extends ActDialog<unknown> ? K : never
  ]: HTMLElementTagNameMap[K];
};

/** Asks in a dialog, and has the focus back where it was. */
function ask<K extends keyof Dialogs>(scene: Scene, tag: K, fields: Partial<Dialogs[K]>): ReturnType<Dialogs[K]['ask']>;
async function ask(scene: Scene, tag: keyof Dialogs, fields: object): Promise<unknown> {
  define();
  const dialog = scene.list.ownerDocument.createElement(tag);
  const before = deepFocus(scene.list.ownerDocument);
  Object.assign(dialog, { client: scene.client, nameOf: scene.list.nameOf }, fields);
  scene.append(dialog);
  try {
    return await dialog.ask();
  } finally {
    dialog.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  }
}

export async function confirm(scene: Scene, question: Question): Promise<boolean> {
  return (await ask(scene, 'im-confirm-dialog', { question })) === true;
}

/** Gives to how many chats they went; `undefined` when nobody wanted to. */
export function forward(
  scene: Scene,
  messages: readonly Message[],
  send: (choice: ForwardChoice) => Promise<void>,
): Promise<number | undefined> {
  return ask(scene, 'im-forward-dialog', { messages, send });
}

export async function report(scene: Scene, send: (reason: string) => Promise<void>): Promise<boolean> {
  return (await ask(scene, 'im-report-dialog', { send })) === true;
}

export async function details(scene: Scene, message: Message): Promise<void> {
  await ask(scene, 'im-details-dialog', { message });
}
