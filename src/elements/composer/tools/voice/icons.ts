import { html, svg, type TemplateResult } from 'lit';

/** Icons of the recorder, from the same family as `styles/icons.ts` (Lucide 1.62, ISC licence). */
const icon = (shapes: TemplateResult<2>): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shapes}</svg>`;

export const iconDelete = icon(
  svg`<path d="M10 11v6"/><path d="M14 11v6"/><path d="M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6"/><path d="M3 6h18"/><path d="M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>`,
);
export const iconPause = icon(
  svg`<rect x="14" y="3" width="5" height="18" rx="1"/><rect x="5" y="3" width="5" height="18" rx="1"/>`,
);
export const iconPlay = icon(
  svg`<path d="M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z"/>`,
);
export const iconStop = icon(svg`<rect width="18" height="18" x="3" y="3" rx="2"/>`);
