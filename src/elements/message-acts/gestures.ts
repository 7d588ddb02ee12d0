import type { Message } from '../../protocol/message.js';
import type { ImMessage } from '../message/message.js';
import { ActEvent } from '../message-parts/act-event.js';
import { type Act } from './acts.js';
import { LongPress } from './long-press.js';
import type { MenuAnchor } from './menu.js';
import { messageIn, type Scene } from './scene.js';
import { ToolbarPlace } from './toolbar-place.js';

/** What a gesture can lead to. */
export type Aims = {
  able(message: Message): readonly Act[];
  canReact(message: Message): boolean;
  /** Whether several messages are being chosen: a gesture chooses then. */
  selecting(): boolean;
  toggle(message: Message): void;
  leave(): void;
  run(act: Act, message: Message): void;
  ask(message: Message, anchor?: MenuAnchor): void;
  byKey(event: KeyboardEvent, message: Message): Act | undefined;
};

/** Reads pointer, finger and keyboard on a list of messages. */
export class Gestures {
  /** Whether a menu is open: the system's own is not wanted beside it. */
  menuOpen = false;

  readonly #aims: Aims;
  readonly #toolbar: ToolbarPlace;
  readonly #press: LongPress;
  /** Whether a text was selected before the button went down: in some systems a right click selects a word by itself. */
  #hadSelection = false;

  constructor(scene: Scene, aims: Aims) {
    this.#aims = aims;
    this.#toolbar = new ToolbarPlace(scene, aims);
    this.#press = new LongPress((target, x, y) => this.#pressed(target as ImMessage, x, y));
    const { list, window } = scene;
    list.addEventListener('pointerdown', this.#onDown);
    list.addEventListener('pointermove', (event) => this.#press.move(event));
    for (const end of ['pointerup', 'pointercancel', 'pointerleave']) list.addEventListener(end, this.#press.cancel);
    list.renderRoot.addEventListener('scroll', this.#onScroll, { capture: true, passive: true });
    list.addEventListener('click', this.#onClick, { capture: true });
    list.addEventListener('contextmenu', this.#onContextMenu);
    list.addEventListener('keydown', this.#onKey);
    window.renderRoot.addEventListener('keydown', (event) => this.#onEscape(event as KeyboardEvent));
  }

  arrive(event: Event): void {
    this.#toolbar.arrive(event);
  }

  /** Ends what is under way. */
  rest(): void {
    this.#press.cancel();
    this.#toolbar.hide();
  }

  readonly #onScroll = (): void => {
    this.#press.cancel();
    this.#toolbar.scrolled();
  };

  readonly #onDown = (event: PointerEvent): void => {
    const found = messageIn(event);
    this.#hadSelection = found !== undefined && selectedIn(found.element) !== '';
    const menu = found && !this.#aims.selecting() && this.#aims.able(found.message).length > 0;
    this.#press.down(event, menu ? found.element : undefined);
  };

  #pressed(element: ImMessage, x: number, y: number): void {
    if (!element.message || !element.isConnected) return;
    // Not on every device; where there is none, the menu's coming is the only answer.
    navigator.vibrate?.(10);
    element.dispatchEvent(new ActEvent('im-message-menu', { message: element.message, x, y }));
  }

  readonly #onClick = (event: Event): void => {
    const found = messageIn(event);
    this.#press.click(event);
    if (event.defaultPrevented || !found) return;
    if (this.#aims.selecting()) {
      // The box itself is left to turn as boxes do: undoing it would come after what is drawn.
      if (!(event.composedPath()[0] instanceof HTMLInputElement)) event.preventDefault();
      event.stopPropagation();
      this.#aims.toggle(found.message);
    } else if (event.composedPath().some((each) => each instanceof Element && each.classList.contains('edited'))) {
      const details = this.#aims.able(found.message).find(({ id }) => id === 'details');
      if (details) this.#aims.run(details, found.message);
    }
  };

  readonly #onContextMenu = (event: MouseEvent): void => {
    const found = messageIn(event);
    if (!found || event.defaultPrevented) return;
    if (this.menuOpen || this.#press.holds) return event.preventDefault();
    if (this.#aims.selecting() || this.#hadSelection || keepsOwnMenu(event)) return;
    if (this.#aims.able(found.message).length === 0) return;
    event.preventDefault();
    const { clientX: x, clientY: y, button } = event;
    const byPointer = button === 2 || x !== 0 || y !== 0;
    found.element.dispatchEvent(
      new ActEvent('im-message-menu', { message: found.message, ...(byPointer && { x, y }) }),
    );
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const found = messageIn(event);
    const [target] = event.composedPath();
    // In a link or a button of the message the keys are theirs.
    if (!found || event.defaultPrevented || !(target instanceof Element) || target.localName !== 'article') return;
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    const { message, element } = found;
    if (this.#aims.selecting()) {
      if (key !== ' ' && key !== 'Enter') return;
      event.preventDefault();
      return this.#aims.toggle(message);
    }
    if (key === 'ContextMenu' || (key === 'F10' && shiftKey) || (key === 'Enter' && !ctrlKey && !metaKey && !altKey)) {
      event.preventDefault();
      return void element.dispatchEvent(new ActEvent('im-message-menu', { message }));
    }
    const copies = (ctrlKey || metaKey) && key.toLowerCase() === 'c' && selectedIn(element) === '';
    if ((ctrlKey || metaKey || altKey) && !copies) return;
    if (key === '+' && this.#aims.canReact(message)) {
      event.preventDefault();
      return this.#toolbar.react(message);
    }
    const act = this.#aims.byKey(event, message);
    if (!act) return;
    event.preventDefault();
    this.#aims.run(act, message);
  };

  #onEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.#aims.selecting()) return;
    event.preventDefault();
    event.stopPropagation();
    this.#aims.leave();
  }
}

/** A link has a menu of its own in every browser, and so has a field. */
function keepsOwnMenu(event: Event): boolean {
  return event.composedPath().some((each) => each instanceof Element && each.matches('a[href], input, textarea'));
}

/** The text that is selected in a message. In some engines only the shadow tree itself knows. */
function selectedIn({ shadowRoot }: ImMessage): string {
  const own = (shadowRoot as { getSelection?: () => Selection | null } | null)?.getSelection?.();
  return String(own ?? getSelection() ?? '');
}
