import { html, nothing, type TemplateResult } from 'lit';
import type { ComposerTexts } from '../../../i18n/composer/en.js';
import type { ComposerTools } from './tools.js';

/** Longer waits than this a timer cannot hold, ms. */
const longest = 2_147_000_000;

/** A mute that lasts longer than this has no end worth telling, ms. */
const forGood = 365 * 86_400_000;

/** What keeps somebody from writing, in words: it is not allowed here, or not yet. */
export class Barrier {
  readonly #tools: ComposerTools;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    tools: ComposerTools,
    /** The time, in ms since 1970. */
    readonly now: () => number = Date.now,
  ) {
    this.#tools = tools;
  }

  /** How long until the next message may be sent, by the server's slow mode. */
  get secondsLeft(): number {
    const { client, current } = this.#tools.host;
    const pause = client?.features.slowModeMs ?? 0;
    if (!client || current === undefined || pause <= 0 || client.conversation(current)?.scene !== 'group') return 0;
    const last = client.timeline(current).messages.findLast(({ flow }) => flow === 'out');
    return last ? Math.ceil(Math.max(0, Math.min(pause, last.time + pause - this.now())) / 1_000) : 0;
  }

  /** Draws anew when a second has passed, or when one may write again. */
  follow(): void {
    this.stop();
    const { until } = this.#may;
    const wait = this.secondsLeft > 0 ? 1_000 : until === undefined ? 0 : until - this.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#tools.host.requestUpdate(), Math.min(wait, longest));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  render(t: ComposerTexts): TemplateResult | typeof nothing {
    const { allowed, reason, until } = this.#may;
    const { words } = this.#tools.host;
    if (!allowed) {
      const when = until === undefined ? undefined : words.listTime(until, this.now());
      return html`<div class="refusal" part="refusal" role="status">
        ${reason === 'muted' ? t.refused.muted(when) : t.refused[reason ?? 'other']}
      </div>`;
    }
    const { secondsLeft } = this;
    return secondsLeft > 0 ? html`<div class="slow">${t.slowMode(secondsLeft)}</div>` : nothing;
  }

  get #may(): { readonly allowed: boolean; readonly reason?: keyof ComposerTexts['refused']; readonly until?: number } {
    const { client, current } = this.#tools.host;
    const group = current === undefined ? undefined : client?.group(current);
    if (!group || client!.may(current!, 'post')) return { allowed: true };
    const { dismissed, role, mutedUntil = 0, mutedAll } = group;
    if (dismissed) return { allowed: false, reason: 'dismissed' };
    if (role === 'outsider') return { allowed: false, reason: 'not-member' };
    const left = mutedUntil - this.now();
    if (left > 0) return { allowed: false, reason: 'muted', ...(left < forGood && { until: mutedUntil }) };
    return { allowed: false, reason: mutedAll ? 'muted-all' : 'form' };
  }
}
