import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

/** The places on a message's way where a fault tells most. */
export type FailpointName = 'before-store' | 'in-transaction' | 'after-commit' | 'after-ack' | 'after-publish';

/** What is to happen when a place is reached for the `nth` time (default: the first). Plain data: one place is in another thread. */
export type FailpointOrder = { readonly at: FailpointName; readonly nth?: number } & (
  { readonly action: 'kill' | 'throw' } | { readonly action: 'pause'; readonly ms: number }
);

/** Faults that were ordered by a test of the server. Whoever has no orders has none of these, and asks nothing. */
export class Failpoints {
  readonly #orders: readonly FailpointOrder[];
  readonly #reached = new Map<FailpointName, number>();

  private constructor(orders: readonly FailpointOrder[]) {
    this.#orders = orders;
  }

  static of(orders: readonly FailpointOrder[] | undefined): Failpoints | undefined {
    return orders?.length ? new Failpoints(orders) : undefined;
  }

  /** A message, or in the store's thread a batch of them, is at this place. */
  async reach(name: FailpointName): Promise<void> {
    const count = (this.#reached.get(name) ?? 0) + 1;
    this.#reached.set(name, count);
    for (const order of this.#orders) if (order.at === name && (order.nth ?? 1) === count) await carryOut(order);
  }
}

async function carryOut(order: FailpointOrder): Promise<void> {
  // What was written in this turn of the event loop leaves the process at its end: an ack that went out is out.
  await turn();
  if (order.action === 'pause') await pause(order.ms);
  else if (order.action === 'throw') throw new Error(`ordered at ${order.at}`);
  else process.kill(process.pid, 'SIGKILL');
}
