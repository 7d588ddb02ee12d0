import { Worker } from 'node:worker_threads';

/**
 * Starts the module `name` of this folder in a thread, `.js` where this is compiled. Run from its sources the thread needs the loader that the main thread
 * has: Node 20 does not hand it on.
 */
export function startWorker(name: 'store-worker' | 'backup-worker', workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, import.meta.url), { workerData });
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const entry = JSON.stringify(new URL(`./${name}.ts`, import.meta.url).href);
  return new Worker(`import(${loader}).then(({ register }) => (register(), import(${entry})))`, {
    eval: true,
    workerData,
  });
}
