import type { WebSocketConstructor } from '../../../src/client/options.js';
import type { FakeClock } from '../../client/helpers/fake-clock.js';
import type { Dice } from './dice.js';
import type { Host } from './host.js';
import { ClientEnd, Line, type Carrier, type Way } from './line.js';
import type { Weather, WeatherName } from './fault-names.js';

const greeting = new Set(['hello', 'welcome', 'reset', 'sync', 'synced']);

/** What the network asks of the world that it lies in. */
export interface NetworkWorld {
  readonly time: FakeClock;
  readonly dice: Dice;
  weather: Weather;
  /** Something of the weather happened. */
  happened(what: WeatherName): void;
  /** Takes a connection; `false` where nobody listens. */
  accept(line: Line): boolean;
  /** A frame left a page. */
  onFrameOut(host: Host, type: string): void;
}

/** All lines between pages and the server, and what the weather does to them. */
export class Network implements Carrier {
  readonly lines = new Set<Line>();
  readonly #world: NetworkWorld;

  constructor(world: NetworkWorld) {
    this.#world = world;
  }

  /** What a page takes for the browser's `WebSocket`. */
  socketFor(host: Host): WebSocketConstructor {
    const dial = (end: ClientEnd): Line => this.#dial(host, end);
    return class extends ClientEnd {
      constructor() {
        super();
        this.attach(dial(this));
      }
    };
  }

  of(host: Host): Line[] {
    return [...this.lines].filter((line) => line.host === host);
  }

  now(): number {
    return this.#world.time.now();
  }

  delay(): number {
    return this.#world.dice.between(1, this.#world.weather.delay);
  }

  later(ms: number, run: () => void): void {
    this.#world.time.setTimeout(run, ms);
  }

  fate(line: Line, way: Way, frame: string): number | 'cut' {
    const { dice, weather } = this.#world;
    const type = typeOf(frame);
    if (way === 'up') this.#world.onFrameOut(line.host, type);
    const cut = greeting.has(type) ? 'cutGreeting' : 'cut';
    if (dice.chance(weather[cut])) {
      this.#world.happened(cut);
      this.cut(line);
      return 'cut';
    }
    if (type === 'ack' && dice.chance(weather.ackLost)) {
      this.#world.happened('ackLost');
      return 0;
    }
    if (type === 'send' && dice.chance(weather.frameTwice)) {
      this.#world.happened('frameTwice');
      return 2;
    }
    return 1;
  }

  /** Breaks a line, and sometimes only one end learns of it. */
  cut(line: Line): void {
    const { dice, weather } = this.#world;
    if (!dice.chance(weather.halfOpen)) return line.break('up', 'down');
    this.#world.happened('halfOpen');
    line.break(dice.pick<Way>(['up', 'down']));
  }

  onEnd(line: Line): void {
    this.lines.delete(line);
  }

  /** A process is gone. Its system says so to the other ends, after what was written already; without power, nobody does. */
  gone(host: Host, told: boolean): void {
    for (const line of this.lines) {
      if (line.host !== host && line.serverHost !== host) continue;
      if (!told) line.break();
      else if (line.host === host) line.put('up', () => line.server.ended());
      else line.put('down', () => line.client.ended(1006, ''));
    }
  }

  /** The network is whole again: what waited is delivered, and whoever holds a line that is dead learns it. */
  heal(): void {
    for (const line of this.lines)
      if (line.broken) line.tell('up', 'down');
      else line.closeHoles();
  }

  #dial(host: Host, end: ClientEnd): Line {
    const line = new Line(this, host, end);
    this.lines.add(line);
    line.put('up', () => {
      if (!this.#world.accept(line)) line.break('down');
    });
    return line;
  }
}

/** Every frame begins with its type. */
function typeOf(frame: string): string {
  return /^\{"t":"(\w+)"/.exec(frame)?.[1] ?? '';
}
