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
  /** @internal Date and time in full. */
  full(ms: number): string {
    return this.localize.full(ms);
  }
}
