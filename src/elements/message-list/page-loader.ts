import type { ChatClientApi } from '../../client/api.js';
import type { ScrollModel } from './scroll-model.js';

/** How many screens before the end of what is loaded the next page is asked for. */
const ahead = 2;

type Direction = 'older' | 'newer';

/**
 * Asks for pages of history, one at a time each way. A request that brought nothing is not repeated until `retry`, or until the
 * reader has been elsewhere: what stops it now would stop it again at once.
 */
export class PageLoader {
  readonly #waiting = new Set<Direction>();
  readonly #stuck = new Set<Direction>();

  /** Asks for the next page where the reader is near the end of what is loaded. */
  keepAhead(client: ChatClientApi, id: string, model: Pick<ScrollModel, 'top' | 'origin' | 'maxTop' | 'height'>): void {
    const { hasOlder, hasNewer } = client.timeline(id);
    const size = (): number => client.timeline(id).messages.length;
    const [above, below] = [model.top - model.origin, model.maxTop - model.top];
    if (above > ahead * model.height) this.retry('older');
    else if (hasOlder) this.load('older', size, () => client.loadOlder(id));
    if (below > ahead * model.height) this.retry('newer');
    else if (hasNewer) this.load('newer', size, () => client.loadNewer(id));
  }

  /** `size` tells how much there is; it must have grown afterwards. */
  load(direction: Direction, size: () => number, request: () => Promise<void>): void {
    if (this.#waiting.has(direction) || this.#stuck.has(direction)) return;
    const before = size();
    this.#waiting.add(direction);
    request()
      // What went wrong is the connection's to tell; here it only means that no page came.
      .catch(() => undefined)
      .finally(() => {
        this.#waiting.delete(direction);
        if (size() === before) this.#stuck.add(direction);
      });
  }

  retry(...directions: readonly Direction[]): void {
    for (const direction of directions) this.#stuck.delete(direction);
  }
}
