/** What may go wrong by itself, at each frame, transaction or publication; and which rows of the fault list that provokes. */
const weatherFaults = {
  /** The line breaks at a frame, which is lost with everything after it. */
  cut: ['F13'],
  /** The same at a frame of the greeting. */
  cutGreeting: ['F13'],
  /** One end does not learn that the line broke. */
  halfOpen: ['F10'],
  /** An ack is swallowed; what comes after it is not. */
  ackLost: ['F9'],
  /** A frame of the client's arrives twice. */
  frameTwice: ['F7'],
  /** A publication reaches nobody, or twice, or late. */
  hintLost: ['F33'],
  hintTwice: ['F33'],
  hintLate: ['F33'],
  /** The store takes long over a commit. */
  slowCommit: ['F32'],
  /** The store refuses for now. */
  busy: ['F26'],
  /** It commits, and its answer is lost. */
  answerLost: ['F29'],
  /** It fails in a way that nobody has foreseen. */
  broken: ['F47'],
  /** The server's process ends: before a commit, after it, between ack and publication. */
  killBeforeStore: ['F4'],
  killAfterCommit: ['F5'],
  killBeforePublish: ['F6'],
  /** A page ends: before its outbox has a message, after that, after the frame went out. */
  tabBeforeOutbox: ['F1'],
  tabAfterOutbox: ['F2'],
  tabAfterFrame: ['F3'],
  /** A page's database: slow, full, or its transaction aborted. */
  slowCache: ['F15'],
  cacheFull: ['F19'],
  cacheAborts: ['F23'],
} as const satisfies Record<string, readonly string[]>;

/** What happens at a moment, to somebody. `strikes.ts` has how. */
const strikeFaults = {
  hole: ['F10'],
  flap: ['F11'],
  resetByClient: ['F12'],
  slowReader: ['F14'],
  clientClock: ['F16'],
  serverClock: ['F16'],
  mintAway: ['F17'],
  clientPower: ['F24'],
  sleep: ['F25'],
  nap: ['F25'],
  serverKilled: ['F26'],
  serverPower: ['F26'],
  restore: ['F28'],
  stampede: ['F36'],
  foreignCursor: ['F37'],
  marks: ['F41'],
  serverFrozen: ['F48'],
} as const satisfies Record<string, readonly string[]>;

export type WeatherName = keyof typeof weatherFaults;
export type StrikeName = keyof typeof strikeFaults;
export type FaultName = WeatherName | StrikeName;

export const faultsOf: Readonly<Record<FaultName, readonly string[]>> = { ...weatherFaults, ...strikeFaults };
export const weatherNames = Object.keys(weatherFaults) as readonly WeatherName[];
export const strikeNames = Object.keys(strikeFaults) as readonly StrikeName[];

/** The chance of each, 0 to 1. */
export type Weather = { readonly [K in WeatherName]: number } & {
  /** The longest that a frame takes, ms. */
  readonly delay: number;
};

export const calm: Weather = {
  ...(Object.fromEntries(weatherNames.map((name) => [name, 0])) as Record<WeatherName, number>),
  delay: 20,
};
