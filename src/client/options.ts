import { accountPattern } from '../protocol/ids.js';
import { limits } from '../protocol/limits.js';
import type { Cache } from './cache/cache.js';
import { systemClock, type Clock } from './clock.js';

/** A token, and where the giver knows it, for how many seconds it is good. */
export type TokenAnswer = string | { readonly token: string; readonly expiresIn?: number };

/** Gives a token for `account`. Throwing `UnauthorizedError` ends the connection; any other error is retried. */
export type GetToken = (account: string, signal: AbortSignal) => Promise<TokenAnswer>;

/** What of `WebSocket` the client uses: the browser's, or `ws` in Node before version 22. */
export type WebSocketLike = {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
};
export type WebSocketConstructor = new (url: string) => WebSocketLike;

export type ChatClientOptions = {
  /** Base URL of the server, `https://chat.example.com`; `ws` and `wss` are taken too. */
  readonly server: string | URL;
  /** Who is signed in. */
  readonly account: string;
  /** A token that the page has already. Used first; when it ends and there is no other source, the connection ends too. */
  readonly token?: string;
  /** Where to POST `{account}` for `{token, expiresIn}` (seconds). 401 and 403 end the connection, anything else is retried. */
  readonly tokenUrl?: string;
  readonly getToken?: GetToken;
  /** Where messages, drafts and what is unsent are kept. Default: `indexeddb`; where there is none, memory; or a store of one's own. */
  readonly cache?: 'indexeddb' | 'memory' | Cache;

  /** Default: the global one. */
  readonly WebSocket?: WebSocketConstructor;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
  /** Web Locks, by which tabs know of each other. Default: the browser's; `null` for none. */
  readonly locks?: LockManager | null;
  /** Where `online`, `visibilitychange` and `pageshow` are heard. Default: the window, where there is one. */
  readonly signals?: EventTarget | null;
  readonly clock?: Clock;
  /** 0 ≤ x < 1, for the spread of reconnects. Default: `Math.random`. */
  readonly random?: () => number;
  readonly timing?: Partial<Timing>;
};

/** Every delay, in milliseconds. */
export type Timing = typeof defaultTiming;

const defaultTiming = {
  /** Reconnect: shortest and longest wait, with full jitter between. */
  reconnectMin: 500,
  reconnectMax: 20_000,
  /** How long asking for a token, and then opening until `welcome`, may take. */
  token: 20_000,
  handshake: 10_000,
  /** How long an answer to a probe may take before the link counts as dead. */
  probe: 5_000,
  /** Without an ack for so long the link is made anew and the message offered again. */
  ack: 10_000,
  /** Without an answer for so long a request fails. */
  request: 15_000,
  /** How long events that came too early are held before the missing ones are asked for. */
  hold: 300,
  /** A message that could not be sent for so long fails. */
  giveUp: 24 * 3_600_000,
  /** Typing: said again at most so often, and over after so long without a word. */
  typingEvery: 3_000,
  typingEnds: 6_000,
  /** Read marks of one conversation are sent together. */
  readEvery: 150,
  /** How long the database may take to open. */
  cacheOpen: 3_000,
  /** How often at the least a database that failed is tried again. */
  cacheAgain: 60_000,
};

export type Settings = Required<Pick<ChatClientOptions, 'account' | 'cache' | 'WebSocket' | 'clock' | 'random'>> &
  Pick<ChatClientOptions, 'token' | 'tokenUrl' | 'getToken'> & {
    /** Where the socket goes. */
    readonly url: string;
    /** Names the account's cache on this origin. */
    readonly name: string;
    readonly fetch: typeof fetch;
    readonly locks?: LockManager;
    readonly signals?: EventTarget;
    readonly timing: Timing;
  };

/**
 * The options with every default filled in.
 * @throws {TypeError} which names the option, what it holds and what it may hold.
 */
export function resolveOptions(options: ChatClientOptions): Settings {
  const base = serverUrl(options.server);
  const { account, token, tokenUrl, getToken, cache = 'indexeddb' } = options;
  if (!accountPattern.test(account))
    throw new TypeError(`account: "${account}" is not an account name (a–z, 0–9, _ @ . -; at most ${limits.account})`);
  if (token === undefined && tokenUrl === undefined && getToken === undefined)
    throw new TypeError('token, tokenUrl or getToken: one of them is needed');
  if (cache !== 'indexeddb' && cache !== 'memory' && typeof cache !== 'object')
    throw new TypeError(`cache: "${String(cache)}" is neither "indexeddb" nor "memory"`);
  const socket = options.WebSocket ?? globalThis.WebSocket;
  if (socket === undefined) throw new TypeError('WebSocket: this runtime has none; pass one, such as that of "ws"');
  const locks = options.locks === undefined ? globalLocks() : options.locks;
  const signals = options.signals === undefined ? globalSignals() : options.signals;
  return {
    account,
    cache,
    ...(token !== undefined && { token }),
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(getToken !== undefined && { getToken }),
    url: `${base.protocol === 'https:' ? 'wss' : 'ws'}://${base.host}${base.pathname}ws`,
    name: `im-elements ${base.host}${base.pathname} ${account}`,
    WebSocket: socket,
    fetch: options.fetch ?? ((...args) => globalThis.fetch(...args)),
    ...(locks && { locks }),
    ...(signals && { signals }),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    timing: { ...defaultTiming, ...options.timing },
  };
}

function serverUrl(server: string | URL): URL {
  const text = String(server).replace(/^ws(?=s?:)/, 'http');
  if (!URL.canParse(text)) throw new TypeError(`server: "${text}" is not a URL such as https://chat.example.com`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError(`server: "${text}" is neither http(s) nor ws(s)`);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** Node has them too from version 24 on; there, clients of one account are not tabs of one page's origin. */
function globalLocks(): LockManager | undefined {
  const { navigator } = globalThis as { navigator?: { locks?: LockManager } };
  return globalSignals() && navigator?.locks;
}

/** `visibilitychange` bubbles from the document to the window, so the document itself is not needed. */
function globalSignals(): EventTarget | undefined {
  const scope = globalThis as { addEventListener?: unknown };
  return typeof scope.addEventListener === 'function' ? globalThis : undefined;
}
