import type { ClientFrame } from '../../protocol/frames.js';
import type { ConnectionState } from '../api.js';
import type { Clock } from '../clock.js';
import { Connection } from '../connection.js';
import type { Link, LinkHandler } from '../link.js';
import type { Settings } from '../options.js';
import { AliveLocks } from './alive-locks.js';
import { TabChannel, type Word } from './channel.js';
import { Leadership } from './leadership.js';
import { Relay, type RelayHost } from './relay.js';
import { TabLink } from './tab-link.js';

export interface SharedLinkHost extends LinkHandler, Omit<RelayHost, 'send' | 'account'> {
  /** From now on another tab has the socket, and writes down what comes over it; or this one has. */
  onFollow(following: boolean): void;
  /** A tab is gone that may have left messages unsent. */
  onGone(tab: string): void;
  onDraft(cid: string, text: string): void;
  onRead(cid: string, seq: number): void;
}

/**
 * `alone`: with a socket and nobody to share it with. `leading`: with the socket of all tabs. `following`: with that of the leader.
 * `asleep`: the page is frozen, or kept by the browser for the way back; nothing is held that another tab could need.
 */
type Role = 'alone' | 'leading' | 'following' | 'asleep';

/** The account's one link on this origin, whichever tab has the socket. Where tabs cannot find each other, each has its own. */
export class SharedLink implements Link {
  readonly #host: SharedLinkHost;
  readonly #clock: Clock;
  readonly #own: Connection;
  readonly #channel: TabChannel | undefined;
  readonly #alive: AliveLocks;
  readonly #leadership: Leadership | undefined;
  readonly #relay: Relay | undefined;
  readonly #other: TabLink | undefined;
  #role: Role = 'alone';
  #state: ConnectionState = { state: 'disconnected' };

