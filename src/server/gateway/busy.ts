import type { GatewayServices } from './services.js';

/** When somebody who is sent away, since there are too many now, may come back: each at another time, and none before `atLeast`. */
export function busyAfterMs(
  { random, tuning }: Pick<GatewayServices, 'random' | 'tuning'>,
  atLeast = tuning.busyMs,
): number {
  return Math.round(atLeast + random() * tuning.busySpreadMs);
}
