import { workerData } from 'node:worker_threads';
import { backupDirectory } from './backup.js';

const { dataDir, file } = workerData as { dataDir: string; file: string };
backupDirectory(dataDir, file);
