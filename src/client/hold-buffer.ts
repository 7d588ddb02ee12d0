import type { LogEvent } from '../protocol/model.js';

/** Events of one conversation that came before their turn. */
export class HoldBuffer {
  readonly #events = new Map<number, LogEvent>();
  /** A `seq` of which it is known only that it exists. */
  #expected = 0;

  get size(): number {
    return this.#events.size;
  }

  /** The lowest `seq` held; 0 for none. */
  get first(): number {
    return this.#events.size === 0 ? 0 : Math.min(...this.#events.keys());
  }

  /** The highest `seq` held or expected; 0 for none. */
  get last(): number {
    return Math.max(this.#expected, ...this.#events.keys());
  }

  expect(seq: number): void {
    this.#expected = Math.max(this.#expected, seq);
  }

  put(event: LogEvent): void {
    this.#events.set(event.seq, event);
  }

  /** Takes out what follows `head` without a hole, and throws away what lies before it. */
  takeAfter(head: number): LogEvent[] {
    for (const seq of [...this.#events.keys()]) if (seq <= head) this.#events.delete(seq);
    const run: LogEvent[] = [];
    for (let event = this.#events.get(head + 1); event; event = this.#events.get(event.seq + 1)) {
      this.#events.delete(event.seq);
      run.push(event);
    }
    return run;
  }
}
