import { ContextProvider } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { selectionContext } from '../context.js';
import type { ImEvent } from '../events.js';

type Host = ReactiveControllerHost & HTMLElement;

/** Holds which conversation is open for all elements inside the host; `im-conversation-select` from any of them changes it. */
export class SelectionController implements ReactiveController {
  readonly #host: Host;
  readonly #provider: ContextProvider<typeof selectionContext, Host>;

  readonly #changed: ((conversationId: string | undefined) => void) | undefined;

  constructor(host: Host, changed?: (conversationId: string | undefined) => void) {
    this.#host = host;
    this.#changed = changed;
    this.#provider = new ContextProvider(host, { context: selectionContext });
    this.#provider.setValue({ conversationId: undefined, select: this.select });
    host.addController(this);
  }

  get conversationId(): string | undefined {
    return this.#provider.value?.conversationId;
  }

  /** Opens a conversation, or none; `at` one of its messages. */
  select = (conversationId: string | undefined, at?: number): void => {
    if (conversationId === this.conversationId && at === undefined) return;
    this.#provider.setValue({ conversationId, at, select: this.select });
    this.#changed?.(conversationId);
    this.#host.requestUpdate();
  };

  hostConnected(): void {
    this.#host.addEventListener('im-conversation-select', this.#onSelect);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('im-conversation-select', this.#onSelect);
  }

  #onSelect = ({ detail }: ImEvent<'im-conversation-select'>): void => this.select(detail.conversationId, detail.seq);
}
