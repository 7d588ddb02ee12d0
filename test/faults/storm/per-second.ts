/** How often something happened in each second. */
export class PerSecond {
  #seconds = new Map<number, number>();

  count(second = Math.floor(Date.now() / 1000), times = 1): void {
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + times);
  }

  /** What was counted so far, which is forgotten here. */
  take(): [second: number, times: number][] {
    const taken = [...this.#seconds];
    this.#seconds = new Map();
    return taken;
  }

  /** The most in one second since the last `take`. */
  get peak(): number {
    return Math.max(0, ...this.#seconds.values());
  }

  get total(): number {
    return [...this.#seconds.values()].reduce((sum, times) => sum + times, 0);
  }
}
