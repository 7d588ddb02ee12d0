import { html, type TemplateResult } from 'lit';

/** What stands there while the list is on its way; the style sheet shows it only when that takes longer. */
export function skeletons(label: string): TemplateResult {
  return html`
    <div class="skeletons" aria-busy="true">
      <span class="visually-hidden">${label}</span>
      ${Array.from({ length: 8 }, () => html`<div class="skeleton" aria-hidden="true"></div>`)}
    </div>
  `;
}
