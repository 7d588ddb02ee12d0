import type { Message } from '../../protocol/message.js';
import { actsForAll, canSelect, type Act, type Scope } from './acts.js';
import type { Scene } from './scene.js';
import type { ImSelectionBar } from './selection-bar.js';

/** More than this are not chosen at once. */
const most = 100;

/** Choosing several messages: which, and the bar that stands in the composer's place meanwhile. */
export class Selection {
  readonly #scene: Scene;
  readonly #run: (act: Act, messages: readonly Message[]) => void;
  readonly #scope: () => Scope | undefined;
  readonly #bar: ImSelectionBar;
  readonly #chosen = new Map<string, Message>();
  #off: (() => void)[] = [];

  constructor(scene: Scene, scope: () => Scope | undefined, run: (act: Act, messages: readonly Message[]) => void) {
    this.#scene = scene;
    this.#scope = scope;
    this.#run = run;
    this.#bar = scene.list.ownerDocument.createElement('im-selection-bar');
    this.#bar.press = (act) => (act ? this.#run(act, this.messages) : this.end(true));
  }

  get active(): boolean {
    return this.#bar.isConnected;
  }

  /** As they are now, in the order of the conversation. */
  get messages(): readonly Message[] {
    const { client, list } = this.#scene;
    const loaded = client?.timeline(list.conversation ?? '').messages ?? [];
    for (const message of loaded) if (this.#chosen.has(message.idClient)) this.#chosen.set(message.idClient, message);
    return [...this.#chosen.values()].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  }

  begin(message: Message): void {
    const { client, composerSlot } = this.#scene;
    if (!client || this.active) return;
    if (composerSlot) composerSlot.style.display = 'none';
    this.#scene.append(this.#bar);
    const { list, words } = this.#scene;
    const { conversation } = list;
    this.#off = [
      client.on('connection', () => this.#show()),
      client.on('timeline', ({ conversationId }) => conversationId === conversation && this.#show()),
    ];
    this.toggle(message);
    list.announce(words.selectHint);
    // Where the keyboard was in the composer, it would be nowhere now.
    if (!list.shadowRoot?.activeElement) this.#bar.focus();
  }

  toggle(message: Message): void {
    const { idClient } = message;
    const { words } = this.#scene;
    if (!canSelect(message)) return;
    if (!this.#chosen.delete(idClient)) {
      if (this.#chosen.size >= most) return this.#scene.tell(words.mostSelected(most));
      this.#chosen.set(idClient, message);
    }
    this.#show();
    this.#scene.list.announce(words.selected(this.#chosen.size));
  }

  /** `back`: the focus goes to the composer that is there again. */
  end(back: boolean): void {
    if (!this.active) return;
    for (const off of this.#off) off();
    this.#off = [];
    this.#chosen.clear();
    this.#bar.remove();
    const { composerSlot, list, composer } = this.#scene;
    if (composerSlot) composerSlot.style.removeProperty('display');
    list.picked = undefined;
    if (back) composer?.focus();
  }

  #show(): void {
    const { messages } = this;
    const scope = this.#scope();
    this.#scene.list.picked = new Set(this.#chosen.keys());
    this.#bar.count = messages.length;
    this.#bar.able = scope ? actsForAll(messages, scope) : [];
  }
}
