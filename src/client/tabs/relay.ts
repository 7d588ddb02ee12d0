import type { ClientFrame, ClientFrameOf, ResumePoint, ServerFrame, ServerFrameOf } from '../../protocol/frames.js';
import { limits } from '../../protocol/limits.js';
import type { LogEvent } from '../../protocol/model.js';
import type { ConnectionState } from '../api.js';
import type { Cache } from '../cache/cache.js';
import type { TabChannel, Word } from './channel.js';
import { actionOf } from '../store/messages.js';
import { missedFrames, type Standing } from './missed.js';

/** What the leader's end of the line asks of the leader's client. */
export interface RelayHost {
  /** Writes to the socket. */
  send(frame: ClientFrame): boolean;
  /** A number for a question, which no other question on this connection has. */
  reserve(): number;
  /** The log event that an ack of the leader's own message stands for. */
  eventOf(ack: ServerFrameOf<'ack'>): LogEvent | undefined;
  /** Everything that was received is in memory and in the cache: how far that is. */
  standing(): Promise<Standing>;
  readonly cache: Pick<Cache, 'events'>;
  readonly account: string;
}

/** Another tab on this connection. `held`: what is for everybody waits while it is told what it missed. */
type Attached = { held: ServerFrame[] | undefined; watched: readonly string[] };

/**
 * The leader's end of the line: speaks to the server for all tabs, and to the tabs for the server. The server sees one connection, so what
 * it would tell a sender's other connections (the event of a message that was acked) is told here.
 */
export class Relay {
  readonly #channel: TabChannel;
  readonly #host: RelayHost;
  readonly #tabs = new Map<string, Attached>();
  /** Questions of other tabs: the number on the connection → whose it is, and by which number. */
  readonly #asked = new Map<number, { readonly tab: string; readonly r: number }>();
  /** Messages of other tabs that are under way. */
  readonly #sent = new Map<string, { readonly tab: string; readonly frame: Posted }>();
  #ownWatch: readonly string[] = [];
  #state: ConnectionState = { state: 'disconnected' };
  #welcome: ServerFrameOf<'welcome'> | undefined;
  #synced = false;
  /** Tabs that came before this one knew where it stands itself. */
  readonly #early = new Map<string, ResumePoint | undefined>();

  constructor(channel: TabChannel, host: RelayHost) {
    this.#channel = channel;
    this.#host = host;
  }

  /** The leader's link changed; one that stands is told of with its `welcome`, which names it. */
  link(state: ConnectionState): void {
    this.#state = state;
    if (state.state === 'connected') return;
    this.end();
    this.announce();
  }

  welcome(welcome: ServerFrameOf<'welcome'>): void {
    this.#welcome = welcome;
    this.announce();
  }

