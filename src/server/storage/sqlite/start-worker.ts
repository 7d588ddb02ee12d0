import { Worker } from 'node:worker_threads';

/**
 * Starts the module `name` of this folder in a thread, `.js` where this is compiled. Run from its sources the thread needs the loader
 * that the main thread has: Node 20 does not hand it on.
 */
export function startWorker(name: 'store-worker' | 'backup-worker', workerData: unknown): Worker {
  // Node 22's own SQLite calls itself experimental in every thread; what is used of it here has not changed since.
  const options = { workerData, execArgv: ['--disable-warning=ExperimentalWarning'] };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, import.meta.url), options);
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const entry = JSON.stringify(new URL(`./${name}.ts`, import.meta.url).href);
  const start = `import(${loader}).then(({ register }) => (register(), import(${entry})))`;
  return new Worker(start, { ...options, eval: true });
}
