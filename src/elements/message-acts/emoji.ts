import type { Box } from './placement.js';
import type { Scene } from './scene.js';

/** Lets a person choose any emoji, beside a place; `undefined` when none was chosen. */
export type PickEmoji = (scene: Scene, anchor: Box) => Promise<string | undefined>;

/** The one place where a picker for all emoji is plugged in. While there is none, a few can be given with one click. */
export const pickEmoji: PickEmoji | undefined = undefined as PickEmoji | undefined;
