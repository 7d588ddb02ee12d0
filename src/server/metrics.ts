import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What an operator watches. One registry a server, so that several can live in one process. */
export class Metrics {
  readonly registry = new Registry();
  readonly connections = new Gauge({
    name: 'im_connections',
    help: 'Signed-in WebSocket connections',
    registers: [this.registry],
  });
  readonly messages = new Counter({
    name: 'im_messages_total',
    help: 'Messages stored and acked; dup: a repeat of one that was stored before',
    labelNames: ['dup'],
    registers: [this.registry],
  });
  readonly refused = new Counter({
    name: 'im_refused_total',
    help: 'Frames that were refused, by code',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly closed = new Counter({
    name: 'im_closed_total',
    help: 'Connections that the server ended, by close code',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly dropped = new Counter({
    name: 'im_dropped_total',
    help: 'Typing and presence events dropped because a client reads slowly',
    registers: [this.registry],
  });
  readonly repaired = new Counter({
    name: 'im_repaired_total',
    help: 'Events that the head check found undelivered',
    registers: [this.registry],
  });
  readonly commit = new Histogram({
    name: 'im_commit_seconds',
    help: 'From a send frame to its commit',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [this.registry],
  });
  readonly batch = new Histogram({
    name: 'im_batch_messages',
    help: 'Messages acked in one turn of the event loop: what one commit carried',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers: [this.registry],
  });

  #inTurn = 0;

  /** A message was acked, `ms` after it came. */
  acked(dup: boolean, ms: number): void {
    this.messages.inc({ dup: String(dup) });
    this.commit.observe(ms / 1000);
    if (this.#inTurn++ > 0) return;
    setImmediate(() => {
      this.batch.observe(this.#inTurn);
      this.#inTurn = 0;
    });
  }

  /** Adds what the process itself costs; for a server that exposes them. */
  collectProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }
}
