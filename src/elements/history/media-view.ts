import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { until } from 'lit/directives/until.js';
import type { ChatClientApi, MediaKind } from '../../client/api.js';
import type { Message } from '../../protocol/message.js';
import { linkify } from '../../renderers/linkify.js';
import { iconClose } from '../../styles/icons.js';
import { ImElement } from '../base.js';
import { iconFile, iconLink, iconPictures, iconVideo } from './icons.js';
import { mediaStyles } from './media-view.styles.js';
import { WindowPanel } from './panel.js';
import { popup } from './popup.styles.js';

/** A client that knows where files are. */
type WithFiles = ChatClientApi & { fileUrl?: (message: Message, which: 'thumbnail') => Promise<string> };

type Kept = { readonly messages: readonly Message[]; readonly more: boolean };
const kinds: readonly MediaKind[] = ['media', 'files', 'links'];

/** Pictures and films, files, and addresses of one conversation, by month; each leads to its message. */
export class ImMediaView extends WindowPanel {
  static override styles = [ImElement.styles, popup, mediaStyles];

  @state() private kind: MediaKind = 'media';
  @state() private kept: ReadonlyMap<MediaKind, Kept> = new Map();
  @state() private failed = false;
  private loading = false;
  /** Thumbnails that were asked for, so that a new drawing asks for none again. */
  private readonly urls = new Map<string, Promise<string>>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.kept.has(this.kind) && !this.failed) void this.load();
  }

  protected override render(): TemplateResult {
    const { t } = this.words;
    const kept = this.kept.get(this.kind);
    return html`<div class="panel" role="dialog" aria-label=${t.mediaAndFiles}>
      <div class="panel-header">
        <h3>${t.mediaAndFiles}</h3>
        <button class="icon-button" type="button" aria-label=${t.close} title=${t.close} @click=${this.close}>
          ${iconClose}
        </button>
      </div>
      <div class="tabs" role="tablist" aria-label=${t.mediaAndFiles} @keydown=${this.onTabKey}>
        ${kinds.map(
          (kind) =>
            html`<button
              type="button"
              role="tab"
              id="tab-${kind}"
              aria-controls="found"
              aria-selected=${kind === this.kind}
              tabindex=${kind === this.kind ? 0 : -1}
              ?data-first=${kind === 'media'}
              @click=${() => this.choose(kind)}
            >
              ${t[kind]}
            </button>`,
        )}
      </div>
      <div
        class="found"
        id="found"
        role="tabpanel"
        tabindex="0"
        aria-labelledby="tab-${this.kind}"
        @scroll=${this.onScroll}
      >
        ${this.failed ? html`<p class="danger" role="status">${t.changeFailed}</p>` : nothing}
        ${kept ? this.months(kept) : this.failed ? nothing : html`<p class="quiet">${this.localize.t.loading}</p>`}
      </div>
    </div>`;
  }

  private months({ messages }: Kept): TemplateResult {
    const { t } = this.words;
    const nothingThere = { media: t.noMedia, files: t.noFiles, links: t.noLinks }[this.kind];
    if (messages.length === 0) return html`<p class="quiet">${nothingThere}</p>`;
    const format = new Intl.DateTimeFormat(this.localize.tag, {
      month: 'long',
      year: 'numeric',
      numberingSystem: 'latn',
    });
    const months = new Map<string, Message[]>();
    for (const message of messages) {
      const month = format.format(message.time);
      months.set(month, [...(months.get(month) ?? []), message]);
    }
    return html`${repeat(
      months,
      ([month]) => month,
      ([month, list]) =>
        html`<h4>${month}</h4>
          <ul class=${this.kind}>
            ${repeat(
              list,
              ({ idClient }) => idClient,
              (message) => html`<li>${this.kind === 'media' ? this.tile(message) : this.line(message)}</li>`,
            )}
          </ul>`,
    )}`;
  }

  private tile(message: Message): TemplateResult {
    const { localize } = this;
    const kind = message.type === 'video' ? localize.t.video : localize.t.image;
    const label = this.words.t.sentBy(kind, this.nameOf(message.from), localize.full(message.time));
    return html`<button
      type="button"
      class="tile"
      aria-label=${label}
      title=${label}
      @click=${() => this.show(message)}
    >
      ${message.type === 'video' ? iconVideo : iconPictures}
      ${until(
        this.url(message)?.then((url) => html`<img alt="" loading="lazy" src=${url} @error=${this.onImageError} />`),
        nothing,
      )}
    </button>`;
  }

  private line(message: Message): TemplateResult {
    const { localize } = this;
    const { file, content = '', from, time } = message;
    const links = this.kind === 'links' ? linkify(content).filter((part) => part.href !== undefined) : [];
    const title = file?.name ?? (links.map(({ text }) => text).join(' ') || content);
    const about = `${this.nameOf(from)} · ${localize.listTime(time, Date.now())}`;
    return html`<button type="button" class="line" @click=${() => this.show(message)}>
      ${this.kind === 'links' ? iconLink : iconFile}
      <span class="lines"><bdi class="name">${title}</bdi><span class="quiet">${about}</span></span>
    </button>`;
  }

  private url(message: Message): Promise<string> | undefined {
    const client = this.client as WithFiles;
    if (!client.fileUrl) return undefined;
    let url = this.urls.get(message.idClient);
    if (!url) {
      url = client.fileUrl(message, 'thumbnail');
      url.catch(() => undefined);
      this.urls.set(message.idClient, url);
    }
    return url;
  }

  private choose(kind: MediaKind): void {
    this.failed = false;
    this.kind = kind;
  }

  private show({ seq }: Message): void {
    if (seq === undefined) return;
    this.close();
    this.goTo(seq);
  }

  private async load(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    const { kind } = this;
    const before = this.kept.get(kind)?.messages ?? [];
    try {
      const { messages, more } = await this.client.media(this.conversation, kind, before.at(-1)?.seq);
      this.kept = new Map(this.kept).set(kind, { messages: [...before, ...messages], more });
    } catch {
      this.failed = true;
    } finally {
      this.loading = false;
      this.requestUpdate();
    }
  }

  private readonly onImageError = (event: Event): void => (event.target as Element).remove();

  private readonly onScroll = (event: Event): void => {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget as Element;
    if (scrollHeight - scrollTop < 2 * clientHeight && this.kept.get(this.kind)?.more) void this.load();
  };

  private readonly onTabKey = (event: KeyboardEvent): void => {
    const forward = this.localize.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const by = event.key === forward ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    this.choose(kinds.at((kinds.indexOf(this.kind) + by) % kinds.length)!);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
  };
}
