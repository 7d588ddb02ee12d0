import type { Bus, Publication } from '../../../src/server/bus/bus.js';
import { LocalBus } from '../../../src/server/bus/local-bus.js';

/** Takes a publication in hand before it goes out: calls `deliver` as often and as late as it likes. */
export type Publisher = (publication: Publication, deliver: () => void) => void;

/** A bus that may keep a publication, give it twice, or give it late. */
export class SimBus extends LocalBus implements Bus {
  readonly #publisher: Publisher;

  constructor(publisher: Publisher, onError: (error: unknown) => void) {
    super(onError);
    this.#publisher = publisher;
  }

  override publish(publication: Publication): void {
    this.#publisher(publication, () => super.publish(publication));
  }
}
