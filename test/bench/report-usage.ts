import type { ServerReport } from './child-server.js';

const say = (report: ServerReport): void => void process.send!(report);

/** In a server under test: says where it listens, and answers questions about what it uses. */
export function reportUsage(port: number): void {
  process.on('message', (ask) => {
    if (ask === 'collect') (globalThis as { gc?: () => void }).gc?.();
    const { user, system } = process.cpuUsage();
    say({ kind: 'usage', rss: process.memoryUsage().rss, cpuSeconds: (user + system) / 1e6 });
  });
  process.on('disconnect', () => process.exit());
  say({ kind: 'listening', port });
}
