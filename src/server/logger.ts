import { pino, stdSerializers, type Logger, type LoggerOptions } from 'pino';
import type { LogLevel } from './config.js';

/** What every logger of a server is made with. Of an error it tells no more than this: a database adds the row that it refused, words and all. */
export function logOptions(level: LogLevel): LoggerOptions {
  return {
    level,
    serializers: {
      err: (error: Error) => {
        const { type, message, stack, code } = stdSerializers.err(error) as Record<string, unknown>;
        return { type, message, stack, code };
      },
    },
  };
}

/** JSON lines, or lines for a person where the output is a terminal. */
export async function makeLogger(level: LogLevel): Promise<Logger> {
  const options = logOptions(level);
  if (!process.stdout.isTTY) return pino(options);
  const { default: pretty } = await import('pino-pretty');
  return pino(options, pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }));
}
