import { Device } from './device.js';
import type { FaultName, StrikeName } from './fault-names.js';
import type { Plan } from './plan.js';
import { cidOf } from './sim-client.js';
import { strikes } from './strikes.js';
import type { World } from './world.js';

/** How long it takes until a strike has had its effect, ms; most have it at once. */
const lasting: Partial<Record<FaultName, (world: World) => number>> = {
  sleep: () => 8 * 3_600_000 + 10_000,
  stampede: ({ mint }) => (mint.ttlS + 45) * 1_000,
  serverFrozen: () => 20_000,
};

/** Everybody and everything that the plan names, at rest. */
export function populate(world: World, plan: Plan): void {
  for (const account of plan.accounts) world.addAccount(account);
  world.mint.ttlS = plan.ttlS;
  for (const [account, count] of plan.devices) {
    const partners = plan.pairs.flatMap((pair) =>
      pair.includes(account) ? pair.filter((name) => name !== account) : [],
    );
    for (let i = 1; i <= count; i++) world.devices.push(new Device(world, `${account}-${i}`, account, partners));
  }
  world.startServer();
  for (const device of world.devices) device.open();
}

/** Everybody writes while everything breaks. */
export async function rage(world: World, plan: Plan): Promise<void> {
  const { dice, time } = world;
  world.weather = plan.weather;
  let left = plan.strikes;
  for (let step = 0; step < plan.steps; step++) {
    const device = dice.pick(world.devices);
    if (left.length > 0 && dice.chance(0.08)) {
      const name = dice.pick(left);
      await strike(world, device, name);
      if (lasting[name]) left = left.filter((other) => other !== name);
    } else act(world, device);
    await time.advance(dice.between(0, 800));
  }
}

async function strike(world: World, device: Device, name: StrikeName): Promise<void> {
  if (!strikes[name](world, device)) return;
  world.happened(name);
  for (const other of world.dice.some(world.devices, 2)) act(world, other);
  await world.time.advance(lasting[name]?.(world) ?? 0);
}

/** What people do. A page that sleeps, or is not there, does nothing. */
function act(world: World, device: Device): void {
  const { dice } = world;
  const { page } = device;
  if (!page || page.host.frozen) return;
  const { client } = page;
  const partner = dice.pick(page.partners);
  if (dice.chance(0.3)) return page.act(partner);
  const choice = dice.random();
  if (choice < 0.7) for (let count = dice.chance(0.2) ? dice.int(2, 5) : 1; count > 0; count--) page.send(partner);
  else if (choice < 0.8) client.markRead(cidOf(partner));
  else if (choice < 0.84) client.connect();
  else if (choice < 0.9) page.resend(5);
  else if (choice < 0.93) void client.loadOlder(cidOf(partner));
  else if (choice < 0.96) {
    client.releaseTimeline(cidOf(partner));
    void client.openTimeline(cidOf(partner));
  } else void device.close();
}
