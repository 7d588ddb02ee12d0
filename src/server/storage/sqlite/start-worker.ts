import { Worker } from 'node:worker_threads';

/**
 * Starts a compiled module in a thread; where this runs from its sources, the module's source, with the loader that the main thread
 * has: Node 20 does not hand it on.
 */
export function startWorker(module: URL, workerData: unknown): Worker {
  // Node 22's own SQLite calls itself experimental in every thread; what is used of it here has not changed since.
  const options = { workerData, execArgv: ['--disable-warning=ExperimentalWarning'] };
  if (!import.meta.url.endsWith('.ts')) return new Worker(module, options);
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const source = JSON.stringify(module.href.replace(/\.js$/, '.ts'));
  const start = `import(${loader}).then(({ register }) => (register(), import(${source})))`;
  return new Worker(start, { ...options, eval: true });
}
