import { pino, type Logger } from 'pino';
import type { LogLevel } from './config.js';

/** JSON lines, or lines for a person where the output is a terminal. */
export async function makeLogger(level: LogLevel): Promise<Logger> {
  if (!process.stdout.isTTY) return pino({ level });
  const { default: pretty } = await import('pino-pretty');
  return pino({ level }, pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }));
}
