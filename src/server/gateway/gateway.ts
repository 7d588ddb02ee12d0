import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { closeCodes } from '../../protocol/codes.js';
import { originAllowed, type Origins } from '../auth/origins.js';
import { Admission } from './admission.js';
import { busyAfterMs } from './busy.js';
import type { TrustedProxies } from './client-address.js';
import { Flusher } from './flusher.js';
import { Heartbeat } from './heartbeat.js';
import { Outgoing, type Corkable, type Writable } from './outgoing.js';
import type { GatewayServices } from './services.js';
import { Session } from './session.js';

export type GatewayOptions = { readonly origins: Origins; readonly proxies: TrustedProxies };

/** What of a socket of `ws` a connection uses. */
export interface ServerSocket extends Writable {
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Who opened a socket, as far as its upgrade told. */
export type Caller = {
  readonly origin: string | undefined;
  readonly host: string | undefined;
  readonly address: string;
};

/** Takes WebSocket connections at `/ws`, and ends them all at a shutdown. */
export class Gateway {
  readonly #services: GatewayServices;
  readonly #options: GatewayOptions;
  readonly #admission: Admission;
  readonly #flusher = new Flusher();
  readonly #wss: WebSocketServer;
  readonly #sessions = new Set<Session>();
  readonly #heartbeat: Heartbeat;
  readonly #stopHeadCheck: () => void;
  #allClosed: (() => void) | undefined;

  constructor(services: GatewayServices, options: GatewayOptions) {
    const { clock, tuning, heads } = services;
    this.#services = services;
    this.#options = options;
    this.#admission = new Admission(tuning, () => clock.now());
    // Not in the types yet.
    const closeTimeout = { closeTimeout: tuning.closeMs };
    this.#wss = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: tuning.maxPayload,
      maxFragments: tuning.maxFragments,
      maxBufferedChunks: tuning.maxBufferedChunks,
      ...closeTimeout,
    });
    this.#heartbeat = new Heartbeat(services, this.#sessions);
    this.#stopHeadCheck = clock.every(tuning.headCheckMs, () => void heads.check());
  }

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /**
   * Lets what is in flight end (its acks go out), then says goodbye to everybody, each with another delay before coming back.
   * Resolves when all sockets are closed, by force at the end of the time.
   */
  async drain(): Promise<void> {
    const { inFlight, clock, tuning } = this.#services;
    await inFlight.drain(clock, tuning.drainMs);
    this.#stopHeadCheck();
    this.#heartbeat.stop();
    const spread = tuning.restartSpreadMs / Math.max(this.#sessions.size, 1);
    let afterMs = 0;
    for (const { out } of this.#sessions)
      out.bye(closeCodes.restart, 'this server restarts', Math.round((afterMs += spread)));
    if (this.#sessions.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#allClosed = resolve;
      clock.after(tuning.closeMs, resolve);
    });
    for (const { out } of this.#sessions) out.terminate();
  }

  /** Takes a socket that is open. @param socket below `ws` */
  open(ws: ServerSocket, socket: Corkable, { origin, host, address }: Caller): void {
    const { logger, metrics, tuning } = this.#services;
    const out = new Outgoing(ws, socket, this.#flusher, tuning, metrics);
    // ws closes the socket itself; without a listener the error would end the process.
    ws.on('error', (error) => logger.debug({ err: error }, 'a socket failed'));
    // A page cannot read the answer to a refused upgrade; it can read this.
    if (!originAllowed(this.#options.origins, origin, host)) {
      logger.info({ origin }, 'refused: the origin is not in IM_ORIGINS');
      return out.bye(closeCodes.originForbidden, 'pages of this origin may not connect to this server');
    }
    const admitted = this.#admission.admit(address);
    if (typeof admitted === 'number')
      return out.bye(closeCodes.busy, 'too many connections', busyAfterMs(this.#services, admitted));
    const session = new Session(this.#services, randomUUID(), out, origin, admitted.greeted);
    this.#sessions.add(session);
    ws.on('message', (data, isBinary) => session.receive(data, isBinary));
    ws.on('close', () => {
      admitted.closed();
      this.#closed(session);
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that resets while it is being upgraded must not end the process.
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?', 1)[0] !== '/ws') return refuse(socket, '404 Not Found');
    if (this.#services.inFlight.closing) return refuse(socket, '503 Service Unavailable');
    const { origin, host } = request.headers;
    const address = this.#options.proxies.clientOf(request);
    this.#wss.handleUpgrade(request, socket, head, (ws) => this.open(ws, socket, { origin, host, address }));
  }

  #closed(session: Session): void {
    const { hub } = this.#services;
    session.out.ended();
    session.phase = 'ended';
    hub.remove(session);
    this.#sessions.delete(session);
    if (this.#sessions.size === 0) this.#allClosed?.();
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
