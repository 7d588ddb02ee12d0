import { errorCodes } from '../../../protocol/codes.js';
import type { Tuning } from '../../tuning.js';
import { ManagementError } from './management-error.js';

type Window = { second: number; calls: number; blockedUntil: number };

/** So many calls of one action in a second; above that the action is blocked for a while. */
export class CallRates {
  readonly #bounds: Pick<Tuning, 'managementPerSecond' | 'managementBlockMs'>;
  readonly #now: () => number;
  /** By action: only those that exist come here. */
  readonly #windows = new Map<string, Window>();

  constructor(bounds: Pick<Tuning, 'managementPerSecond' | 'managementBlockMs'>, now: () => number) {
    this.#bounds = bounds;
    this.#now = now;
  }

  /** @throws {ManagementError} 416 */
  count(action: string): void {
    const now = this.#now();
    const window = this.#windows.get(action) ?? { second: 0, calls: 0, blockedUntil: 0 };
    this.#windows.set(action, window);
    if (now < window.blockedUntil) throw tooFrequent();
    const second = Math.floor(now / 1000);
    if (second !== window.second) Object.assign(window, { second, calls: 0 });
    if (++window.calls <= this.#bounds.managementPerSecond) return;
    window.blockedUntil = now + this.#bounds.managementBlockMs;
    throw tooFrequent();
  }
}

function tooFrequent(): ManagementError {
  return new ManagementError(errorCodes.tooFrequent, 'too many calls of this action');
}
