import type { ClientFrame, ServerFrame } from '../../protocol/frames.js';
import type { ConnectionState } from '../api.js';
import { Timers, type Clock } from '../clock.js';
import type { Link, LinkHandler } from '../link.js';
import type { TabChannel, Word } from './channel.js';

/** Without a `welcome` for so long the leader is asked again to take this tab in. */
const attachMs = 3_000;

/** The link of a tab that does not lead: through the leader's. It is greeted, told what it missed and fed by the leader as by a server. */
export class TabLink implements Link {
  readonly #channel: TabChannel;
  readonly #clock: Clock;
  readonly #handler: LinkHandler;
  readonly #timers: Timers;
  #state: ConnectionState = { state: 'disconnected' };
  #leader: string | undefined;
  /** The leader's connection that this tab is, or is being, attached to. */
  #connection: string | undefined;
  #welcomed = false;
  /** Whether everything missed has come: before, what the leader says to all is not for this tab. */
  #live = false;

  constructor(channel: TabChannel, clock: Clock, handler: LinkHandler) {
    this.#channel = channel;
    this.#clock = clock;
    this.#handler = handler;
    this.#timers = new Timers(clock);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  connect(): void {
    if (this.#state.state === 'disconnected' && this.#state.retryAt === undefined)
      this.#setState({ state: 'connecting', attempt: 1 });
    this.wake();
  }

  wake(): void {
    this.#channel.say({ t: 'wake' });
  }

  close(): void {
    if (this.#connection !== undefined) this.#channel.say({ t: 'leave' });
    this.#detach();
    this.#leader = undefined;
    this.#setState({ state: 'disconnected' });
  }

  drop(reason: string): void {
    if (this.#welcomed) this.#channel.say({ t: 'doubt', reason }, this.#leader);
  }

  send(frame: ClientFrame): boolean {
    if (this.#welcomed) this.#channel.say({ t: 'up', frame }, this.#leader);
    return this.#welcomed;
  }

  /** The leader told how its link stands. */
  lead({ state, connection }: Extract<Word, { t: 'lead' }>, from: string): void {
    if (state.state === 'connected') {
      const isNew = this.#leader !== from || this.#connection !== connection;
      if (isNew && connection !== undefined) void this.#attach(from, connection);
      return;
    }
    this.#detach();
    this.#leader = from;
    // The leader may be a hidden tab, whose timers run once a minute; what is said to it, it hears at once.
    if (state.state === 'disconnected' && state.retryAt !== undefined)
      this.#timers.set('retry', state.retryAt - this.#clock.wall(), () => this.wake());
    if (!isSame(this.#state, state)) this.#setState(state);
  }

  down(frame: ServerFrame, from: string, addressed: boolean): void {
    if (from !== this.#leader || (!addressed && !this.#live)) return;
    if (frame.t === 'welcome') {
      this.#timers.clear();
      this.#welcomed = true;
      this.#setState({ state: 'connected' });
      return this.#handler.onWelcome(frame);
    }
    if (frame.t === 'synced') this.#live = true;
    if (this.#welcomed) this.#handler.onFrame(frame);
  }

  async #attach(leader: string, connection: string): Promise<void> {
    this.#detach();
    this.#leader = leader;
    this.#connection = connection;
    if (this.#state.state !== 'connecting') this.#setState({ state: 'connecting', attempt: 1 });
    const greeting = await this.#handler.greeting();
    if (this.#connection !== connection) return;
    this.#channel.say({ t: 'attach', connection, greeting }, leader);
    this.#timers.set('attach', attachMs, () => void this.#attach(leader, connection));
  }

  #detach(): void {
    this.#timers.clear();
    this.#connection = undefined;
    this.#welcomed = false;
    this.#live = false;
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.#handler.onState(state);
  }
}

function isSame(a: ConnectionState, b: ConnectionState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
