import type { Timing } from '../../../src/client/options.js';
import { StorageBusyError } from '../../../src/server/storage/storage.js';
import type { Tuning } from '../../../src/server/tuning.js';
import { FakeClock } from '../../client/helpers/fake-clock.js';
import { History } from '../history.js';
import { Device } from './device.js';
import { Dice } from './dice.js';
import { Disk, type DiskOptions, type StoreTurn } from './disk.js';
import { settleLoop } from './event-loop.js';
import { calm, faultsOf, type FaultName, type Weather, type WeatherName } from './fault-names.js';
import { Host } from './host.js';
import type { Line } from './line.js';
import { Network, type NetworkWorld } from './network.js';
import type { Publisher } from './sim-bus.js';
import { SimServer } from './sim-server.js';
import { Mint } from './tokens.js';

/** What of the product is switched off, to show that the checker sees it. */
export type WorldOptions = DiskOptions & {
  readonly timing: Partial<Timing>;
  readonly tuning: Partial<Tuning>;
};

const never = new Promise<never>(() => undefined);

/** Everything there is in a run: time, chance, a server and its disk, pages and theirs, and the lines between them. */
export class World implements NetworkWorld {
  readonly time = new FakeClock(settleLoop);
  readonly network: Network = new Network(this);
  readonly history = new History();
  readonly mint = new Mint(() => Math.floor(this.time.wall()) + this.serverOffset);
  readonly devices: Device[] = [];
  /** Row of the fault list → how often it was provoked. */
  readonly injected = new Map<string, number>();
  readonly trace: string[] = [];
  readonly problems: string[] = [];
  readonly disk: Disk;
  weather: Weather = calm;
  /** Whether anything may still go wrong. */
  storm = true;
  /** How often the server's history was another one than a page had seen. */
  resets = 0;
  /** What the server's clock shows beyond the true time. */
  serverOffset = 0;
  server: SimServer | undefined;
  #accounts = 0;

  constructor(
    readonly dice: Dice,
    readonly options: WorldOptions,
  ) {
    let epochs = 0;
    this.disk = new Disk(options, () => `epoch-${++epochs}`);
  }

  note(words: string): void {
    this.trace.push(`${(this.time.now() / 1000).toFixed(3)} ${words}`);
  }

  problem(words: string): void {
    this.note(`PROBLEM ${words}`);
    this.problems.push(words);
  }

  happened(what: FaultName): void {
    for (const fault of faultsOf[what]) this.injected.set(fault, (this.injected.get(fault) ?? 0) + 1);
    this.note(`(${what})`);
  }

  later(ms: number, run: () => void): void {
    this.time.setTimeout(run, ms);
  }

  /** As `later`, unless the storm is over by then. */
  inStorm(ms: number, run: () => void): void {
    this.later(ms, () => {
      if (this.storm) run();
    });
  }

  /** Everything that was broken is whole again, and everybody is there. */
  heal(): void {
    this.note('the storm is over');
    this.storm = false;
    this.weather = calm;
    this.mint.state = 'up';
    this.server?.host.thaw();
    this.startServer();
    // What reached a page while it was frozen comes before what a hole held back behind it.
    for (const device of this.devices) device.page?.host.thaw();
    this.network.heal();
    for (const device of this.devices) {
      device.page?.wake();
      device.open();
    }
  }

  addAccount(account: string): void {
    this.disk.write((tables) => tables.createAccount({ account }, 0));
    this.disk.sync();
    this.#accounts++;
  }

  startServer(): void {
    if (this.server) return;
    const host = new Host(this.time);
    host.wallOffset = this.serverOffset;
    this.note('the server starts');
    const { disk, options } = this;
    this.server = new SimServer({
      ...{ host, disk, tuning: options.tuning },
      turn: this.#storeTurn(host),
      publisher: this.#publisher(host),
      random: this.dice.random,
      onFault: (error) => this.problem(`a publication failed: ${String(error)}`),
    });
  }

