import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatClientApi } from '../../client/api.js';
import type { Message } from '../../protocol/message.js';

type Which = 'file' | 'thumbnail' | 'download';
type State = { readonly state: 'none' | 'asked' | 'failed' } | { readonly state: 'there'; readonly url: string };

/** Only what a browser loads without running it: whoever made the address, it leads to no script. */
export function harmless(url: string): string | undefined {
  try {
    return ['blob:', 'http:', 'https:'].includes(new URL(url, document.baseURI).protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where one file of a message can be loaded from now. Asked for once; what was on screen stays there while its message changes. What failed
 * is asked for again when somebody wants it, and when the connection has come back.
 */
export class FileAddress implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #state: State = { state: 'none' };
  #key: string | undefined;
  #wanted: { client: ChatClientApi; message: Message; which: Which } | undefined;
  #off: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get url(): string | undefined {
    return this.#state.state === 'there' ? this.#state.url : undefined;
  }

  get failed(): boolean {
    return this.#state.state === 'failed';
  }

  /** Makes sure that it is asked for. */
  want(client: ChatClientApi | undefined, message: Message | undefined, which: Which): void {
    if (!client || !message?.file) return;
    this.#wanted = { client, message, which };
    const key = `${message.conversationId} ${message.idClient} ${which}`;
    if (key === this.#key) return;
    this.#key = key;
    this.#ask();
  }

  /** What it led to could not be loaded. */
  broken(): void {
    this.#fail();
  }

  readonly retry = (): void => this.#ask();

  hostDisconnected(): void {
    this.#off?.();
    this.#off = undefined;
    if (this.failed) this.#key = undefined;
  }

  #ask(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#off?.();
    this.#off = undefined;
    this.#set({ state: 'asked' });
    const key = this.#key;
    wanted.client.fileUrl(wanted.message, wanted.which).then(
      (given) => {
        const url = harmless(given);
        if (key !== this.#key) return;
        if (url === undefined) this.#fail();
        else this.#set({ state: 'there', url });
      },
      () => {
        if (key === this.#key) this.#fail();
      },
    );
  }

  #fail(): void {
    this.#set({ state: 'failed' });
    this.#off?.();
    this.#off = this.#wanted?.client.on('connection', ({ state }) => {
      if (state === 'connected') this.#ask();
    });
  }

  #set(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

/** Has the browser save a message's file. */
export async function download(client: ChatClientApi | undefined, message: Message): Promise<void> {
  const url = harmless((await client?.fileUrl(message, 'download')) ?? '');
  if (!client || url === undefined) return;
  const link = document.createElement('a');
  link.href = url;
  link.rel = 'noopener noreferrer';
  link.download = message.file?.name ?? '';
  link.click();
}
