import { randomOf } from '../../helpers/random-of.js';

/** All the chance there is in a run. */
export class Dice {
  /** 0 ≤ x < 1 */
  readonly random: () => number;

  constructor(seed: number) {
    this.random = randomOf(seed);
  }

  chance(probability: number): boolean {
    return probability > 0 && this.random() < probability;
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.random();
  }

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.int(0, list.length - 1)];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  }

  /** `count` of them, in their order. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = list.map((_, i) => i);
    const taken = Array.from({ length: Math.min(count, list.length) }, () =>
      left.splice(this.int(0, left.length - 1), 1),
    );
    return taken
      .flat()
      .sort((a, b) => a - b)
      .map((i) => list[i]!);
  }
}
