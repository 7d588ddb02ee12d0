import { EventEmitter, once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Loaded first by every page: writes down each violation, error and complaint that the page itself can hear of. */
const watch = `
  const seen = (globalThis.watched = []);
  addEventListener('securitypolicyviolation', (event) =>
    seen.push(['violation', event.effectiveDirective, event.blockedURI, event.sample].join(' ')));
  addEventListener('error', (event) => seen.push('error ' + (event.message ?? event.target?.outerHTML)), true);
  addEventListener('unhandledrejection', (event) => seen.push('rejection ' + event.reason));
  for (const level of ['error', 'warn'])
    console[level] = ((say) => (...words) => (seen.push(level + ' ' + words.join(' ')), say.apply(console, words)))(console[level]);
`;

/** What a page of its own is served with. */
export type StrictPage = { readonly body: string; readonly policy: string; readonly files?: Record<string, string> };

/**
 * A site on an origin of its own, whose pages stand under a policy and report to it what broke it. What is none of its own pages it
 * fetches from a chat server, with the same reporting added, so that the server's own pages and headers are under watch too.
 */
export class WatchedSite {
  /** What browsers reported, as they sent it. */
  readonly reports: string[] = [];
  readonly #upstream: URL;
  readonly #pages = new Map<string, StrictPage>();
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #changed = new EventEmitter();
  #held: (() => void)[] | undefined;

  private constructor(upstream: string) {
    this.#upstream = new URL(upstream);
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  static async start(upstream: string): Promise<WatchedSite> {
    const site = new WatchedSite(upstream);
    site.#server.listen(0, '127.0.0.1');
    await once(site.#server, 'listening');
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Puts a page up and gives its address. */
  page(path: string, page: StrictPage): string {
    this.#pages.set(path, page);
    return this.url + path;
  }

  /** Every socket ends, and new ones are neither taken nor refused until `heal`. */
  hold(): void {
    this.#held = [];
    for (const socket of this.#sockets) socket.destroy();
  }

  heal(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const go of held) go();
  }

  /** Resolves when a browser has reported something. */
  async untilReported(): Promise<void> {
    if (this.reports.length === 0) await once(this.#changed, 'report');
  }

  async close(): Promise<void> {
    this.hold();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/' } = request;
    if (url === '/report') {
      this.reports.push(Buffer.concat((await request.toArray()) as Buffer[]).toString());
      this.#changed.emit('report');
      return void response.writeHead(204).end();
    }
    if (url === '/watch.js') return void response.setHeader('content-type', 'text/javascript').end(watch);
    const page = this.#pages.get(url);
    if (page) return void response.writeHead(200, headersOf(page.policy)).end(documentOf(page.body));
    for (const { files = {} } of this.#pages.values())
      if (url in files)
        return void response
          .setHeader('content-type', url.endsWith('.css') ? 'text/css' : 'text/javascript')
          .end(files[url]);
    this.#fetch(request, response);
  }

  /** From the chat server; its pages get the watching script, its policy the place to report to. */
  #fetch(request: IncomingMessage, response: ServerResponse): void {
    const { hostname, port } = this.#upstream;
    const { url: path, method } = request;
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    const onward = httpRequest({ hostname, port, path, method, headers }, (answer) => {
      const { statusCode = 500, headers } = answer;
      const policy = headers['content-security-policy'];
      if (!headers['content-type']?.startsWith('text/html')) {
        response.writeHead(statusCode, headers);
        return void answer.pipe(response);
      }
      void answer.toArray().then((chunks) => {
        const html = Buffer.concat(chunks as Buffer[]).toString();
        delete headers['content-length'];
        response.writeHead(statusCode, { ...headers, ...headersOf(String(policy)) });
        response.end(html.replace('<script', '<script src="/watch.js"></script><script'));
      });
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (this.#held) return void this.#held.push(() => this.#upgrade(request, socket, head));
    const onward = connect(Number(this.#upstream.port), this.#upstream.hostname);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      this.#sockets.add(one);
      one.once('error', () => one.destroy()).once('close', () => (this.#sockets.delete(one), other.destroy()));
    }
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  }
}

/** `report-uri` and not `report-to`: that one waits up to a minute before it tells. */
function headersOf(policy: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${policy}; report-uri /report`,
  };
}

function documentOf(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A site</title>
    <link rel="icon" href="data:,"><script src="/watch.js"></script></head><body>${body}</body></html>`;
}