  /** The leader has everything that it had missed: now it can tell others. */
  synced(): void {
    this.#synced = true;
    for (const [tab, point] of this.#early) void this.#attach(tab, point);
    this.#early.clear();
  }

  /** Says who leads, and how the link stands. */
  announce(): void {
    const connection = this.#welcome?.connection;
    this.#channel.say({ t: 'lead', state: this.#state, ...(connection !== undefined && { connection }) });
  }

  hear(word: Word, from: string): void {
    if (word.t === 'attach') {
      if (word.connection !== this.#welcome?.connection) this.announce();
      else if (this.#synced) void this.#attach(from, word.greeting.resume);
      else this.#early.set(from, word.greeting.resume);
    } else if (word.t === 'leave') this.gone(from);
    else if (word.t === 'up' && this.#tabs.has(from)) this.#up(word.frame, from);
  }

  gone(tab: string): void {
    this.#early.delete(tab);
    const attached = this.#tabs.get(tab);
    this.#tabs.delete(tab);
    if (attached && attached.watched.length > 0) this.#sendWatch();
  }

  /** This tab leads no more, or its link has gone: nobody is attached to it. */
  end(): void {
    this.#welcome = undefined;
    this.#synced = false;
    this.#tabs.clear();
    this.#asked.clear();
    this.#sent.clear();
    this.#early.clear();
    this.#ownWatch = [];
  }

  /** A frame of the leader's own. */
  send(frame: ClientFrame): boolean {
    if (frame.t !== 'watch') return this.#host.send(frame);
    this.#ownWatch = frame.accounts;
    return this.#sendWatch();
  }

  /** A frame of the server: handed to the tab whose it is, or to all. @returns what of it is the leader's own */
  receive(frame: ServerFrame): ServerFrame | undefined {
    switch (frame.t) {
      case 'page':
      case 'conversation':
      case 'list':
      case 'users':
      case 'found':
      case 'place':
      case 'files':
      case 'messages':
      case 'edits':
      case 'done':
      case 'group':
      case 'notices':
        return this.#answer(frame, frame.r);
      case 'error':
        return this.#answer(frame, frame.r);
      case 'ack':
        return this.#acked(frame);
      case 'nack': {
        const sender = this.#sent.get(frame.idClient);
        if (!sender) return frame;
        this.#channel.say({ t: 'down', frame }, sender.tab);
        return undefined;
      }
      case 'event':
      case 'user':
        this.#tell(frame);
        return frame;
      default:
        return frame;
    }
  }

  async #attach(tab: string, point: ResumePoint | undefined): Promise<void> {
    const attached: Attached = { held: [], watched: [] };
    const welcome = this.#welcome;
    this.#tabs.set(tab, attached);
    const frames = await missedFrames(welcome!, await this.#host.standing(), this.#host.cache, point);
    // Gone meanwhile, come anew, or on a connection that ended.
    if (this.#tabs.get(tab) !== attached || this.#welcome !== welcome) return;
    for (const frame of [...frames, ...attached.held!]) this.#channel.say({ t: 'down', frame }, tab);
    attached.held = undefined;
  }

  #up(frame: ClientFrame, tab: string): void {
    if (frame.t === 'send' || frame.t === 'act' || frame.t === 'forward')
      this.#sent.set(frame.idClient, { tab, frame });
    if (frame.t === 'watch') {
      this.#tabs.get(tab)!.watched = frame.accounts;
      this.#sendWatch();
    } else if ('r' in frame) {
      const r = this.#host.reserve();
      this.#asked.set(r, { tab, r: frame.r });
      this.#host.send({ ...frame, r });
    } else this.#host.send(frame);
  }

  /** Whom any tab looks at; the server knows one list. */
  #sendWatch(): boolean {
    const watched = new Set([...this.#tabs.values()].flatMap(({ watched }) => watched).concat(this.#ownWatch));
    return this.#host.send({ t: 'watch', accounts: [...watched].slice(-limits.accounts) });
  }

  #answer(frame: ServerFrame, r: number | undefined): ServerFrame | undefined {
    const asked = r === undefined ? undefined : this.#asked.get(r);
    if (!asked) return frame;
    this.#asked.delete(r!);
    this.#channel.say({ t: 'down', frame: { ...frame, r: asked.r } as ServerFrame }, asked.tab);
    return undefined;
  }

  /** To the tab that sent it an ack, to the others the message. */
  #acked(ack: ServerFrameOf<'ack'>): ServerFrame | undefined {
    const sender = this.#sent.get(ack.idClient);
    if (!sender) {
      const event = this.#tabs.size > 0 ? this.#host.eventOf(ack) : undefined;
      if (event) this.#tell({ t: 'event', cid: ack.cid, event });
      return ack;
    }
    this.#sent.delete(ack.idClient);
    // What a forward holds only the server knows: its event follows the ack, for everybody.
    if (sender.frame.t === 'forward') {
      this.#channel.say({ t: 'down', frame: ack }, sender.tab);
      return undefined;
    }
    const told: ServerFrame = { t: 'event', cid: ack.cid, event: ackedEvent(sender.frame, ack, this.#host.account) };
    // In the order of the log for everybody: the sender takes the ack where the others take the event.
    this.#channel.say({ t: 'down', frame: ack }, sender.tab);
    this.#tell(told, sender.tab);
    return told;
  }

  #tell(frame: ServerFrame, except?: string): void {
    let live = false;
    for (const [tab, { held }] of this.#tabs) {
      if (tab === except) continue;
      if (held) held.push(frame);
      else live = true;
    }
    if (live) this.#channel.say({ t: 'down', frame });
  }
}

/** What is acked. */
type Posted = ClientFrameOf<'send' | 'act' | 'forward'>;

function ackedEvent(
  sent: ClientFrameOf<'send' | 'act'>,
  { id, seq, n, time, file }: ServerFrameOf<'ack'>,
  from: string,
): LogEvent {
  if (sent.t === 'act') return actionOf({ ...sent, from }, { seq, by: from, time });
  const { t: _t, cid: _c, resend: _r, ...message } = sent;
  return { kind: 'message', seq, n, message: { ...message, id, from, time, ...(file && { file }) } };
}
