import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { formatBytes } from '../../i18n/media-texts.js';
import { iconDownload } from '../../styles/media-icons.js';
import { ImBody } from './body.js';
import { download } from './file-address.js';
import { kindOf, partsOfName } from './file-name.js';
import { uploadRing, uploadWords } from './upload-ring.js';

const styles = css`
  .plate,
  .file {
    display: flex;
    gap: 12px;
    align-items: center;
    min-width: 0;
    min-height: 48px;
  }
  .file {
    flex: 1;
  }
  .icon-plate {
    display: grid;
    flex: none;
    place-items: center;
    width: 42px;
    height: 48px;
    border-radius: 8px;
    background: oklch(0.5 0.02 260);
    color: #fff;
    font-size: 11px;
    font-weight: 700;
  }
  .pdf {
    background: oklch(0.56 0.19 28);
  }
  .text {
    background: oklch(0.52 0.14 255);
  }
  .sheet {
    background: oklch(0.5 0.12 150);
  }
  .slides {
    background: oklch(0.56 0.15 45);
  }
  .archive {
    background: oklch(0.5 0.09 80);
  }
  .sound,
  .film {
    background: oklch(0.52 0.15 305);
  }
  .picture {
    background: oklch(0.52 0.1 200);
  }
  .code {
    background: oklch(0.4 0.03 260);
  }
  .about {
    flex: 1;
    min-width: 0;
  }
  .name {
    display: flex;
    width: fit-content;
    max-width: 100%;
    font-size: 14px;
    line-height: 20px;
    font-weight: 600;
    white-space: pre;
  }
  .start {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .end {
    flex: none;
  }
  .size {
    overflow: hidden;
    color: var(--_color-text-soft);
    font-size: 12.5px;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .failed {
    color: var(--_color-danger);
  }
  .get {
    color: var(--_color-text-soft);
  }
  .file:hover .get {
    color: var(--_color-accent-text);
  }
`;

/** A file: what kind it is, its name and its size; a click saves it. Part of `<im-message>`. */
export class ImFileBody extends ImBody {
  static override styles: CSSResultGroup = [ImBody.styles, styles];

  @state() private failed = false;

  protected override render(): TemplateResult | typeof nothing {
    const { message, words, tab } = this;
    const file = message?.file;
    if (!file) return nothing;
    const { kind, letters } = kindOf(file.name, file.ext);
    const about = html`<span class="icon-plate ${kind}" aria-hidden="true">${letters}</span>
      <span class="about">
        ${this.name(file.name)}
        <span class="size"
          >${this.failed ? html`<span class="failed" role="status">${words.notLoaded}</span>` : this.size()}</span
        >
      </span>`;
    return html`${
      message.upload
        ? html`<div class="plate">
            <div class="file">${about}</div>
            ${uploadRing(message, this.client, words, tab)}
          </div>`
        : html`<button
            class="plate file"
            type="button"
            tabindex=${tab}
            title=${words.download}
            @click=${this.onDownload}
          >
            ${about}<span class="get">${iconDownload}</span><span class="visually-hidden">${words.download}</span>
          </button>`
    }`;
  }

  /** The middle gives way: what kind it is stands at the end. */
  private name(name: string): TemplateResult {
    const [start, end] = partsOfName(name);
    return html`<bdi class="name" title=${start + end}
      ><span class="start">${start}</span><span class="end">${end}</span></bdi
    >`;
  }

  private size(): string {
    const { words } = this;
    const { file, upload } = this.message!;
    const bytes = (count: number): string => formatBytes(this.localize.tag, count);
    if (!upload) return bytes(file!.size);
    if (upload.state === 'uploading') return words.of(bytes(upload.sent), bytes(upload.total));
    return uploadWords(upload, words);
  }

  private readonly onDownload = (): void => {
    this.failed = false;
    download(this.client, this.message!).catch(() => (this.failed = true));
  };
}
