/** Time as an argument, so that a test moves it instead of sleeping. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `run` every `ms` until the function it gives is called; does not keep the process alive. */
  every(ms: number, run: () => void): () => void;
  /** Calls `run` once after `ms`, unless the function it gives is called before; does not keep the process alive. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  every(ms, run) {
    const timer = setInterval(run, ms).unref();
    return () => clearInterval(timer);
  },
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};
