import type { CacheTurn } from './client-disk.js';
import { ClientDisk } from './client-disk.js';
import { Host } from './host.js';
import { Page } from './sim-client.js';
import type { World } from './world.js';

const never = new Promise<never>(() => undefined);

/** A browser with one page of one account; the page may die and be opened again, the disk stays. */
export class Device {
  readonly name: string;
  readonly account: string;
  readonly partners: readonly string[];
  readonly disk = new ClientDisk();
  /** What its owner has set the clock to, beyond the true time. */
  wallOffset = 0;
  page: Page | undefined;
  readonly #world: World;
  #lives = 0;
  #closing = false;

  constructor(world: World, name: string, account: string, partners: readonly string[]) {
    this.#world = world;
    this.name = name;
    this.account = account;
    this.partners = partners;
  }

  open(): void {
    if (this.page || this.#closing) return;
    const { account, partners } = this;
    const host = new Host(this.#world.time);
    host.wallOffset = this.wallOffset;
    const name = `${this.name}.${++this.#lives}`;
    const cache = this.disk.open(this.#turn(host));
    this.#world.note(`${name} opens`);
    this.page = new Page(this.#world, {
      name,
      account,
      partners,
      cache,
      host,
      socket: this.#world.network.socketFor(host),
    });
    this.page.open();
  }

  /** The page ends without a word, and comes back. @param power what of the disk stays, where the power went too */
  crash(power?: number): void {
    const { page } = this;
    // What only its memory had is gone with it; the client has said so when its database gave up.
    if (!page || page.inMemory) return;
    this.#world.note(`${page.name} dies${power === undefined ? '' : ' with its power'}`);
    page.host.kill();
    this.page = undefined;
    this.#world.network.gone(page.host, power === undefined);
    if (power !== undefined) this.disk.losePower(power);
    this.#world.later(this.#world.dice.between(300, 8_000), () => this.open());
  }

  /** The page is closed by its reader, and opened again later. */
  async close(): Promise<void> {
    const { page } = this;
    if (!page || page.inMemory) return;
    this.#world.note(`${page.name} closes`);
    this.page = undefined;
    this.#closing = true;
    await page.client.close();
    page.host.kill();
    this.#closing = false;
    this.#world.network.gone(page.host, true);
    this.#world.later(this.#world.storm ? this.#world.dice.between(100, 5_000) : 0, () => this.open());
  }

  /** What the weather does to the page's database. */
  #turn(host: Host): CacheTurn {
    const world = this.#world;
    return (step, write) => {
      const { dice, weather } = world;
      if (!host.alive) return never;
      const kill = step === 'before' ? 'tabBeforeOutbox' : 'tabAfterOutbox';
      if (write?.outbox.some(({ status }) => status === 'sending') && this.page && !this.page.inMemory)
        if (dice.chance(weather[kill])) {
          world.happened(kill);
          this.crash();
          return never;
        }
      if (step === 'after') return undefined;
      if (write && dice.chance(weather.cacheFull)) {
        world.happened('cacheFull');
        return Promise.reject(new DOMException('there is no room', 'QuotaExceededError'));
      }
      if (write && dice.chance(weather.cacheAborts)) {
        world.happened('cacheAborts');
        return Promise.reject(new DOMException('it was aborted', 'AbortError'));
      }
      if (dice.chance(weather.slowCache)) {
        world.happened('slowCache');
        return host.wait(dice.between(500, 5_000));
      }
      return dice.chance(0.2) ? host.wait(dice.between(0, 10)) : undefined;
    };
  }
}
