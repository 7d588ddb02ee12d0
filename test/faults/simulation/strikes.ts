import { cidOf } from './sim-client.js';
import type { Device } from './device.js';
import type { StrikeName } from './fault-names.js';
import type { Line, Way } from './line.js';
import type { World } from './world.js';

const day = 24 * 3_600_000;

/** Something that happens at a moment, to somebody; `false` where it could not. */
type Strike = (world: World, device: Device) => boolean;

/** What may happen once, in contrast to the weather. By their names in `fault-names.ts`. */
export const strikes: Readonly<Record<StrikeName, Strike>> = {
  /** The lines of a page let nothing through, both ways or one, for longer than both ends wait, or not. */
  hole: (world, device) => {
    const lines = linesOf(world, device);
    const ways = world.dice.pick<readonly Way[]>([['up', 'down'], ['up'], ['down']]);
    for (const line of lines) for (const way of ways) line.holes.add(way);
    world.inStorm(world.dice.between(1_000, 60_000), () => {
      for (const line of lines) line.closeHoles();
    });
    return lines.length > 0;
  },
  flap: (world, device) => {
    const times = world.dice.int(10, 100);
    for (let i = 0; i < times; i++)
      world.inStorm(i * 200, () => {
        for (const line of linesOf(world, device)) line.break('up', 'down');
        device.page?.client.connect();
      });
    return device.page !== undefined;
  },
  /** The page knows that its line is dead, and is back before the server does. */
  resetByClient: (world, device) => {
    const lines = linesOf(world, device);
    for (const line of lines) line.break('down');
    return lines.length > 0;
  },
  /** A page that reads nothing while the others write. */
  slowReader: (world, device) => {
    const lines = linesOf(world, device);
    for (const line of lines) line.holes.add('down');
    for (const other of world.devices)
      for (let i = 0; i < 12; i++)
        for (const partner of other.partners) if (partner === device.account) other.page?.send(partner);
    world.inStorm(world.dice.between(1_000, 20_000), () => {
      for (const line of lines) line.closeHoles();
    });
    return lines.length > 0;
  },
  clientClock: (world, device) => {
    device.wallOffset += world.dice.pick([-1, 1]) * day;
    if (device.page) device.page.host.wallOffset = device.wallOffset;
    return true;
  },
  serverClock: (world) => {
    if (world.serverOffset < 0) return false;
    world.serverOffset -= day;
    if (world.server) world.server.host.wallOffset = world.serverOffset;
    return true;
  },
  mintAway: (world) => {
    world.mint.state = world.dice.pick(['down', 'silent'] as const);
    world.inStorm(world.dice.between(5_000, 60_000), () => (world.mint.state = 'up'));
    return true;
  },
  clientPower: (world, device) => {
    device.crash(world.dice.random());
    return true;
  },
  /** A night, in which everybody sleeps. */
  sleep: (world) => {
    const slept = world.devices.map((device) => sleeps(world, device, 8 * 3_600_000));
    return slept.includes(true);
  },
  nap: (world, device) => sleeps(world, device, world.dice.between(20_000, 100_000)),
  serverKilled: (world) => {
    world.killServer(world.dice.between(200, 8_000));
    return true;
  },
  serverPower: (world) => {
    world.killServer(world.dice.between(1_000, 8_000), world.dice.random());
    return true;
  },
  restore: (world) => {
    world.restore();
    return true;
  },
  /** The server is away until every token has ended; then everybody is back at once. */
  stampede: (world) => {
    world.killServer((world.mint.ttlS + 40) * 1_000);
    return true;
  },
  /** A page comes back with a cursor of a history that there never was. */
  foreignCursor: (world, device) => {
    if (!device.page || device.page.inMemory) return false;
    device.crash();
    const u = world.dice.pick([Number.MAX_SAFE_INTEGER, 1_000]);
    device.disk.forge({ epoch: world.disk.epoch, u });
    world.resets++;
    return true;
  },
  /** Marks of two devices at once, out of order, and ahead of the head. */
  marks: (world, device) => {
    const pages = world.devices.flatMap(({ account, page }) => (account === device.account && page ? [page] : []));
    for (const page of pages)
      for (const partner of page.partners)
        for (const seq of [9_000, 3, 1]) page.client.markRead(cidOf(partner), seq + world.dice.int(0, 5));
    return pages.length > 0;
  },
  serverFrozen: (world) => {
    const { server } = world;
    server?.host.freeze();
    world.inStorm(60_000, () => server?.host.thaw());
    return server !== undefined;
  },
};

function linesOf({ network }: World, { page }: Device): Line[] {
  return page ? network.of(page.host).filter(({ broken }) => !broken) : [];
}

function sleeps(world: World, { page }: Device, ms: number): boolean {
  page?.host.freeze();
  world.inStorm(ms, () => {
    page?.host.thaw();
    page?.wake();
  });
  return page !== undefined;
}
