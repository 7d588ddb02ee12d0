import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { ChatClient } from '../../../src/client/chat-client.js';
import { until } from '../../client/helpers/until.js';
import { median } from '../../bench/statistics.js';

/** A message's way: when it was written, and when the writer knew that it is stored. */
type Trip = { readonly at: number; readonly ms: number };

const pairs = 10;
/** How often each writes. */
const everyMs = 250;

/** A few people who talk all the while, and how long their acks take. They go and come back with everybody else. */
export class Probe {
  readonly #clients: readonly ChatClient[];
  readonly #written = new Map<string, number>();
  readonly #trips: Trip[] = [];
  #talking: Promise<unknown> | undefined;
  #ended = false;

  constructor(server: string, mint: string) {
    this.#clients = Array.from({ length: 2 * pairs }, (_, i) => {
      const account = `probe-${i}`;
      const client = new ChatClient({ server, account, tokenUrl: mint, cache: 'memory', WebSocket });
      client.on('send', ({ message: { idClient } }) => {
        const at = this.#written.get(idClient);
        if (at !== undefined) this.#trips.push({ at, ms: performance.now() - at });
        this.#written.delete(idClient);
      });
      return client;
    });
  }

  /** Acks that came so far. */
  get acked(): number {
    return this.#trips.length;
  }

  async start(): Promise<void> {
    await Promise.all(
      this.#clients.map((client) => {
        client.connect();
        return until(client, () => client.connection.state === 'connected');
      }),
    );
    this.#talking = Promise.all(this.#clients.map((client, i) => this.#talk(client, `p2p-probe-${i ^ 1}`)));
  }

  /** Median of the acks, in ms, of what was written from `from` to `to`. */
  p50(from: number, to = Infinity): number {
    const trips = this.#trips.filter(({ at }) => at >= from && at < to);
    return trips.length === 0 ? Infinity : median(trips.map(({ ms }) => ms));
  }

  /** Resolves with the time at which acks were as quick as `ms` again, for a second. */
  async quickAgain(ms: number, from: number, limitMs: number): Promise<number> {
    for (let second = from; performance.now() < from + limitMs; second += 1_000) {
      while (performance.now() < second + 2_000) await pause(100);
      if (this.p50(second, second + 1_000) <= ms) return second;
    }
    throw new Error(`the acks were not back at ${ms} ms after ${limitMs / 1000} s`);
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#talking;
    await Promise.all(this.#clients.map((client) => client.close()));
  }

  async #talk(client: ChatClient, cid: string): Promise<void> {
    for (let n = 1; !this.#ended; n++) {
      const at = performance.now();
      const { idClient } = await client.send(cid, { content: `${n}` });
      this.#written.set(idClient, at);
      await pause(everyMs);
    }
  }
}
