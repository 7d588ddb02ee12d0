import type { ClientFrame, ClientFrameOf, ServerFrame, ServerFrameOf } from '../protocol/frames.js';
import type { ConnectionState } from './api.js';

/** What a client says of itself in its first frame, beside account and token. */
export type Greeting = Pick<ClientFrameOf<'hello'>, 'device' | 'tab' | 'resume'>;

/** A way to the server: a socket of one's own, or that of another tab. */
export interface Link {
  readonly state: ConnectionState;
  /** Opens it; while it waits, at once; while it stands, checks that it does. */
  connect(): void;
  /** A sign that things may have changed: as `connect`, but for a link that has ended for good. */
  wake(): void;
  close(): void;
  /** Gives up a link that seems dead, and makes another. */
  drop(reason: string): void;
  /** @returns `false` when there is no link to write to; one that is not greeted yet is none */
  send(frame: ClientFrame): boolean;
}

export interface LinkHandler {
  /** Asked on every attempt: it says where the client left off. */
  greeting(): Promise<Greeting>;
  onState(state: ConnectionState): void;
  onWelcome(welcome: ServerFrameOf<'welcome'>): void;
  /** Everything but what the link itself is made of. */
  onFrame(frame: ServerFrame): void;
  onFault(error: Error): void;
}
