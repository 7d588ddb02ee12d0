// The product's server as built, with its rate limits lifted: one machine plays two hundred people here.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'im-elements/server';
import { app } from './app.js';
import { reportUsage } from './report-usage.js';

const unlimited = { perSecond: 1e6, burst: 1e6 };
const dataDir = mkdtempSync(join(tmpdir(), 'im-bench-'));
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));

const server = await createServer({
  app,
  dataDir,
  origins: 'any',
  tuning: {
    frames: unlimited,
    sendsPerConnection: unlimited,
    sendsPerAccount: unlimited,
    handshakesPerIp: unlimited,
    socketsPerIp: 100_000,
    unauthenticated: 100_000,
    unauthenticatedPerIp: 100_000,
    uploadsPerAccount: unlimited,
    uploadBytesPerDay: 2 ** 50,
  },
});
reportUsage(server.port);
