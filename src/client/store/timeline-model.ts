import { withAction } from '../../protocol/actions.js';
import type { ActionEvent } from '../../protocol/model.js';
import type { Message } from '../../protocol/message.js';
import type { Timeline } from '../api.js';

const empty: readonly Message[] = [];

/** One's own action that the log does not have here yet. `seq`: where it will come, once that is known. */
type Pending = { readonly action: ActionEvent; readonly seq?: number };

/** The messages of one conversation in memory: a stretch of its log without a hole, and one's own that have no place in it yet. */
export class TimelineModel {
  /** Whether something shows it: then what arrives belongs into it. */
  wanted = false;
  #from = 0;
  #to = -1;
  #stretch: readonly Message[] = empty;
  /** Sending, failed, or acked beyond the stretch; in the order written. */
  #tail: readonly Message[] = empty;
  #loading: Timeline['loading'] = 'none';
  /** The log's end as far as it is known. */
  #head = 0;
  #view: Timeline | undefined;
  readonly #pending = new Map<string, Pending>();
  /** Messages as they are shown with what is pending, so that they keep their identity. */
  #shown = new WeakMap<Message, Message>();

  /** First and last `seq` of the stretch; `undefined` before anything was loaded. */
  get range(): { readonly from: number; readonly to: number } | undefined {
    return this.#to < 0 ? undefined : { from: this.#from, to: this.#to };
  }

  get tail(): readonly Message[] {
    return this.#tail;
  }