  /** The server's process ends, and is started again. @param power what of the unsynced stays, where the power went too */
  killServer(downMs: number, power?: number): void {
    const { server } = this;
    if (!server) return;
    this.note(`the server dies${power === undefined ? '' : ' with its power'}`);
    this.server = undefined;
    server.host.kill();
    this.network.gone(server.host, power === undefined);
    if (power !== undefined) this.disk.losePower(power);
    this.later(downMs, () => this.startServer());
  }

  /** The server comes back on an older copy of its store. */
  restore(): void {
    const { dice, disk } = this;
    this.killServer(dice.between(500, 3_000));
    disk.restore(dice.int(Math.max(this.#accounts, Math.floor(disk.length * 0.6)), disk.length));
    this.resets++;
    this.note(`the store is an older copy, ${disk.epoch}`);
  }

  accept(line: Line): boolean {
    this.server?.accept(line);
    return this.server !== undefined;
  }

  onFrameOut(host: Host, type: string): void {
    if (type !== 'send' || !this.dice.chance(this.weather.tabAfterFrame)) return;
    this.happened('tabAfterFrame');
    this.later(0, () => this.devices.find(({ page }) => page?.host === host)?.crash());
  }

  /** Of which history a message is that a client was told to be stored. */
  epochOf(a: string, b: string, { id, seq }: { id: string; seq: number }): string {
    const conversation = this.disk.tables.findDirect(a, b);
    const [row] = conversation ? this.disk.tables.messages(conversation.id, seq, seq) : [];
    if (row?.id === id) return this.disk.epoch;
    // Without a sync before the ack this is what a power loss leaves; the checker shall find that by itself.
    if (this.resets === 0 && this.options.syncs) this.problem(`${id} was acked at ${seq} and is not stored there`);
    return this.resets === 0 ? this.disk.epoch : 'another';
  }

  #storeTurn(host: Host): StoreTurn {
    return (step, what) => {
      const { dice, weather } = this;
      const strikes = (what: WeatherName): boolean => {
        const hit = dice.chance(weather[what]);
        if (hit) this.happened(what);
        return hit;
      };
      if (!host.alive) return never;
      switch (step) {
        case 'write':
          if (what === 'rest') return undefined;
          if (strikes('killBeforeStore')) return this.#die();
          if (strikes('busy')) return Promise.reject(new StorageBusyError('the disk is full'));
          return strikes('broken') ? Promise.reject(new Error('broken')) : undefined;
        case 'sync':
          return host.wait(strikes('slowCommit') ? dice.between(100, 3_000) : dice.between(1, 5));
        case 'committed':
          if (what === 'rest') return undefined;
          if (strikes('killAfterCommit')) return this.#die();
          return this.#allTalk() && strikes('answerLost')
            ? Promise.reject(new StorageBusyError('the answer was lost'))
            : undefined;
        case 'read':
          if (strikes('broken')) return Promise.reject(new Error('broken'));
          return dice.chance(0.3) ? host.wait(dice.between(0, 5)) : undefined;
      }
    };
  }

  /** Whether each conversation has begun. */
  #allTalk(): boolean {
    const { tables } = this.disk;
    return this.devices.every(({ account, partners }) =>
      partners.every((partner) => (tables.findDirect(account, partner)?.seq ?? 0) > 1),
    );
  }

  #die(): Promise<never> {
    this.killServer(this.dice.between(200, 5_000));
    return never;
  }

  #publisher(host: Host): Publisher {
    return (publication, deliver) => {
      const { dice, weather } = this;
      // Of a conversation that nobody has heard of, a node that missed the first event knows nothing: see the README.
      if (publication.topic !== 'log' || publication.seq === 1) return deliver();
      if (dice.chance(weather.killBeforePublish)) {
        this.happened('killBeforePublish');
        // The ack goes out, and nothing after it.
        host.setTimeout(() => this.killServer(dice.between(200, 5_000)), 0);
      } else if (dice.chance(weather.hintLost)) this.happened('hintLost');
      else if (dice.chance(weather.hintLate)) {
        this.happened('hintLate');
        host.setTimeout(deliver, dice.between(10, 2_000));
      } else {
        deliver();
        if (!dice.chance(weather.hintTwice)) return;
        this.happened('hintTwice');
        deliver();
      }
    };
  }
}
