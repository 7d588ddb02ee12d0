import { decodeServerFrame } from '../protocol/decode.js';
import { encodeFrame } from '../protocol/encode.js';
import type { ClientFrame, ServerFrame } from '../protocol/frames.js';
import type { WebSocketConstructor, WebSocketLike } from './options.js';
import { asError } from './store/emitter.js';

export interface TransportHandler {
  onOpen(): void;
  onFrame(frame: ServerFrame): void;
  /** A frame that can not be read; the link goes on. */
  onFault(error: Error): void;
  /** The link ended, and not by `close`. */
  onClose(code: number, reason: string): void;
}

const isOpen = 1;

/** One socket, from opening to its end; the only place that knows `WebSocket`. */
export class Transport {
  readonly #socket: WebSocketLike;
  #handler: TransportHandler | undefined;

  constructor(url: string, WebSocket: WebSocketConstructor, handler: TransportHandler) {
    this.#handler = handler;
    this.#socket = new WebSocket(url);
    this.#socket.onopen = () => this.#handler?.onOpen();
    this.#socket.onmessage = (event: MessageEvent) => this.#receive(event.data);
    this.#socket.onclose = (event: CloseEvent) => this.#ended(event.code, event.reason);
    // It says nothing that `close` does not say; yet without a listener `ws` throws.
    this.#socket.onerror = () => undefined;
  }

  /** @returns whether it was handed to the network; what it makes of it, only an answer tells. */
  send(frame: ClientFrame): boolean {
    if (this.#handler === undefined || this.#socket.readyState !== isOpen) return false;
    this.#socket.send(encodeFrame(frame));
    return true;
  }

  /** Nothing is heard of it after that. */
  close(code = 1000): void {
    this.#handler = undefined;
    this.#socket.close(code);
  }

  /** For a link that is dead already: does not wait for the other side's goodbye where that can be helped. */
  abandon(): void {
    this.close();
    (this.#socket as { terminate?: () => void }).terminate?.();
  }

  #receive(data: unknown): void {
    if (!this.#handler) return;
    const handler = this.#handler;
    try {
      const frame = decodeServerFrame(data);
      if (frame) handler.onFrame(frame);
    } catch (cause) {
      handler.onFault(asError(cause));
    }
  }

  #ended(code: number, reason: string): void {
    const handler = this.#handler;
    this.#handler = undefined;
    handler?.onClose(code, reason);
  }
}
