// The floor of uploads: a bare tus server, which stores files and knows nobody.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { MemoryLocker, Server } from '@tus/server';
import { reportUsage } from './report-usage.js';

const directory = mkdtempSync(join(tmpdir(), 'im-bench-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const tus = new Server({ path: '/files', datastore: new FileStore({ directory }), locker: new MemoryLocker() });
const http = createServer((request, response) => void tus.handle(request, response));
http.listen(0, '127.0.0.1', () => reportUsage((http.address() as AddressInfo).port));
