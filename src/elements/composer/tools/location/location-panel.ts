import { html, type TemplateResult } from 'lit';
import type { ComposerTools, Panel } from '../tools.js';
export class LocationPanel implements Panel {
  constructor(readonly tools: ComposerTools) {}
  render(): TemplateResult {
    return html``;
  }
}
