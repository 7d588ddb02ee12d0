import type { Parameters } from './parameters.js';

/** Carries out one management call and gives its answer without `code`. What it throws becomes a code. */
export type Action = (call: Parameters) => Promise<object>;
