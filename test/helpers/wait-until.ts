import { waitUntil as until } from '@open-wc/testing';

/** As `waitUntil`, with patience: what is loaded when it is first used comes as many files, on a machine that may be busy. */
export function waitUntil(holds: () => unknown, message?: string, { timeout = 8_000 } = {}): Promise<void> {
  return until(holds, message, { timeout });
}
