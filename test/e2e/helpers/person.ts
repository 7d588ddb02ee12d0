import type { Browser, Page } from 'puppeteer-core';
import type { ImConnection } from '../../../src/elements/connection/connection.js';
import type { ConnectionState } from '../../../src/client/api.js';
import { newPage, untilSeen } from '../../helpers/browsers.js';
import { readCache, readScreen, type Seen } from './in-page.js';

const patience = { timeout: 120_000 };

/** Somebody at a browser in one conversation: types on the keyboard, reads the screen, and can be asked what the cache holds. */
export class Person {
  readonly page: Page;
  readonly #conversation: string;
  readonly #url: string;

  private constructor(page: Page, url: string, conversation: string) {
    this.page = page;
    this.#url = url;
    this.#conversation = conversation;
  }

  /** @param url a page with one `<im-connection>` and one `<im-chat-window>` */
  static async at(browser: Browser, url: string, conversation: string): Promise<Person> {
    const person = new Person(await newPage(browser), url, conversation);
    await person.#arrive();
    return person;
  }

  /** Comes back to the page as after F5. */
  async reload(): Promise<void> {
    await this.#arrive();
  }

  /** Writes a message and sends it, every key a real one; a line of thousands of characters is pasted, as a person would do it. */
  async say(text: string): Promise<void> {
    const { keyboard } = this.page;
    for (const [i, line] of text.split('\n').entries()) {
      if (i > 0) {
        await keyboard.down('Shift');
        await keyboard.press('Enter');
        await keyboard.up('Shift');
      }
      if (line.length > 500) await this.#paste(line);
      else await keyboard.type(line);
    }
    await keyboard.press('Enter');
  }

  /** Resolves when the link is in this state. */
  async untilLink(state: ConnectionState['state']): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => (document.querySelector('im-connection') as ImConnection).client?.connection.state === wanted,
      patience,
      state,
    );
  }

  /** Resolves when the newest `total` messages are all there, and all stored. */
  async untilSettled(total: number): Promise<void> {
    const settled = (id: string, wanted: number): boolean => {
      const { client } = document.querySelector('im-connection') as ImConnection;
      const { messages, hasNewer } = client!.timeline(id);
      return !hasNewer && messages.at(-1)?.seq === wanted && messages.every(({ status }) => status === 'success');
    };
    try {
      await this.page.waitForFunction(settled, patience, this.#conversation, total);
    } catch (cause) {
      throw new Error(`not settled: ${await this.#state()}`, { cause });
    }
  }

  /** Everything on the screen, from the beginning of the conversation. */
  screen(): Promise<Seen[]> {
    return this.page.evaluate(readScreen, this.#conversation);
  }

  cache(): Promise<{ messages: Seen[]; unsent: number }> {
    return this.page.evaluate(readCache, this.#conversation);
  }

  /** `idClient` of every message that the page was told is stored. The site's page writes them down. */
  toldSent(): Promise<string[]> {
    return this.page.evaluate(() => JSON.parse(sessionStorage.getItem('sent') ?? '[]') as string[]);
  }

  /** What the client believes, for the message of a test that failed. */
  #state(): Promise<string> {
    return this.page.evaluate((id) => {
      const { client } = document.querySelector('im-connection') as ImConnection;
      const { messages, ...timeline } = client!.timeline(id);
      const open = messages.filter(({ status }) => status !== 'success');
      return JSON.stringify({
        link: client!.connection,
        ...timeline,
        last: messages.at(-1),
        count: messages.length,
        open,
      });
    }, this.#conversation);
  }

  async #paste(text: string): Promise<void> {
    await this.page.evaluate((pasted) => document.execCommand('insertText', false, pasted), text);
  }

  async #arrive(): Promise<void> {
    await this.page.goto(this.#url);
    const composer = await untilSeen(this.page, '>>> textarea');
    await composer.click();
  }
}
