import type { Message } from '../../protocol/message.js';
import type { ImMessage } from '../message/message.js';
import type { Aims } from './gestures.js';
import { messageIn, type Scene } from './scene.js';
import type { ImMessageToolbar, ToolbarPress } from './toolbar.js';

/** Between the toolbar and the bubble or the list's edge, in pixels. */
const gap = 6;

/** Has the toolbar beside the message that a mouse or the keyboard is at, and nowhere else. */
export class ToolbarPlace {
  readonly #scene: Scene;
  readonly #aims: Aims;
  readonly #bar: ImMessageToolbar;
  #at: ImMessage | undefined;

  constructor(scene: Scene, aims: Aims) {
    this.#scene = scene;
    this.#aims = aims;
    this.#bar = scene.list.ownerDocument.createElement('im-message-toolbar');
    this.#bar.press = (what, at) => this.#pressed(what, at);
    const { list } = scene;
    list.addEventListener('pointermove', this.#onMove);
    list.addEventListener('pointerleave', this.#onLeave);
    this.#bar.addEventListener('pointerleave', this.#onLeave);
    list.addEventListener('focusout', this.#onBlur);
  }

  /** The pointer or the keyboard has come to a message, perhaps before anything here listened. */
  arrive(event: Event): void {
    const touch = event instanceof PointerEvent && event.pointerType === 'touch';
    const there = (each: ImMessage): boolean => (event.type === 'focusin' ? atKeyboard(each) : each.matches(':hover'));
    const found = touch ? undefined : this.#scene.rendered().find(there);
    if (found) void this.#show(found);
  }

  /** The list is scrolled: the toolbar stays with the keyboard's message, and leaves the mouse's. */
  scrolled(): void {
    const at = this.#at;
    if (at?.isConnected && this.#bar.isConnected && atKeyboard(at)) this.#place(at);
    else this.hide();
  }

  hide(): void {
    this.#at = undefined;
    this.#bar.remove();
  }

  /** Opens the menu at its reactions. */
  react(message: Message): void {
    const element = this.#scene.elementOf(message);
    const box = element?.renderRoot.querySelector('.bubble')?.getBoundingClientRect();
    if (box) this.#aims.ask(message, anchorOf(box, 'reactions'));
  }

  readonly #onMove = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || event.buttons > 0) return;
    const found = messageIn(event);
    if (found) void this.#show(found.element);
  };

  readonly #onLeave = (event: PointerEvent): void => {
    const to = event.relatedTarget as Node | null;
    if (to === this.#bar || to === this.#scene.list) return;
    this.hide();
  };

  readonly #onBlur = (): void => this.hide();

  async #show(element: ImMessage): Promise<void> {
    const { message } = element;
    if (!message || this.#aims.selecting()) return this.hide();
    if (element === this.#at && this.#bar.isConnected) return;
    const able = this.#aims.able(message);
    if (able.length === 0) return this.hide();
    this.#at = element;
    this.#bar.able = [
      ...(this.#aims.canReact(message) ? (['react'] as const) : []),
      ...(able.some(({ id }) => id === 'reply') ? (['reply'] as const) : []),
    ];
    this.#scene.float(this.#bar);
    await this.#bar.updateComplete;
    if (this.#at === element) this.#place(element);
  }

  /** Beside the bubble where there is room, else on its upper edge. */
  #place(element: ImMessage): void {
    const stage = this.#scene.list.parentElement!.getBoundingClientRect();
    const bubble = (element.renderRoot.querySelector('.bubble') ?? element).getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.#bar;
    const rtl = element.renderRoot instanceof HTMLElement && element.renderRoot.dir === 'rtl';
    const toRight = (element.message!.flow === 'in') !== rtl;
    const beside = toRight ? bubble.right + gap : bubble.left - gap - width;
    const fits = beside >= stage.left + gap && beside + width <= stage.right - gap;
    const left = fits ? beside : toRight ? bubble.right - width : bubble.left;
    const top = fits ? bubble.top + Math.min(2, bubble.height - height) : bubble.top - height / 2;
    const inside = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
    this.#bar.style.left = `${inside(left, stage.left + gap, stage.right - width - gap) - stage.left}px`;
    this.#bar.style.top = `${inside(top, stage.top + gap, stage.bottom - height - gap) - stage.top}px`;
  }

  #pressed(what: ToolbarPress, at: DOMRect): void {
    const message = this.#at?.message;
    if (!message) return;
    if (what === 'reply') {
      const reply = this.#aims.able(message).find(({ id }) => id === 'reply');
      if (reply) this.#aims.run(reply, message);
    } else this.#aims.ask(message, anchorOf(at, what === 'react' ? 'reactions' : 'acts'));
  }
}

function atKeyboard(element: ImMessage): boolean {
  return element.renderRoot.querySelector('article:focus') !== null;
}

function anchorOf({ left, top, width, height }: DOMRect, focus: 'acts' | 'reactions') {
  return { left, top, width, height, focus } as const;
}
