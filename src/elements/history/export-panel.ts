import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { previewText } from '../../renderers/preview.js';
import { iconClose } from '../../styles/icons.js';
import { ImElement } from '../base.js';
import { exportHtml, exportJson, type Exported } from './export-file.js';
import { WindowPanel } from './panel.js';
import { popup } from './popup.styles.js';

type Kind = 'html' | 'json';
type Standing =
  | { readonly state: 'asking' | 'failed' }
  | { readonly state: 'reading'; readonly done: number; readonly total: number; readonly stop: AbortController }
  | { readonly state: 'done'; readonly count: number };

const mimes = { html: 'text/html', json: 'application/json' } as const;

/** Writes a conversation into a file of the reader's own. */
export class ImExportPanel extends WindowPanel {
  static override styles = [
    ImElement.styles,
    popup,
    css`
      :host {
        position: absolute;
        inset: 60px var(--_space-3) auto;
        z-index: 3;
      }
      .popup {
        max-width: 400px;
        margin: 0 auto;
      }
      .body {
        display: grid;
        gap: var(--_space-3);
        padding: 0 var(--_space-4) var(--_space-4);
      }
      p {
        margin: 0;
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-2);
      }
      progress {
        width: 100%;
        height: 6px;
        accent-color: var(--_color-accent);
      }
    `,
  ];

  /** The clock, ms since 1970. */
  now: () => number = Date.now;
  @state() private standing: Standing = { state: 'asking' };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  protected override render(): TemplateResult {
    const { t } = this.words;
    const { standing } = this;
    return html`<div class="popup" role="dialog" aria-label=${t.exportIt}>
      <div class="panel-header">
        <h3>${t.exportIt}</h3>
        <button class="icon-button" type="button" aria-label=${t.close} title=${t.close} @click=${this.close}>
          ${iconClose}
        </button>
      </div>
      <div class="body">
        <p class="quiet">${t.exportHint}</p>
        ${
          standing.state === 'reading'
            ? html`<progress
                  max=${standing.total}
                  .value=${standing.done}
                  aria-label=${t.exporting(standing.done, standing.total)}
                ></progress>
                <div class="quiet">${t.exporting(standing.done, standing.total)}</div>
                <div class="choices">
                  <button class="link-button" type="button" data-cancel @click=${this.stop}>${t.cancel}</button>
                </div>`
            : html`<div class="choices">
                <button class="button" type="button" data-first @click=${() => this.write('html')}>${t.asHtml}</button>
                <button class="button" type="button" data-json @click=${() => this.write('json')}>${t.asJson}</button>
              </div>`
        }
        <div role="status">
          ${standing.state === 'failed' ? html`<span class="danger">${t.exportFailed}</span>` : nothing}
          ${standing.state === 'done' ? t.exported(standing.count) : nothing}
        </div>
      </div>
    </div>`;
  }

  private readonly stop = (): void => {
    if (this.standing.state === 'reading') this.standing.stop.abort();
  };

  private async write(kind: Kind): Promise<void> {
    const { client, conversation: id } = this;
    const stop = new AbortController();
    this.standing = { state: 'reading', done: 0, total: 1, stop };
    try {
      const { messages, names } = await client.exportConversation(
        id,
        (done, total) => (this.standing = { state: 'reading', done, total, stop }),
        stop.signal,
      );
      stop.signal.throwIfAborted();
      const all = new Map([...names, [client.account, client.profile.name ?? client.account]]);
      const name = client.conversation(id)?.name ?? id;
      this.save(kind, { id, name, messages, names: all, time: this.now() });
      this.standing = { state: 'done', count: messages.length };
    } catch {
      this.standing = { state: stop.signal.aborted ? 'asking' : 'failed' };
    }
  }

  private save(kind: Kind, exported: Exported): void {
    const { localize, words } = this;
    const nameOf = (account: string): string => exported.names.get(account) ?? account;
    const content =
      kind === 'json'
        ? exportJson(exported)
        : exportHtml(exported, {
            t: words.t,
            tag: localize.tag,
            dir: localize.dir,
            preview: (message) => previewText(message, localize.t, nameOf),
          });
    const url = URL.createObjectURL(new Blob([content], { type: `${mimes[kind]};charset=utf-8` }));
    const link = this.ownerDocument.createElement('a');
    link.href = url;
    link.download = `${exported.id}.${kind}`;
    link.click();
    // Once the click has been dealt with, the download has the bytes.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}
