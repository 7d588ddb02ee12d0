import type { Command } from '../services.js';

/** Nothing to do: that it came was noted when it was read. */
export const pong: Command<'pong'> = () => undefined;
