import type { Logger } from 'pino';
import type { Features } from '../protocol/frames.js';
import type { Origins } from './auth/origins.js';
import type { Bus } from './bus/bus.js';
import type { OnCustomMessage } from './chat/custom-hooks.js';
import type { Clock } from './clock.js';
import type { App } from './demo-app.js';
import type { FailpointOrder } from './failpoints.js';
import type { FilesOption } from './files/open-files.js';
import type { TrustedProxies } from './gateway/client-address.js';
import type { Storage } from './storage/storage.js';
import type { Tuning } from './tuning.js';

/** What a server is made of. One of `storage`, `databaseUrl` and `dataDir` says where it keeps its messages. */
export type ServerOptions = {
  readonly app: App;
  /** Where the embedded store is. */
  readonly dataDir?: string;
  /** `postgres://…` */
  readonly databaseUrl?: string;
  /** A store that is open already; the server closes it. */
  readonly storage?: Storage;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: one that is free. */
  readonly port?: number;
  /** What differs from the defaults: typing, presence and receipts on, recall within 2 minutes, edit within a day. */
  readonly features?: Partial<Features>;
  /** For `/metrics`; 0: one that is free. */
  readonly metricsPort?: number;
  /** Tokens for whoever asks, and pages for a newcomer. */
  readonly demo?: boolean;
  /** With `demo`: a group that is there already. */
  readonly demoGroup?: boolean;
  /** Default: pages of this very host. */
  readonly origins?: Origins;
  readonly proxies?: TrustedProxies;
  /** File or URL of public keys for tokens that somebody else signed. */
  readonly jwks?: string;
  /** Where the widget was built to; default: the package's `dist`. */
  readonly widgetDir?: string;
  readonly demoDir?: string;
  /** Where uploads go. Default: `files` in `dataDir`; without either, this server takes none. */
  readonly files?: FilesOption;
  /** The largest file. Default: 256 MiB. */
  readonly maxFileBytes?: number;
  /** Is asked before a custom message is stored, and may refuse it. Default: none; with `demo` that of the red packets. */
  readonly onCustomMessage?: OnCustomMessage;
  readonly bus?: Bus;
  readonly clock?: Clock;
  /** 0 ≤ x < 1, for the spread of those who are sent away. Default: `Math.random`. */
  readonly random?: () => number;
  /** Default: says nothing. */
  readonly logger?: Logger;
  readonly tuning?: Partial<Tuning>;
  /** Faults on a message's way, for tests: of the embedded store and of what lies round any store. */
  readonly failpoints?: readonly FailpointOrder[];
};

export type RunningServer = {
  /** `http://host:port`. */
  readonly url: string;
  readonly port: number;
  readonly metricsPort?: number;
  /** Compares heads with the log now instead of when its time comes. */
  checkHeads(): Promise<void>;
  /** Removes files that nothing uses now instead of when their time comes. */
  collectFiles(): Promise<void>;
  /** Finishes what is in flight, says goodbye to everybody and closes. Another call waits for the first. */
  close(): Promise<void>;
};
