import { ContextProvider } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatClientApi } from '../../client/api.js';
import type { ChatClientOptions, GetToken } from '../../client/options.js';
import { warnOnce } from '../attributes.js';
import { clientContext } from '../context.js';
import { ImEvent } from '../events.js';
import { scriptFolder } from '../script-url.js';
import { showNotifications, type NotificationHost } from './notifications.js';
import { guardUnload } from './unload-guard.js';

/** What an element that holds a connection is given by its page. */
export interface ConnectionAttributes {
  server: string | undefined;
  account: string | undefined;
  token: string | undefined;
  tokenUrl: string | undefined;
  getToken: GetToken | undefined;
  cache: 'indexeddb' | 'memory';
  titleBadge: boolean;
}

type Trust = { readonly origin: string } & Pick<ConnectionAttributes, 'token' | 'tokenUrl' | 'getToken'>;

type MakeClient = (options: ChatClientOptions) => Promise<ChatClientApi>;

type Host = ReactiveControllerHost & NotificationHost & ConnectionAttributes;

/**
 * Makes the client out of its host's attributes, provides it to everything inside, and repeats what it says as DOM events.
 * The one owner of a connection: another server closes the old client before there is a new one, another account signs it out.
 */
export class ConnectionController implements ReactiveController {
  readonly #host: Host;
  readonly #make: MakeClient;
  readonly #provider: ContextProvider<typeof clientContext, Host>;
  /** A client that is not ours to close: the page's, or a surrounding connection's. */
  #lent: { readonly client: ChatClientApi | null; readonly announce: boolean } | undefined;
  #own: ChatClientApi | undefined;
  /** What `#own` was, or is being, made of. */
  #key: string | undefined;
  /** Which server was last given a token, and where that came from. */
  #trusted: Trust | undefined;
  /** Which making of a client is the last one: an older one that ends later is for nobody. */
  #round = 0;
  #off: (() => void)[] = [];
  constructor(host: Host, make: MakeClient) {
    this.#host = host;
    this.#make = make;
    this.#provider = new ContextProvider(host, { context: clientContext });
    host.addController(this);
  }

  get client(): ChatClientApi | undefined {
    return this.#provider.value ?? undefined;
  }

