import { limits } from '../protocol/limits.js';

/** A token bucket: `burst` at once, `perSecond` on average. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/** Every number that bounds what a connection may cost. Milliseconds, bytes, counts. */
export type Tuning = {
  readonly [K in keyof typeof defaultTuning]: (typeof defaultTuning)[K] extends number ? number : Rate;
};

export const defaultTuning = {
  /** A socket that has not said `hello` by then is closed. */
  helloMs: 5_000,
  heartbeatMs: 25_000,
  /** Silence after a ping that ends a connection: with `heartbeatMs` a dead peer is known within 35 s. */
  silenceMs: 8_000,
  /** Grain of the one timer behind hello, heartbeat and the end of tokens. */
  tickMs: 1_000,
  headCheckMs: 3_000,
  /** Conversations whose heads are compared with the log. */
  activeConversations: 10_000,
  /** How long a shutdown waits for what is in flight, and then for the sockets to close. */
  drainMs: 20_000,
  closeMs: 5_000,
  /** Spread of `bye.afterMs` at a shutdown, so that not everybody comes back at once. */
  restartSpreadMs: 5_000,

  /** Hellos whose account and missed events are read at once; of the others so many wait their turn, and what comes beyond is sent away. */
  hellosAtOnce: 64,
  hellosWaiting: 1_000,
  /** Whoever is sent away because there are too many comes back after this, and at most so much later: not all at once. */
  busyMs: 2_000,
  busySpreadMs: 10_000,

  /** Outgoing bytes waiting on a socket above which typing and presence are dropped. */
  softBuffer: 256 * 1024,
  /** … above which the connection is closed as `slow`. */
  hardBuffer: 1024 * 1024,
  /** Pages of one connection that are read and sent at once; further ones wait until the client has read these. */
  pagesAtOnce: 4,
  /** … and how many may wait. */
  pagesWaiting: 64,
  /** Events that may wait while a resume is written. */
  resumeBuffer: 1_000,

  frames: { perSecond: 200, burst: 600 },
  sendsPerConnection: { perSecond: 100, burst: 300 },
  sendsPerAccount: { perSecond: 200, burst: 600 },
  searchesPerAccount: { perSecond: 5, burst: 20 },
  /** Messages that are taken into the search index at once, some 10 ms; the pause after them is so many times as long as they took. */
  indexBatch: 40,
  indexShare: 4,
  /** How long after a message the index follows, and how long it waits between two batches while people write. */
  indexMs: 200,
  indexBusyMs: 1_000,
  /** Messages that a search waits for when the index is behind, and how long. */
  searchCatchUp: 10_000,
  searchWaitMs: 3_000,
  reportsPerAccount: { perSecond: 0.1, burst: 20 },
  /** Refusals in a row after which a connection that does not listen is closed. */
  refusals: 1_000,

  /** The largest file, unless the operator says otherwise. */
  maxFileBytes: 256 * 1024 * 1024,
  /** Uploads of one account that are not finished, and how many it may begin. */
  uploadsUnfinished: 32,
  uploadsPerAccount: { perSecond: 2, burst: 60 },
  /** Bytes that one account may upload within a day. */
  uploadBytesPerDay: 8 * 1024 * 1024 * 1024,
  /** Silence in the middle of an upload that ends its connection; what came is kept. */
  uploadSilenceMs: 30_000,
  /** What was not finished, or not used by a message, after so long is removed; looked for so often. */
  orphanMs: 24 * 3_600_000,
  orphanCheckMs: 10 * 60_000,

  handshakesPerIp: { perSecond: 100, burst: 1_000 },
  socketsPerIp: 5_000,
  socketsPerAccount: 32,
  /** Sockets that have not said `hello` yet: in all, and of one address. */
  unauthenticated: 5_000,
  unauthenticatedPerIp: 500,

  /** Twice what a frame may hold, so that a frame that is somewhat too big gets an answer in words. */
  maxPayload: 2 * limits.frameBytes,
  maxFragments: 128,
  maxBufferedChunks: 4_096,

  /** Management calls of one action in a second, and how long it is blocked above that. */
  managementPerSecond: 100,
  managementBlockMs: 10_000,
  /** Tokens that the demo gives to one address. */
  demoTokensPerMinute: 1_200,
} as const satisfies Record<string, number | Rate>;
