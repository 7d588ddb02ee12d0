/** The bytes of a file, any stretch of them. */
export interface Source {
  readonly size: number;
  /** Shorter at the end of the file. */
  read(at: number, length: number): Promise<Buffer>;
}

const windowSize = 64 * 1024;

/** Reads a file here and there through one window, so that a film of any size costs the memory of one window. */
export class Bytes {
  readonly size: number;
  readonly #source: Source;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(source: Source) {
    this.#source = source;
    this.size = source.size;
  }

  /** Up to `length` bytes (at most one window's) from `at` on; fewer where the file ends. */
  async at(at: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, windowSize, this.size - at));
    if (at < this.#start || at + wanted > this.#start + this.#window.length) {
      this.#window = await this.#source.read(at, Math.min(windowSize, this.size - at));
      this.#start = at;
    }
    return this.#window.subarray(at - this.#start, at - this.#start + wanted);
  }

  /** All that one window gives from `at` on. */
  rest(at: number): Promise<Buffer> {
    return this.at(at, windowSize);
  }
}
