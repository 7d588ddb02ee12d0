/** A variable or an argument holds what it may not: ends the process with exit code 2 and this one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /** @param allowed what it may hold, as the end of a sentence */
  static of(variable: string, value: string, allowed: string): ConfigError {
    return new ConfigError(`${variable} is ${JSON.stringify(value)}: it may hold ${allowed}`);
  }
}
