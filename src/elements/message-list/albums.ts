import type { TemplateResult } from 'lit';
import type { Conversation } from '../../client/api.js';
import type { Message } from '../../protocol/message.js';
import { albumOf, dress } from './album.js';
import type { NameOf } from './names.js';
import type { Day, Row } from './rows.js';
import type { RowRange } from './virtual-range.js';

/** More than so many pictures are two albums. */
const most = 10;
const longestPause = 60_000;

/** Which pictures, sent in a row by one person within a minute of each other, stand together as one album. */
export class Albums {
  #messages: readonly Message[] = [];
  #newAt = -1;
  /** For each message the index of the first one in its album: its own where it stands alone. */
  #heads: number[] = [];

  /** Takes over another state of the timeline. `newAt`: before which message the line for new ones stands. */
  use(messages: readonly Message[], newAt: number): void {
    if (messages === this.#messages && newAt === this.#newAt) return;
    [this.#messages, this.#newAt] = [messages, newAt];
    this.#heads = [];
    for (let i = 0; i < messages.length; i++) {
      const head = i > 0 ? this.#heads[i - 1]! : 0;
      const goesOn = i > 0 && i !== newAt && i - head < most && together(messages[i - 1]!, messages[i]!);
      this.#heads.push(goesOn ? head : i);
    }
  }

  /** Rows of a range that begins at `start`, those of an album in the first one's. */
  fold(days: readonly Day[], start: number): Day[] {
    let index = start;
    return days.map((day) => {
      const rows: Row[] = [];
      for (const row of day.rows) {
        const before = this.#headOf(index) < index ? rows.pop() : undefined;
        rows.push(before ? joined(before, row) : row);
        index++;
      }
      return { ...day, rows };
    });
  }

  /** The range with the whole of the albums at its ends. */
  whole({ start, end }: RowRange): RowRange {
    let last = end;
    while (last > 0 && last < this.#heads.length && this.#heads[last] === this.#heads[last - 1]) last++;
    return { start: this.#headOf(start), end: last };
  }

  /** `undefined` for a row that is no album. */
  draw(
    { album, run }: Row,
    classes: string,
    line: unknown,
    conversation: Conversation | undefined,
    nameOf: NameOf,
    tile: (row: Row) => TemplateResult,
  ): TemplateResult | undefined {
    return album && albumOf(album, run, classes, line, conversation, nameOf(album[0]!.message.from), tile);
  }

  readonly dress = dress;

  #headOf(index: number): number {
    return this.#heads[index] ?? index;
  }
}

function joined(album: Row, row: Row): Row {
  const starts = album.run === 'single' || album.run === 'first';
  const ends = row.run === 'single' || row.run === 'last';
  const run = starts ? (ends ? 'single' : 'first') : ends ? 'last' : 'middle';
  return { ...album, run, album: [...(album.album ?? [album]), row] };
}

function together(a: Message, b: Message): boolean {
  return (
    a.from === b.from &&
    Math.abs(b.time - a.time) <= longestPause &&
    new Date(a.time).getDate() === new Date(b.time).getDate() &&
    isTile(a) &&
    isTile(b)
  );
}

/** What has more to it than a picture stands for itself. */
function isTile({ type, file, content, status, replyTo, reactions }: Message): boolean {
  return (
    type === 'image' &&
    file !== undefined &&
    !content &&
    status !== 'fail' &&
    replyTo === undefined &&
    !reactions?.length
  );
}
