import { loadActWords } from '../../i18n/message-acts/words.js';
import type { Message } from '../../protocol/message.js';
import type { ImMessageList } from '../message-list/message-list.js';
import { ActEvent, type ActEventDetails } from '../message-parts/act-event.js';
import { actOfKey, actsFor, canReact, type Act, type Scope } from './acts.js';
import { define } from './define.js';
import { Gestures } from './gestures.js';
import type { Choice, MenuAnchor } from './menu.js';
import { pickEmoji } from './emoji.js';
import { Performer } from './performer.js';
import { deepFocus, Scene, type Window } from './scene.js';
import { Selection } from './selection.js';

/** What is one click away. */
const quickEmoji = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

const known = new WeakMap<ImMessageList, MessageActs>();

/** The acts on a list's messages; made when somebody first turns to one. */
export function actsOf(window: Window, list: ImMessageList): MessageActs {
  const acts = known.get(list) ?? new MessageActs(window, list);
  known.set(list, acts);
  return acts;
}

/** Everything that is done with messages, by pointer, finger or keyboard: finds out what is meant, offers what can be done, does it. */
export class MessageActs {
  readonly #scene: Scene;
  readonly #performer: Performer;
  readonly #selection: Selection;
  readonly #gestures: Gestures;
  #conversation: string | undefined;

  constructor(window: Window, list: ImMessageList) {
    define();
    this.#scene = new Scene(window, list);
    this.#conversation = list.conversation;
    this.#selection = new Selection(
      this.#scene,
      () => this.#scope(),
      (act, messages) => this.#run(act, messages),
    );
    this.#performer = new Performer(this.#scene, this.#selection);
    this.#gestures = new Gestures(this.#scene, {
      able: (message) => this.#able(message),
      canReact: (message) => this.#canReact(message),
      selecting: () => this.#selection.active,
      toggle: (message) => this.#selection.toggle(message),
      leave: () => this.#selection.end(true),
      run: (act, message) => this.#run(act, [message]),
      ask: (message, anchor) => this.#open(message, anchor),
      byKey: (event, message) => actOfKey(event, this.#able(message)),
    });
    window.addController({
      // Another conversation, or none: what was begun in the old one has ended.
      hostUpdated: () => (list.isConnected && list.conversation === this.#conversation) || this.#leave(),
      hostDisconnected: () => this.#leave(),
    });
    void loadActWords(list.renderRoot instanceof HTMLElement ? list.renderRoot.lang : 'en');
  }

  #leave(): void {
    this.#conversation = this.#scene.list.conversation;
    this.#selection.end(false);
    this.#gestures.rest();
  }

  /** Takes an event that an element of a message has sent. */
  take(event: Event): void {
    switch (event.type as keyof ActEventDetails | 'pointerover' | 'focusin') {
      case 'pointerover':
      case 'focusin':
        return this.#gestures.arrive(event);
      case 'im-message-menu': {
        const { message, x, y } = (event as ActEvent<'im-message-menu'>).detail;
        return this.#open(message, x === undefined || y === undefined ? undefined : pointAt(x, y));
      }
      case 'im-quote-click': {
        const { message, seq } = (event as ActEvent<'im-quote-click'>).detail;
        return void this.#performer.goTo(seq, message?.seq);
      }
      case 'im-act':
        return this.#act((event as ActEvent<'im-act'>).detail);
    }
  }

  #act(asked: ActEventDetails['im-act']): void {
    switch (asked.act) {
      case 'react':
        return void this.#performer.react(asked.message, asked.emoji, asked.on);
      case 'react-more':
        return this.#reactMore(asked.message, asked.anchor.getBoundingClientRect());
      case 'unpin':
        return void this.#performer.pin(asked.message, false);
      case 'edit-again':
        return this.#performer.editAgain(asked.text);
    }
  }

  #scope(): Scope | undefined {
    const { client, window } = this.#scene;
    return client && { features: client.features, online: client.connection.state === 'connected', now: window.now() };
  }

  #able(message: Message): readonly Act[] {
    const scope = this.#scope();
    return scope ? actsFor(message, scope) : [];
  }

  #canReact(message: Message): boolean {
    const scope = this.#scope();
    return scope !== undefined && canReact(message, scope);
  }

  /** Opens the menu; beside the message where no place is given. */
  #open(message: Message, anchor: MenuAnchor = this.#beside(message)): void {
    const acts = this.#able(message);
    const { client, list } = this.#scene;
    if (acts.length === 0 || !client) return;
    const own = (message.reactions ?? []).filter(({ accounts }) => accounts.includes(client.account));
    const quick = this.#canReact(message)
      ? quickEmoji.map((emoji) => ({ emoji, own: own.some((each) => each.emoji === emoji) }))
      : [];
    const menu = list.ownerDocument.createElement('im-message-menu');
    const before = deepFocus(list.ownerDocument);
    menu.choose = (choice) => this.#chosen(choice, message, anchor);
    menu.closed = (back) => {
      menu.remove();
      this.#gestures.menuOpen = false;
      if (back) (before?.isConnected ? before : this.#scene.composer)?.focus({ preventScroll: true });
    };
    this.#gestures.menuOpen = true;
    this.#scene.float(menu);
    menu.show({ acts, quick, anyEmoji: pickEmoji !== undefined }, anchor).catch((error: unknown) => reportError(error));
  }

  #beside(message: Message): MenuAnchor {
    const element = this.#scene.elementOf(message);
    const bubble = element?.renderRoot.querySelector('.bubble') ?? element ?? this.#scene.list;
    const { left, top, right, bottom } = bubble.getBoundingClientRect();
    const seen = this.#scene.list.getBoundingClientRect();
    // A message that is higher than the list has its menu beside what one sees of it.
    const [from, to] = [Math.max(top, seen.top), Math.min(bottom, seen.bottom)];
    return { left, top: from, width: right - left, height: Math.max(0, to - from) };
  }

  #chosen(choice: Choice, message: Message, anchor: MenuAnchor): void {
    if ('act' in choice) this.#run(choice.act, [message]);
    else if ('emoji' in choice) void this.#performer.react(message, choice.emoji, choice.on);
    else this.#reactMore(message, anchor);
  }

  #reactMore(message: Message, anchor: MenuAnchor): void {
    if (!pickEmoji) return this.#open(message, { ...anchor, focus: 'reactions' });
    pickEmoji(this.#scene, anchor).then(
      (emoji) => (emoji === undefined ? undefined : this.#performer.react(message, emoji, true)),
      (error: unknown) => reportError(error),
    );
  }

  /** Does it, and says so where it could not be done. */
  #run(act: Act, messages: readonly Message[]): void {
    this.#performer.run(act, messages);
  }
}

function pointAt(x: number, y: number): MenuAnchor {
  return { left: x, top: y, width: 0, height: 0 };
}
