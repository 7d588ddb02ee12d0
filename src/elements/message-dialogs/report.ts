import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ActDialog } from './act-dialog.js';

const reasons = ['spam', 'abuse', 'indecent', 'other'] as const;
const longest = 500;

/** Tells whoever runs the service of a message, and why. */
export class ImReportDialog extends ActDialog<true> {
  /** Takes the reason: one of a few words, with more behind a colon where somebody wrote it. */
  @property({ attribute: false }) send: (reason: string) => Promise<void> = () => Promise.resolve();
  @state() private reason: (typeof reasons)[number] | undefined;
  @state() private more = '';

  protected get heading(): string {
    return this.words.reportTitle;
  }
  protected content(): TemplateResult {
    const { words } = this;
    return html`<p>${words.reportText}</p>
      <fieldset aria-labelledby="heading">
        ${reasons.map(
          (reason) =>
            html`<label class="choice"
              ><input
                type="radio"
                name="reason"
                ?data-first=${reason === reasons[0]}
                .checked=${this.reason === reason}
                @change=${() => (this.reason = reason)}
              />${words.reasons[reason]}</label
            >`,
        )}
      </fieldset>
      <textarea
        class="field"
        rows="2"
        dir="auto"
        maxlength=${longest}
        aria-label=${words.reasonMore}
        placeholder=${words.reasonMore}
        .value=${this.more}
        @input=${(event: Event) => (this.more = (event.target as HTMLTextAreaElement).value)}
      ></textarea>`;
  }
  protected override buttons(): TemplateResult {
    const { reason, more } = this;
    const ready = reason !== undefined && (reason !== 'other' || more.trim() !== '');
    return html`<button class="plain" type="button" @click=${() => this.finish()}>${this.words.cancel}</button
      ><button class="button" type="submit" ?disabled=${!ready || this.busy}>${this.words.reportConfirm}</button>`;
  }
  protected override submit(): void {
    const more = this.more.trim();
    if (this.reason) void this.attempt(() => this.send(more === '' ? this.reason! : `${this.reason!}: ${more}`), true);
  }
}
