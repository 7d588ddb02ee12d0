// WebKitGTK under WebDriver: WebKitWebDriver + MiniBrowser on a display of its own. Node's fetch speaks the protocol.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { executable } from './engines.mjs';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// -displayfd lets Xvfb pick a free display. MiniBrowser without one does not fail, it waits for ever.
async function startXvfb() {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const child = spawn(executable('xvfb'), args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`Xvfb ended with code ${code}`)));
  const [number] = await Promise.race([once(child.stdio[3], 'data'), ended]);
  ended.catch(() => {});
  return { child, display: `:${String(number).trim()}` };
}

/** One browser session. */
export class WebKitDriver {
  #children = [];
  #base;
  #session;

  async start() {
    const env = { ...process.env, NO_AT_BRIDGE: '1', LIBGL_ALWAYS_SOFTWARE: '1' };
    if (!env.DISPLAY) {
      const { child, display } = await startXvfb();
      this.#children.push(child);
      env.DISPLAY = display;
    }
    const port = await freePort();
    const stdio = process.env.WEBKIT_DEBUG ? 'inherit' : 'ignore';
    this.#children.push(spawn(executable('webKitDriver'), ['--host=127.0.0.1', `--port=${port}`], { env, stdio }));
    this.#base = `http://127.0.0.1:${port}`;
    await this.#untilListening();
    const browserOptions = { binary: executable('miniBrowser'), args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions } };
    this.#session = (await this.#call('POST', '/session', { capabilities })).sessionId;
  }

  /** A command of the session: `path` as in the WebDriver standard, after `/session/{id}`. */
  command(method, path, body) {
    return this.#call(method, `/session/${this.#session}${path}`, body);
  }

  /** Runs the body of a function in the page and gives what it returns. */
  evaluate(script) {
    return this.command('POST', '/execute/sync', { script, args: [] });
  }

  async stop() {
    if (this.#session) await this.command('DELETE', '').catch(() => {});
    for (const child of this.#children.reverse()) {
      if (child.exitCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill();
      await Promise.race([ended, delay(3000, undefined, { ref: false })]);
    }
  }

  async #untilListening() {
    for (let attempt = 1; ; attempt++) {
      try {
        await fetch(`${this.#base}/status`);
        return;
      } catch (error) {
        if (attempt === 100) throw error;
        await delay(50);
      }
    }
  }

  async #call(method, path, body) {
    const response = await fetch(this.#base + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(60_000),
    });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
}