  /** The same object until something changes. */
  get view(): Timeline {
    this.#view ??= {
      messages: this.#withPending(this.#tail.length === 0 ? this.#stretch : [...this.#stretch, ...this.#tail]),
      hasOlder: this.range !== undefined && this.#from > 1,
      hasNewer: this.range !== undefined && this.#to < this.#head,
      loading: this.#loading,
    };
    return this.#view;
  }

  set loading(loading: Timeline['loading']) {
    this.#loading = loading;
    this.#view = undefined;
  }

  set head(head: number) {
    if (head === this.#head) return;
    this.#head = head;
    this.#view = undefined;
  }

  /** Whether there is nothing here that a screen would miss. */
  get idle(): boolean {
    return !this.wanted && this.#tail.length === 0 && this.#pending.size === 0;
  }

  /** A message by its place, as it is shown. */
  at(seq: number): Message | undefined {
    return this.view.messages.find((message) => message.seq === seq);
  }

  /** Shows one's own action before the log has it. */
  pend(idClient: string, action: ActionEvent): void {
    this.#pending.set(idClient, { action });
    this.#repaint();
  }

  /** @param seq where the log will have it; without: it is there, or will never be */
  unpend(idClient: string, seq?: number): void {
    const pending = this.#pending.get(idClient);
    if (!pending) return;
    if (seq === undefined) this.#pending.delete(idClient);
    else this.#pending.set(idClient, { ...pending, seq });
    this.#repaint();
  }

  /** Takes in what was done to a message. */
  act(action: ActionEvent): void {
    const change = (message: Message): Message =>
      message.seq === action.target ? withAction(message, action) : message;
    if (this.#stretch.some((message) => change(message) !== message)) this.#stretch = this.#stretch.map(change);
    if (this.#tail.some((message) => change(message) !== message)) this.#tail = this.#tail.map(change);
    for (const [idClient, { seq }] of this.#pending) if (seq === action.seq) this.#pending.delete(idClient);
    this.#repaint();
  }

  /** Takes messages away that their reader has deleted. */
  remove(seqs: ReadonlySet<number>): void {
    const stays = ({ seq }: Message): boolean => seq === undefined || !seqs.has(seq);
    if (!this.#stretch.every(stays)) this.#stretch = this.#stretch.filter(stays);
    if (!this.#tail.every(stays)) this.#tail = this.#tail.filter(stays);
    this.#view = undefined;
  }

  #repaint(): void {
    this.#shown = new WeakMap();
    this.#view = undefined;
  }

  #withPending(messages: readonly Message[]): readonly Message[] {
    if (this.#pending.size === 0) return messages;
    const pending = [...this.#pending.values()];
    return messages.map((message) => {
      const mine = pending.filter(({ action }) => action.target === message.seq);
      if (mine.length === 0) return message;
      let shown = this.#shown.get(message);
      if (!shown) {
        shown = mine.reduce((before, { action }) => asIf(before, action), message);
        this.#shown.set(message, shown);
      }
      return shown;
    });
  }

  /**
   * Takes in what is known of `from`…`to`, all of it. Where it neither meets nor touches the stretch, it would leave a hole and is
   * refused (`false`). What the stretch holds already keeps its identity, unless more was done to it since.
   */
  cover(from: number, to: number, messages: readonly Message[]): boolean {
    const range = this.range;
    if (range && (to < range.from - 1 || from > range.to + 1)) return false;
    if (!range) {
      this.#stretch = messages;
      this.#from = from;
      this.#to = to;
    } else {
      const older = messages.filter((message) => message.seq! < range.from);
      const newer = messages.filter((message) => message.seq! > range.to);
      this.#renew(messages);
      if (older.length > 0 || newer.length > 0) this.#stretch = [...older, ...this.#stretch, ...newer];
      this.#from = Math.min(from, range.from);
      this.#to = Math.max(to, range.to);
    }
    this.#head = Math.max(this.#head, this.#to);
    this.#shedTail(messages);
    this.#view = undefined;
    return true;
  }

  /** What the stretch has in an older state. */
  #renew(messages: readonly Message[]): void {
    const newer = new Map(messages.flatMap((message) => (message.rev === undefined ? [] : [[message.seq, message]])));
    if (newer.size === 0) return;
    this.#stretch = this.#stretch.map((held) => {
      const message = newer.get(held.seq);
      return message && message.rev! > (held.rev ?? 0) ? message : held;
    });
  }

  /** Starts anew from another place. */
  replace(from: number, to: number, messages: readonly Message[]): void {
    this.clear();
    this.cover(from, to, messages);
  }

  /** Forgets the stretch; what is not stored yet stays. */
  clear(): void {
    this.#stretch = empty;
    this.#from = 0;
    this.#to = -1;
    this.#head = 0;
    this.#tail = this.#tail.filter((message) => message.status !== 'success');
    this.#view = undefined;
  }

  /** Adds or replaces one's own message that is not in the log yet. */
  putTail(message: Message): void {
    if (this.#stretch.some(({ idClient, flow }) => idClient === message.idClient && flow === 'out')) return;
    const at = this.#tail.findIndex(({ idClient }) => idClient === message.idClient);
    this.#tail = at < 0 ? [...this.#tail, message] : this.#tail.with(at, message);
    this.#view = undefined;
  }

  /** Exchanges messages of the stretch for what `change` makes of them; what it gives back as it was keeps its identity. */
  replaceEach(change: (message: Message) => Message): void {
    this.#stretch = this.#stretch.map(change);
    this.#view = undefined;
  }

  dropTail(idClient: string): void {
    this.#tail = this.#tail.filter((message) => message.idClient !== idClient);
    this.#view = undefined;
  }

  /** One's own message was stored: it keeps its place on the screen until the stretch reaches it. */
  settle(message: Message): void {
    if (this.#tail.some(({ idClient }) => idClient === message.idClient)) this.putTail(message);
    this.#shedTail([]);
  }

  /** Own messages that the stretch holds now, or that lie before it. */
  #shedTail(covered: readonly Message[]): void {
    if (this.#tail.length === 0) return;
    const placed = new Set(covered.filter(({ flow }) => flow === 'out').map(({ idClient }) => idClient));
    this.#tail = this.#tail.filter(
      ({ idClient, seq }) => !placed.has(idClient) && !(seq !== undefined && seq <= this.#to),
    );
    this.#view = undefined;
  }
}

/** The message with an action that has no place in the log yet. */
function asIf(message: Message, action: ActionEvent): Message {
  const { rev: _, ...shown } = withAction(message, { ...action, seq: Number.MAX_SAFE_INTEGER });
  return { ...shown, ...(message.rev !== undefined && { rev: message.rev }) };
}
