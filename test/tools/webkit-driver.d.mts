/** One browser session of WebKitGTK under WebDriver. */
export class WebKitDriver {
  start(): Promise<void>;
  /** A command of the session: `path` as in the WebDriver standard, after `/session/{id}`. */
  command(method: string, path: string, body?: object): Promise<unknown>;
  /** Runs the body of a function in the page and gives what it returns. */
  evaluate(script: string): Promise<unknown>;
  stop(): Promise<void>;
}
