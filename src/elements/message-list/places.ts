import type { Place } from './viewport.js';

/** A place that is not the end. */
type Row = Exclude<Place, 'end'>;

const mostPlaces = 50;

/** Where the reader was in each conversation; the longest unvisited are forgotten. */
export class Places {
  readonly #places = new Map<string, Row>();
  #account: string | undefined;

  /** Whose places these are: another account's are not for this one. */
  belongTo(account: string): void {
    if (account !== this.#account) this.#places.clear();
    this.#account = account;
  }

  /** Takes out what was kept. */
  take(conversation: string): Row | undefined {
    const place = this.#places.get(conversation);
    this.#places.delete(conversation);
    return place;
  }

  keep(conversation: string, place: Place): void {
    this.#places.delete(conversation);
    // The end is where a conversation opens anyway, unless something unread came.
    if (place === 'end') return;
    this.#places.set(conversation, place);
    if (this.#places.size > mostPlaces) this.#places.delete(this.#places.keys().next().value!);
  }
}
