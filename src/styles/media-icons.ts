import { svg } from 'lit';
import { icon } from './icons.js';

/** More of Lucide (see `icons.ts`), for what is loaded when it is first needed. */
export const iconPlay = /* @__PURE__ */ icon(svg`<path d="M7 4.5v15l13-7.5z"/>`);
export const iconPause = /* @__PURE__ */ icon(svg`<path d="M6 5h4v14H6z"/><path d="M14 5h4v14h-4z"/>`);
export const iconRetry = /* @__PURE__ */ icon(
  svg`<path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"/><path d="M3 3v5h5"/>`,
);
export const iconUpload = /* @__PURE__ */ icon(
  svg`<path d="M12 3v12"/><path d="m17 8-5-5-5 5"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/>`,
);
export const iconDownload = /* @__PURE__ */ icon(
  svg`<path d="M12 15V3"/><path d="m7 10 5 5 5-5"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/>`,
);
export const iconEnlarge = /* @__PURE__ */ icon(
  svg`<path d="M15 3h6v6"/><path d="m21 3-7 7"/><path d="m3 21 7-7"/><path d="M9 21H3v-6"/>`,
);
export const iconZoomIn = /* @__PURE__ */ icon(
  svg`<circle cx="11" cy="11" r="8"/><path d="m21 21-4.35-4.35"/><path d="M11 8v6"/><path d="M8 11h6"/>`,
);
export const iconZoomOut = /* @__PURE__ */ icon(
  svg`<circle cx="11" cy="11" r="8"/><path d="m21 21-4.35-4.35"/><path d="M8 11h6"/>`,
);
export const iconNext = /* @__PURE__ */ icon(svg`<path d="m9 18 6-6-6-6"/>`);
export const iconForwarded = /* @__PURE__ */ icon(svg`<path d="m15 17 5-5-5-5"/><path d="M4 18v-2a4 4 0 0 1 4-4h12"/>`);
