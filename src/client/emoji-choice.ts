/** What somebody picks again: lives in this browser until the account signs out. */
export type EmojiChoice = {
  /** The last ones, newest first. */
  readonly recent: readonly string[];
  /** Skin tone: 0 is the default, then light to dark. */
  readonly tone: number;
};

const most = 32;
const key = (account: string): string => `im-elements emoji ${account}`;

export function loadEmojiChoice(account: string): EmojiChoice {
  try {
    const { recent, tone } = JSON.parse(store()?.getItem(key(account)) ?? '{}') as Partial<EmojiChoice>;
    return {
      recent: Array.isArray(recent) ? recent.filter((each) => typeof each === 'string').slice(0, most) : [],
      tone: [1, 2, 3, 4, 5].find((each) => each === tone) ?? 0,
    };
  } catch {
    return { recent: [], tone: 0 };
  }
}

export function saveEmojiChoice(account: string, choice: EmojiChoice): void {
  try {
    store()?.setItem(key(account), JSON.stringify(choice));
  } catch {
    // No room, or none for this page: it is known until the page goes.
  }
}

/** The choice with an emoji that was just picked. */
export function picked({ recent, tone }: EmojiChoice, emoji: string): EmojiChoice {
  return { recent: [emoji, ...recent.filter((each) => each !== emoji)].slice(0, most), tone };
}

export function forgetEmojiChoice(account: string): void {
  try {
    store()?.removeItem(key(account));
  } catch {
    // Nothing was kept then.
  }
}

/** Reading the property itself throws in a sandboxed frame; in a worker and in Node there is none. */
function store(): Storage | undefined {
  return (globalThis as { localStorage?: Storage }).localStorage;
}
