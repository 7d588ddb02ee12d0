import { strikeNames, weatherNames, type FaultName, type StrikeName, type Weather } from './fault-names.js';
import { calm, type WeatherName } from './fault-names.js';
import type { Dice } from './dice.js';

/** Who takes part in a run, and what goes wrong in it. */
export type Plan = {
  readonly accounts: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
  /** Account → how many devices it has. */
  readonly devices: ReadonlyMap<string, number>;
  readonly steps: number;
  readonly weather: Weather;
  readonly strikes: readonly StrikeName[];
  /** How long a token is good, seconds. */
  readonly ttlS: number;
};

const people = ['alice', 'bob', 'carol', 'dave'];

/** How probable each is where it is chosen at all. */
const chances: Readonly<Record<WeatherName, readonly [least: number, most: number]>> = {
  cut: [0.005, 0.06],
  cutGreeting: [0.05, 0.4],
  halfOpen: [0.3, 1],
  ackLost: [0.05, 0.4],
  frameTwice: [0.1, 0.5],
  hintLost: [0.1, 0.6],
  hintTwice: [0.1, 0.5],
  hintLate: [0.1, 0.5],
  slowCommit: [0.02, 0.2],
  busy: [0.02, 0.3],
  answerLost: [0.02, 0.2],
  broken: [0.005, 0.04],
  killBeforeStore: [0.01, 0.06],
  killAfterCommit: [0.01, 0.06],
  killBeforePublish: [0.01, 0.06],
  tabBeforeOutbox: [0.01, 0.08],
  tabAfterOutbox: [0.01, 0.08],
  tabAfterFrame: [0.01, 0.08],
  slowCache: [0.01, 0.1],
  cacheFull: [0.005, 0.05],
  cacheAborts: [0.002, 0.01],
};

/** Nothing can be offered again that only a clock a day off, or a memory that is gone, knows of. */
const notWithRestore: readonly FaultName[] = ['clientClock', 'cacheFull', 'cacheAborts'];

/** Each run has a few kinds of fault, not all of them: what is rare then meets what is rare. @param only what may be chosen */
export function makePlan(dice: Dice, only?: readonly FaultName[]): Plan {
  const all: [string, string][] = [];
  const accounts = people.slice(0, dice.int(2, 4));
  for (const [i, a] of accounts.entries()) for (const b of accounts.slice(i + 1)) all.push([a, b]);
  const pairs = dice.some(all, dice.int(1, 3));
  const talking = accounts.filter((account) => pairs.some((pair) => pair.includes(account)));
  const strikes = only ? strikeNames.filter((name) => only.includes(name)) : dice.some(strikeNames, dice.int(0, 3));
  // A night is long: few runs have one.
  const restless = !only && dice.chance(0.8);
  const chosen = only ? weatherNames.filter((name) => only.includes(name)) : dice.some(weatherNames, dice.int(1, 5));
  const weather = chosen.filter((name) => !strikes.includes('restore') || !notWithRestore.includes(name));
  // A line has to break before one end can fail to learn of it.
  if (weather.includes('halfOpen') && !weather.includes('cut')) weather.push('cut');
  const short = strikes.includes('mintAway') || strikes.includes('stampede');
  return {
    accounts: talking,
    pairs,
    devices: new Map(talking.map((account) => [account, dice.int(1, talking.length > 2 ? 2 : 3)])),
    steps: dice.int(20, 50),
    weather: {
      ...calm,
      ...Object.fromEntries(weather.map((name) => [name, dice.between(...chances[name])])),
      delay: dice.between(5, 300),
    },
    strikes: strikes
      .filter((name) => !strikes.includes('restore') || !notWithRestore.includes(name))
      .map((name) => (name === 'sleep' && restless ? 'nap' : name)),
    ttlS: short ? dice.int(20, 60) : 600,
  };
}
