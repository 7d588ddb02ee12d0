import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ActDialog } from './act-dialog.js';

export type Question = { readonly title: string; readonly text: string; readonly yes: string };

/** Asks once more before something is taken away. */
export class ImConfirmDialog extends ActDialog<true> {
  @property({ attribute: false }) question: Question = { title: '', text: '', yes: '' };

  protected get heading(): string {
    return this.question.title;
  }
  protected content(): TemplateResult {
    return html`<p>${this.question.text}</p>`;
  }
  protected override buttons(): TemplateResult {
    return html`<button class="plain" type="button" data-first @click=${() => this.finish()}>
        ${this.words.cancel}</button
      ><button class="button danger" type="submit">${this.question.yes}</button>`;
  }
  protected override submit(): void {
    this.finish(true);
  }
}
