import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { StorageBusyError } from '../storage.js';
import { toError, type Call, type Opened, type Reply } from './calls.js';

type Pending = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** The server's end of the store's thread: each call is a message there and a message back. */
export class WorkerClient {
  readonly epoch: string;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #ended: Error | undefined;

  private constructor(worker: Worker, epoch: string) {
    this.#worker = worker;
    this.epoch = epoch;
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (error) => this.#end(`the store's thread failed: ${error.message}`));
    worker.on('exit', () => this.#end('the store is closed'));
  }

  /** @throws what kept the worker from opening the store. */
  static async connect(worker: Worker): Promise<WorkerClient> {
    const [opened] = (await once(worker, 'message')) as [Opened];
    if ('epoch' in opened) return new WorkerClient(worker, opened.epoch);
    await worker.terminate();
    throw toError(opened.failure);
  }

  call(method: Call['method'], args: readonly unknown[]): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args } satisfies Call);
    });
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ('failure' in reply) pending?.reject(toError(reply.failure));
    else pending?.resolve(reply.value);
  }

  #end(message: string): void {
    this.#ended ??= new StorageBusyError(message);
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}
