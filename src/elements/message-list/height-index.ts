/**
 * Heights of a column of rows and the sums before each, in pixels: a Fenwick tree, so that a row that turns out taller
 * than guessed costs a handful of additions however long the column is.
 */
export class HeightIndex {
  #heights: number[] = [];
  /** 1-based; `#sums[i]` holds the rows of the stretch that ends at `i` and is as long as its lowest set bit. */
  #sums: number[] = [0];

  get length(): number {
    return this.#heights.length;
  }

  get total(): number {
    return this.offset(this.length);
  }

  get(index: number): number {
    return this.#heights[index] ?? 0;
  }

  set(index: number, height: number): void {
    const change = height - this.get(index);
    if (change === 0 || index < 0 || index >= this.length) return;
    this.#heights[index] = height;
    for (let i = index + 1; i <= this.length; i += i & -i) this.#sums[i]! += change;
  }

  push(height: number): void {
    const end = this.#heights.push(height);
    let sum = height;
    for (let i = end - 1, stop = end - (end & -end); i > stop; i -= i & -i) sum += this.#sums[i]!;
    this.#sums.push(sum);
  }

  /** Keeps the first `length` rows. */
  truncate(length: number): void {
    this.#heights.length = Math.min(length, this.length);
    this.#sums.length = this.length + 1;
  }

  /** Where row `index` begins; with the number of rows, where the column ends. */
  offset(index: number): number {
    let sum = 0;
    for (let i = Math.max(0, Math.min(index, this.length)); i > 0; i -= i & -i) sum += this.#sums[i]!;
    return sum;
  }

  /** The row at height `y`: the last one that begins at or above it; the first for anything higher, −1 when there is none. */
  indexAt(y: number): number {
    let index = 0;
    let left = y;
    for (let step = highestBit(this.length); step > 0; step >>= 1) {
      const next = index + step;
      if (next <= this.length && this.#sums[next]! <= left) {
        index = next;
        left -= this.#sums[next]!;
      }
    }
    return Math.min(index, this.length - 1);
  }
}

function highestBit(n: number): number {
  return n === 0 ? 0 : 2 ** (31 - Math.clz32(n));
}
