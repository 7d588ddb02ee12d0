import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ChatClientApi } from '../../client/api.js';
import { iconClose } from '../../styles/icons.js';
import { ActElement } from '../message-parts/act-element.js';
import { dialogStyles } from './dialog.styles.js';

/** A question in a dialog of its own, above the page. Subclasses draw it, and `finish` with the answer. */
export abstract class ActDialog<Answer> extends ActElement {
  static override styles: CSSResultGroup = [ActElement.styles, dialogStyles];

  @property({ attribute: false }) client: ChatClientApi | undefined;
  @property({ attribute: false }) nameOf: (account: string) => string = (account) => account;

  @state() protected busy = false;
  @state() protected wrong: string | undefined;
  @query('dialog') private dialog!: HTMLDialogElement | null;
  private answer: Answer | undefined;
  private closed: () => void = () => undefined;

  /** Resolves when it is closed: with the answer, or with `undefined` where nobody gave one. */
  async ask(): Promise<Answer | undefined> {
    await this.updateComplete;
    const { dialog } = this;
    if (!dialog || !this.isConnected) return undefined;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[data-first]')?.focus();
    await new Promise<void>((closed) => (this.closed = closed));
    return this.answer;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.closed();
  }

  protected abstract readonly heading: string;
  protected abstract content(): TemplateResult;
  /** The buttons at the end; none where there is nothing to answer. */
  protected buttons(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected finish(answer?: Answer): void {
    this.answer = answer;
    this.dialog?.close();
  }

  /** Does what was asked for; it stays open, and says why, where that fails. */
  protected async attempt(what: () => Promise<unknown>, answer: Answer): Promise<void> {
    this.busy = true;
    this.wrong = undefined;
    try {
      await what();
      this.finish(answer);
    } catch (error) {
      this.wrong = this.describe(error);
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<dialog
      aria-labelledby="heading"
      @close=${() => this.closed()}
      @keydown=${(event: Event) => event.stopPropagation()}
      @pointerdown=${this.onBackdrop}
    >
      <form method="dialog" @submit=${this.onSubmit}>
        <header>
          <h2 id="heading">${this.heading}</h2>
          <button
            class="icon-button"
            type="button"
            aria-label=${words.close}
            title=${words.close}
            @click=${() => this.finish()}
          >
            ${iconClose}
          </button>
        </header>
        <div class="content">${this.content()}</div>
        <p class="wrong" role="alert">${this.wrong}</p>
        ${this.foot()}
      </form>
    </dialog>`;
  }

  /** What the form's button does. */
  protected submit(): void {
    this.finish();
  }

  private foot(): TemplateResult | typeof nothing {
    const buttons = this.buttons();
    return buttons === nothing ? nothing : html`<footer>${buttons}</footer>`;
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    if (!this.busy) this.submit();
  };

  /** A press beside the dialog closes it; the dialog's box is the form, so what is not in it is the backdrop. */
  private readonly onBackdrop = (event: Event): void => {
    if (event.target === this.dialog) this.finish();
  };
}
