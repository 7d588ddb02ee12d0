import type { Features } from './api.js';
import { ChatError } from './errors.js';

/** What holds before a server has said anything else. */
export const defaultFeatures: Features = {
  typing: true,
  presence: true,
  receipts: true,
  recallMs: 120_000,
  editMs: 86_400_000,
  maxFileBytes: 100_000_000,
};

/** In place of what this client cannot do yet. */
export const notYet = (): Promise<never> => Promise.reject(new ChatError(404, 'not in this version'));
