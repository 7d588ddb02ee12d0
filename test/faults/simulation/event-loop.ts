import nodeCrypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const { setImmediate } = globalThis;
let waiting: (() => void)[] = [];

/**
 * Takes what is not an argument of the product into the simulation's hand for as long as `work` runs: the turns of the event loop, the
 * randomness of ids, and the channel between tabs, which is real I/O. So nothing happens but by the fake clock, and twice the same.
 */
export async function inFakeLoop<T>(random: () => number, work: () => Promise<T>): Promise<T> {
  const { BroadcastChannel } = globalThis;
  const { randomUUID } = nodeCrypto;
  waiting = [];
  replace(globalThis, 'setImmediate', (run: () => void) => void waiting.push(run));
  replace(globalThis, 'BroadcastChannel', undefined);
  replace(globalThis.crypto, 'getRandomValues', (bytes: Uint8Array) => fill(bytes, random));
  replace(nodeCrypto, 'randomUUID', () => uuid(random));
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    replace(globalThis, 'setImmediate', setImmediate);
    replace(globalThis, 'BroadcastChannel', BroadcastChannel);
    Reflect.deleteProperty(globalThis.crypto, 'getRandomValues');
    replace(nodeCrypto, 'randomUUID', randomUUID);
    syncBuiltinESMExports();
  }
}

/** Lets everything that waits for promises, and for the next turn of the loop, get as far as it can. */
export async function settleLoop(): Promise<void> {
  do {
    for (const run of waiting.splice(0)) run();
    // Before the real loop turns, every promise has gone as far as it can.
    await new Promise<void>((done) => setImmediate(done));
  } while (waiting.length > 0);
}

function replace(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}

function fill(bytes: Uint8Array, random: () => number): Uint8Array {
  for (let i = 0; i < bytes.length; i++) bytes[i] = random() * 256;
  return bytes;
}

function uuid(random: () => number): string {
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
