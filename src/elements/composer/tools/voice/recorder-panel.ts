import { html, type TemplateResult } from 'lit';
import type { ComposerTools } from '../tools.js';
export function recorderTemplate(_tools: ComposerTools): TemplateResult {
  return html``;
}
