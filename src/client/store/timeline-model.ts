import type { Message } from '../../protocol/message.js';
import type { Timeline } from '../api.js';

const empty: readonly Message[] = [];

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
      messages: this.#tail.length === 0 ? this.#stretch : [...this.#stretch, ...this.#tail],
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

  /**
   * Takes in what is known of `from`…`to`, all of it. Where it neither meets nor touches the stretch, it would leave a hole and is
   * refused (`false`). What the stretch holds already keeps its identity.
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
      if (older.length > 0 || newer.length > 0) this.#stretch = [...older, ...this.#stretch, ...newer];
      this.#from = Math.min(from, range.from);
      this.#to = Math.max(to, range.to);
    }
    this.#head = Math.max(this.#head, this.#to);
    this.#shedTail(messages);
    this.#view = undefined;
    return true;
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
