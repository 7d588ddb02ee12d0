import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatClientApi, ClientEvents } from '../../client/api.js';
import { clientContext } from '../context.js';

type Host = ReactiveControllerHost & HTMLElement;
/** `null`: one is on its way. */
type Given = ChatClientApi | null | undefined;
/** Event to listener: what it gives says whether the element draws itself anew (`false`: no). */
type Listeners = { readonly [K in keyof ClientEvents]?: (detail: ClientEvents[K]) => boolean | void };

/**
 * The surrounding client, and a new drawing of the host whenever one of the chosen events says that what it shows has changed.
 * `changed` is called when the client itself becomes another (or none).
 */
export class ClientController implements ReactiveController {
  readonly #host: Host;
  readonly #listeners: Listeners;
  readonly #changed: ((client: Given) => void) | undefined;
  #given: Given;
  #off: (() => void)[] = [];

  constructor(host: Host, listeners: Listeners, changed?: (client: Given) => void) {
    this.#host = host;
    this.#listeners = listeners;
    this.#changed = changed;
    new ContextConsumer(host, { context: clientContext, subscribe: true, callback: (client) => this.#use(client) });
    // After the consumer: disconnecting it first lets no late answer through.
    host.addController(this);
  }

  /** `undefined` outside a connection, and while nobody is signed in. */
  get client(): ChatClientApi | undefined {
    return this.#given ?? undefined;
  }

  /** Whether there is none yet, but one is on its way. */
  get coming(): boolean {
    return this.#given === null;
  }

  hostDisconnected(): void {
    this.#use(undefined);
  }

  #use(client: Given): void {
    if (client === this.#given) return;
    for (const off of this.#off) off();
    this.#given = client;
    this.#off = client ? this.#subscribe(client) : [];
    this.#changed?.(client);
    this.#host.requestUpdate();
  }

  #subscribe(client: ChatClientApi): (() => void)[] {
    return (Object.keys(this.#listeners) as (keyof ClientEvents)[]).map((event) =>
      client.on(event, (detail) => {
        const listener = this.#listeners[event] as (detail: ClientEvents[typeof event]) => boolean | void;
        if (listener(detail) !== false) this.#host.requestUpdate();
      }),
    );
  }
}
