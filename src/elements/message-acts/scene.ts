import { ContextEvent } from '@lit/context';
import type { ReactiveElement } from 'lit';
import type { ChatClientApi } from '../../client/api.js';
import type { Translation } from '../../i18n/en.js';
import type { ActWords } from '../../i18n/message-acts/en.js';
import type { Message } from '../../protocol/message.js';
import { clientContext } from '../context.js';
import type { ImMessageList } from '../message-list/message-list.js';
import type { ImMessage } from '../message/message.js';
import type { ImActNote } from './note.js';

/** What of a chat window the acts need. */
export type Window = ReactiveElement & { readonly now: () => number };
/** The composer, the default one or the page's; a page's own may lack any of it. */
export type Composer = HTMLElement & { quote?: Message | undefined; editing?: Message | undefined; value?: string };

/** The window that messages are acted on in: where its parts are, how it speaks, and where new parts go. */
export class Scene {
  readonly window: Window;
  readonly list: ImMessageList;
  readonly #note: ImActNote;

  constructor(window: Window, list: ImMessageList) {
    this.window = window;
    this.list = list;
    this.#note = list.ownerDocument.createElement('im-act-note');
    this.float(this.#note);
  }

  /** `undefined` while nobody is signed in. */
  get client(): ChatClientApi | undefined {
    let client: ChatClientApi | null | undefined;
    this.list.dispatchEvent(new ContextEvent(clientContext, this.list, (given) => (client = given)));
    return client ?? undefined;
  }
  get words(): ActWords {
    return this.#note.words;
  }
  get t(): Translation {
    return this.#note.t;
  }
  /** What went wrong, in words. */
  describe(error: unknown): string {
    return this.#note.describe(error);
  }
  /** Date and time in full. */
  readonly full = (ms: number): string => this.#note.full(ms);

  get composerSlot(): HTMLSlotElement | null {
    return this.window.renderRoot.querySelector('slot[name=composer]');
  }
  get composer(): Composer | undefined {
    const slot = this.composerSlot;
    return (slot?.assignedElements()[0] ?? slot?.querySelector('im-composer') ?? undefined) as Composer | undefined;
  }

  /** Puts an element over the list. It may have been swept away since, with what the window drew there before. */
  float(element: HTMLElement): void {
    const stage = this.list.parentElement;
    if (stage && element.parentElement !== stage) stage.append(element);
  }
  /** Puts an element below everything else. */
  append(element: HTMLElement): void {
    this.window.renderRoot.append(element);
  }

  /** Says how an act ended: to the eye for a moment, to a screen reader once. */
  tell(text: string): void {
    this.list.announce(text);
    this.float(this.#note);
    this.#note.show(text);
  }

  rendered(): ImMessage[] {
    return [...this.list.renderRoot.querySelectorAll<ImMessage>('im-message')];
  }
  elementOf(message: Message): ImMessage | undefined {
    return this.rendered().find((each) => each.message?.idClient === message.idClient);
  }
}

/** The message that an event came from, and what in it. */
export function messageIn(event: Event): { readonly element: ImMessage; readonly message: Message } | undefined {
  const found = event.composedPath().find((each) => each instanceof Element && each.localName === 'im-message');
  const element = found as ImMessage | undefined;
  return element?.message && { element, message: element.message };
}

/** What has the focus, however deep. */
export function deepFocus(document: Document): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active && active !== document.body ? (active as HTMLElement) : undefined;
}
