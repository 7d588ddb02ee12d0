import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Jwt } from '../../../src/server/auth/jwt.js';
import { testApp } from '../../helpers/chat-server.js';
import { PerSecond } from './per-second.js';

/** How long a token of the mint is good. */
export const tokenS = 3_600;

/** The page's back end: gives whoever asks a token by HTTP, and counts. */
export class Mint {
  readonly asked = new PerSecond();
  /** How much later it is here than on this machine. */
  aheadMs = 0;
  readonly #jwt = new Jwt(testApp.secret, () => Date.now() + this.aheadMs);
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.asked.count();
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { account } = JSON.parse(body) as { account: string };
        void this.#jwt
          .sign(account, tokenS)
          .then((token) => response.end(JSON.stringify({ token, expiresIn: tokenS })));
      });
    });
  }

  static async start(): Promise<Mint> {
    const mint = new Mint();
    mint.#server.listen(0, '127.0.0.1');
    await once(mint.#server, 'listening');
    return mint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
