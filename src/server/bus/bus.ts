import type { UserEvent } from '../../protocol/frames.js';
import type { RosterChange } from '../storage/storage.js';

/** Something that other connections, on this node or another, may want to know. */
export type Publication =
  | {
      readonly topic: 'log';
      readonly conversation: number;
      readonly scene: 'p2p' | 'group';
      /** Under which everybody sees it, where that is the same for all. */
      readonly cid?: string;
      readonly members: readonly string[];
      readonly seq: number;
      /** The log event as JSON, ready for the wire: it is serialised once, where it is made. */
      readonly event: string;
      /** The connection that already knows, by its `ack`. */
      readonly origin?: string;
    }
  | { readonly topic: 'user'; readonly account: string; readonly event: UserEvent }
  /** Somebody writes in a group; made into a frame once for all. */
  | {
      readonly topic: 'typing';
      readonly cid: string;
      readonly members: readonly string[];
      readonly account: string;
      readonly on: boolean;
    }
  /** A group changed to this version. */
  | { readonly topic: 'group'; readonly group: string; readonly version: number; readonly change: RosterChange }
  | { readonly topic: 'presence'; readonly account: string; readonly online: boolean; readonly lastSeen?: number }
  /** The account's row changed: what is remembered of it is void. `recheck`: what is open has to prove its right anew. */
  | { readonly topic: 'account'; readonly account: string; readonly recheck?: boolean };

/**
 * Fan-out between the connections of one node and of several. A hint only: at most once, and every client repairs itself from
 * the log. What one publisher publishes arrives everywhere, at the publisher too, in its order.
 */
export interface Bus {
  publish(publication: Publication): void;
  /** A listener that throws disturbs nobody else. Gives the function that ends the subscription. */
  subscribe(listener: (publication: Publication) => void): () => void;
  /** Resolves when the other nodes can be reached. */
  check(): Promise<void>;
  close(): Promise<void>;
}
