/** What is written over a stretch of a file, whose length stays; a number: so many zeros. */
export type Edit = { readonly at: number; readonly bytes: Buffer | number };

/** A file that takes more work to look at than any honest one: it is refused. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

/** An honest file has some dozens of parts; a film in pieces some thousands. */
const mostSteps = 200_000;

/** Collects what is to be written over, and counts the steps that finding it takes. */
export class Edits {
  readonly list: Edit[] = [];
  #steps = 0;

  /** @throws {UnreadableFileError} */
  step(): void {
    if (++this.#steps > mostSteps) throw new UnreadableFileError(`the file has more than ${mostSteps} parts`);
  }

  put(at: number, bytes: Buffer): void {
    this.list.push({ at, bytes });
  }

  /** Zeros from `start` up to, and without, `end`. */
  clear(start: number, end: number): void {
    if (end > start) this.list.push({ at: start, bytes: end - start });
  }
}