  /** Uses somebody else's client instead of making one; `announce` says whether its events are this host's to repeat. */
  lend(client: ChatClientApi | null | undefined, announce: boolean): void {
    if (client === this.#lent?.client) return;
    this.#lent = client === undefined ? undefined : { client, announce };
    this.#apply();
  }

  hostConnected(): void {
    this.#apply();
  }

  /** A move takes the element out and puts it back at once: only what is still out a microtask later has left. */
  hostDisconnected(): void {
    queueMicrotask(() => this.#apply());
  }

  hostUpdate(): void {
    this.#apply();
  }

  #apply(): void {
    const { isConnected } = this.#host;
    const options = isConnected && !this.#lent ? this.#options() : undefined;
    const key = options && keyOf(options);
    if (this.#key !== key) {
      const old = this.#own;
      this.#key = key;
      this.#own = undefined;
      this.#show(options && null);
      // Taken off the page is not signed out; another account, or none, is.
      const signedOut = isConnected && !this.#lent && old?.account !== this.#host.account;
      void (signedOut ? old?.signOut() : old?.close())?.catch(this.#report);
      if (options) void this.#start(options);
    }
    if (!options) this.#show(isConnected ? this.#lent?.client : undefined, this.#lent?.announce);
  }

  /** A token that was given for one server is not sent to another because somebody changed an address. */
  #options(): ChatClientOptions | undefined {
    const options = optionsOf(this.#host);
    if (!options) return undefined;
    const { token, tokenUrl, getToken } = this.#host;
    const trust = { origin: originOf(options.server), token, tokenUrl, getToken };
    const last = this.#trusted;
    if (last && last.origin !== trust.origin && sameSource(last, trust)) {
      warnOnce(
        `<${this.#host.localName}>: server is not ${last.origin} any more, and the token was for that: set token, token-url or getToken anew, or make a new element.`,
      );
      return undefined;
    }
    this.#trusted = trust;
    return options;
  }

  async #start(options: ChatClientOptions): Promise<void> {
    const round = ++this.#round;
    try {
      const client = await this.#make(options);
      if (round !== this.#round || this.#key === undefined) return;
      this.#own = client;
      this.#show(client, true);
      client.connect();
    } catch (error) {
      if (round !== this.#round) return;
      warnOnce(`<${this.#host.localName}>: ${asError(error).message}`);
      this.#show(undefined);
      this.#report(error);
    }
  }

  #report = (error: unknown): void => {
    this.#host.dispatchEvent(new ImEvent('im-error', { error: asError(error) }));
  };

  /** @param client `null`: one is on its way */
  #show(client: ChatClientApi | null | undefined, announce = false): void {
    if (client === this.#provider.value) return;
    for (const off of this.#off) off();
    this.#off =
      client && announce ? [...announceEvents(this.#host, client), showNotifications(this.#host, client)] : [];
    // A host that shows the number of unread messages cannot hear of it by context: a provider does not answer itself.
    if (client) this.#off.push(client.on('conversations', () => this.#host.requestUpdate()));
    if (client && announce) this.#off.push(guardUnload(client));
    if (client && announce && this.#host.titleBadge) {
      const badge = import('../history/title-badge.js').then(({ titleBadge }) => titleBadge(document, client));
      this.#off.push(() => void badge.then((off) => off()));
    }
    this.#provider.setValue(client);
    this.#host.requestUpdate();
  }
}

/** What a client is made of; `undefined` while nobody is signed in, or the page has yet to say where tokens come from. */
function optionsOf(host: Host): ChatClientOptions | undefined {
  const { account, token, tokenUrl, getToken, cache } = host;
  if (!account || (!token && !tokenUrl && !getToken)) return undefined;
  return {
    server: absolute(host.server || scriptFolder || '.'),
    account,
    cache,
    ...(token && { token }),
    ...(tokenUrl && { tokenUrl: absolute(tokenUrl) }),
    // Asked for at call time: frameworks hand over a new function with every render.
    ...(getToken && { getToken: (name: string, signal: AbortSignal) => (host.getToken ?? getToken)(name, signal) }),
  };
}

function originOf(server: string | URL): string {
  return URL.canParse(String(server)) ? new URL(server).origin : String(server);
}

function sameSource(a: Trust, b: Trust): boolean {
  return a.token === b.token && a.tokenUrl === b.tokenUrl && a.getToken === b.getToken;
}

/** A client that differs in one of these is another client. */
function keyOf({ server, account, cache, token, tokenUrl, getToken }: ChatClientOptions): string {
  return JSON.stringify([server, account, cache, token, tokenUrl, Boolean(getToken)]);
}

function absolute(url: string): string {
  return URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url;
}

function announceEvents(host: HTMLElement, client: ChatClientApi): (() => void)[] {
  let unread = client.unreadTotal;
  return [
    client.on('connection', (link) =>
      host.dispatchEvent(
        new ImEvent('im-connection-change', {
          state: link.state,
          ...('code' in link && link.code !== undefined && { code: link.code }),
          ...('retryAt' in link && link.retryAt !== undefined && { retryAt: link.retryAt }),
        }),
      ),
    ),
    client.on('conversations', ({ unreadTotal }) => {
      if (unreadTotal === unread) return;
      unread = unreadTotal;
      host.dispatchEvent(new ImEvent('im-unread-change', { total: unreadTotal }));
    }),
    client.on('message', ({ message }) => host.dispatchEvent(new ImEvent('im-message', { message }))),
    client.on('send', ({ message }) => host.dispatchEvent(new ImEvent('im-send', { message }))),
    client.on('send-fail', (detail) => host.dispatchEvent(new ImEvent('im-send-fail', detail))),
    client.on('error', ({ error }) => host.dispatchEvent(new ImEvent('im-error', { error }))),
  ];
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