  constructor(settings: Settings, tab: string, host: SharedLinkHost) {
    const { locks, account, clock } = settings;
    this.#host = host;
    this.#clock = clock;
    this.#alive = new AliveLocks(settings, tab, (gone) => {
      this.#relay?.gone(gone);
      host.onGone(gone);
    });
    this.#own = new Connection(settings, {
      greeting: () => host.greeting(),
      onFault: (error) => host.onFault(error),
      onState: (state) => this.#ownState(state),
      onWelcome: (welcome) => {
        host.onWelcome(welcome);
        if (this.#role === 'leading') this.#relay!.welcome(welcome);
      },
      onFrame: (frame) => {
        const own = this.#role === 'leading' ? this.#relay!.receive(frame) : frame;
        if (own) host.onFrame(own);
      },
    });
    // Clients that have nothing in common but a name, such as a program's, are no tabs.
    const related = locks !== undefined || settings.cache === 'indexeddb';
    if (typeof BroadcastChannel === 'undefined' || !related) return;
    const channel = new TabChannel(settings.name, tab, (word, from, addressed) => this.#hear(word, from, addressed));
    this.#channel = channel;
    if (!locks) return;
    this.#relay = new Relay(channel, {
      send: (frame) => this.#own.send(frame),
      reserve: () => host.reserve(),
      eventOf: (ack) => host.eventOf(ack),
      standing: () => host.standing(),
      cache: host.cache,
      account,
    });
    const following = (work: () => void): void => void (this.#role === 'following' && work());
    this.#other = new TabLink(channel, clock, {
      greeting: () => host.greeting(),
      onFault: (error) => host.onFault(error),
      onState: (state) => following(() => this.#setState(state)),
      onWelcome: (welcome) => host.onWelcome(welcome),
      onFrame: (frame) => host.onFrame(frame),
    });
    this.#leadership = new Leadership(locks, settings, {
      onLead: () => this.#lead(),
      onLost: () => this.#follow(),
      ask: () => channel.say({ t: 'who' }),
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Whether another tab has the socket. */
  get following(): boolean {
    return this.#role === 'following';
  }

  connect(): void {
    this.#channel?.open();
    if (!this.#alive.held) this.#alive.hold(() => this.#channel?.say({ t: 'here' }));
    if (!this.#leadership) {
      this.#role = 'alone';
      return this.#own.connect();
    }
    if (this.#leadership.place !== 'out') return this.#active.connect();
    this.#follow();
    this.#leadership.enter();
  }

  wake(): void {
    if (this.#role === 'asleep') return this.connect();
    this.#leadership?.check();
    this.#active.wake();
  }

  /** Whether nobody can see this tab. */
  hide(hidden: boolean): void {
    if (this.#leadership) this.#leadership.hidden = hidden;
  }

  close(): void {
    this.#role = 'alone';
    this.#end();
  }

  /** After `close`: nothing is under way any more, and another tab may have what was left unsent. */
  release(): void {
    this.#alive.release();
    this.#channel?.close();
  }

  /** The page is about to be frozen: another tab takes over, and this one comes back with the next `wake`. */
  sleep(): void {
    const { state, retryAt } = this.#state as { state: string; retryAt?: number };
    if (this.#role === 'asleep' || (state === 'disconnected' && retryAt === undefined)) return;
    this.#role = 'asleep';
    this.#end();
    this.release();
    this.#setState({ state: 'disconnected', reason: 'the page is asleep', retryAt: this.#clock.wall() });
  }

  drop(reason: string): void {
    this.#active.drop(reason);
  }

  send(frame: ClientFrame): boolean {
    return this.#role === 'leading' ? this.#relay!.send(frame) : this.#active.send(frame);
  }

  /** Everything missed has been received. */
  synced(): void {
    if (this.#role === 'leading') this.#relay!.synced();
  }

  /** Hears of it when that tab is gone. */
  watch(tab: string): void {
    this.#alive.watch(tab);
  }

  tellDraft(cid: string, text: string): void {
    this.#channel?.say({ t: 'draft', cid, text });
  }

  tellRead(cid: string, seq: number): void {
    this.#channel?.say({ t: 'read', cid, seq });
  }

  get #active(): Link {
    return this.#role === 'following' ? this.#other! : this.#own;
  }

  #lead(): void {
    this.#role = 'leading';
    this.#other!.close();
    this.#host.onFollow(false);
    this.#own.connect();
  }

  #follow(): void {
    this.#role = 'following';
    this.#relay!.end();
    this.#own.close();
    this.#host.onFollow(true);
    this.#other!.connect();
  }

  #end(): void {
    this.#leadership?.leave();
    this.#relay?.end();
    this.#own.close();
    this.#other?.close();
  }

  #ownState(state: ConnectionState): void {
    const ended = state.state === 'disconnected' && state.retryAt === undefined;
    if (this.#role === 'leading' && ended) {
      // Another tab may have a better token.
      this.#role = 'alone';
      this.#relay!.end();
      this.#leadership!.leave();
    }
    if (this.#role === 'leading') this.#relay!.link(state);
    if (this.#role === 'leading' || this.#role === 'alone') this.#setState(state);
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.#host.onState(state);
  }

  #hear(word: Word, from: string, addressed: boolean): void {
    const leading = this.#role === 'leading';
    switch (word.t) {
      case 'here':
        if (this.#leadership) this.#alive.watch(from);
        return;
      case 'draft':
        return this.#host.onDraft(word.cid, word.text);
      case 'read':
        return this.#host.onRead(word.cid, word.seq);
      case 'lead':
        this.#leadership?.heard();
        return this.#role === 'following' ? this.#other!.lead(word, from) : undefined;
      case 'down':
        return this.#role === 'following' ? this.#other!.down(word.frame, from, addressed) : undefined;
      case 'who':
        return leading ? this.#relay!.announce() : undefined;
      case 'wake':
        return leading ? this.#own.wake() : undefined;
      case 'doubt':
        return leading ? this.#own.drop(word.reason) : undefined;
      default:
        return leading ? this.#relay!.hear(word, from) : undefined;
    }
  }
}
