import type { Message } from '../../protocol/message.js';
import type { Albums } from './albums.js';
import type { Day } from './rows.js';
import type { RowRange } from './virtual-range.js';

/** Albums, once a conversation has a picture and what draws them is loaded; until then every picture stands for itself. */
export class AlbumLoader {
  albums: Albums | undefined;
  #loading = false;
  readonly #redraw: () => void;

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  use(messages: readonly Message[], newAt: number): void {
    this.albums?.use(messages, newAt);
    if (this.#loading || !messages.some(({ type }) => type === 'image')) return;
    this.#loading = true;
    import('./albums.js').then(
      ({ Albums }) => {
        this.albums = new Albums();
        this.#redraw();
      },
      () => (this.#loading = false),
    );
  }

  readonly whole = (range: RowRange): RowRange => this.albums?.whole(range) ?? range;

  fold(days: Day[], start: number): Day[] {
    return this.albums?.fold(days, start) ?? days;
  }
}
