import { html, nothing, type TemplateResult } from 'lit';
import type { Timeline } from '../../client/api.js';
import type { Translation } from '../../i18n/en.js';
import { iconDown } from '../../styles/icons.js';

/** What stands above the first message: that more comes, or that nothing does. `opening`: nothing has come yet. */
export function headOf({ messages, hasOlder, loading }: Timeline, opening: boolean, t: Translation): unknown {
  const first = opening || (loading === 'initial' && messages.length === 0);
  if (first || loading === 'older') return bones(first ? 6 : 3, t);
  if (hasOlder || messages.length === 0) return nothing;
  return html`<div class="beginning">${t.beginning}</div>`;
}

function bones(count: number, t: Translation): TemplateResult {
  return html`<div class="bones">
    ${Array.from({ length: count }, () => html`<div class="bone"></div>`)}
    <span class="visually-hidden">${t.loading}</span>
  </div>`;
}

/** The button that leads to the newest message, with how many one has not seen yet. */
export function jumpButton(unseen: number, t: Translation, jump: () => void): TemplateResult {
  return html`<button
    class=${unseen > 0 ? 'jump counts' : 'jump'}
    part="jump"
    type="button"
    aria-label=${unseen > 0 ? nothing : t.toEnd}
    title=${t.toEnd}
    @click=${jump}
  >
    ${iconDown}${unseen > 0 ? t.newBelow(unseen) : nothing}
  </button>`;
}
