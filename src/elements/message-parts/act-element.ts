import type { Translation } from '../../i18n/en.js';
import { actWords } from '../../i18n/message-acts/words.js';
import type { ActWords } from '../../i18n/message-acts/en.js';
import { ImElement } from '../base.js';

/** An element that comes later than the first paint, with words that do. */
export abstract class ActElement extends ImElement {
  /** @internal */
  get words(): ActWords {
    return actWords(this.localize.tag, () => this.requestUpdate());
  }
  /** @internal */
  get t(): Translation {
    return this.localize.t;
  }
  /** @internal What went wrong, in words. */
  describe(error: unknown): string {
    return this.localize.error(codeOf(error));
  }
  /** @internal Date and time in full. */
  full(ms: number): string {
    return this.localize.full(ms);
  }
}

/** By shape, not by class: a page may bring a client out of another copy of this code. */
function codeOf(error: unknown): number | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'number' ? code : undefined;
}
