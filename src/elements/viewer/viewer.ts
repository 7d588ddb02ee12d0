import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ChatClientApi } from '../../client/api.js';
import { mediaTexts } from '../../i18n/media-texts.js';
import type { Message } from '../../protocol/message.js';
import { renderPreview } from '../../renderers/registry.js';
import type { RenderContext } from '../../renderers/renderer.js';
import { iconBack, iconClose } from '../../styles/icons.js';
import { iconDownload, iconNext, iconZoomIn, iconZoomOut } from '../../styles/media-icons.js';
import { ImElement } from '../base.js';
import { download, FileAddress } from '../bodies/file-address.js';
import { player } from '../bodies/player.js';
import { Gestures } from './gestures.js';
import { viewerStyles } from './viewer.styles.js';
import { moved, whole, zoomed, type View } from './zoom.js';

const zoomStep = 1.5;
/** What a double click enlarges to. */
const near = 2.5;

/**
 * Shows the pictures and films of a conversation one at a time, over everything: zoom by wheel, pinch, double click and the keys `+`,
 * `-` and `0`, arrow keys to the others, download. Opened by a click on a picture; closes itself.
 *
 * @element im-viewer
 * @summary Pictures and films, large.
 * @fires closed - It has closed. Does not bubble.
 * @csspart dialog - The dark ground over the page.
 * @csspart bar - Who sent it, when, and the buttons.
 * @csspart caption - What was written with it.
 */
export class ImViewer extends ImElement {
  static override styles: CSSResultGroup = [ImElement.styles, viewerStyles];

  @property({ attribute: false }) client: ChatClientApi | undefined;
  /** What is shown. */
  @property({ attribute: false }) message: Message | undefined;
  /** What one can go through; without it the loaded timeline of the message's conversation. */
  @property({ attribute: false }) messages: readonly Message[] | undefined;
  @property({ attribute: false }) nameOf: RenderContext['nameOf'] = (account) => account;

  @state() private view: View = whole;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('.stage') private stage!: HTMLElement;
  @query('.frame img') private picture!: HTMLImageElement | null;

  private readonly address = new FileAddress(this);
  private readonly poster = new FileAddress(this);
  private readonly gestures = new Gestures({
    zoom: (factor, point) => this.look(zoomed(this.view, factor, point)),
    pan: (dx, dy) => this.look(this.view, dx, dy),
    swipe: (dx) => this.turn(dx > 0 === (this.localize.dir === 'rtl') ? 1 : -1),
    enlarged: () => this.view.scale > 1,
  });
  private off: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.off = this.client?.on('timeline', ({ conversationId }) => {
      if (conversationId === this.message?.conversationId) this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.off?.();
  }

  /** Everything that can be shown, oldest first. */
  private get all(): readonly Message[] {
    const { message, client } = this;
    const messages = this.messages ?? (message && client?.timeline(message.conversationId).messages) ?? [];
    return messages.filter(({ type, file }) => file && (type === 'image' || type === 'video'));
  }

  private get index(): number {
    return this.all.findIndex(({ idClient }) => idClient === this.message?.idClient);
  }

  private get hasOlder(): boolean {
    const { message, client, messages } = this;
    return !messages && message !== undefined && client?.timeline(message.conversationId).hasOlder === true;
  }

  private get words(): ReturnType<typeof mediaTexts> {
    return mediaTexts(this.localize.tag);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('message')) this.view = whole;
    const { message, client } = this;
    if (message?.file?.thumbnail !== undefined) this.poster.want(client, message, 'thumbnail');
    this.address.want(client, message, 'file');
  }

  protected override firstUpdated(): void {
    // Not passive: the page behind must not scroll, nor the browser zoom.
    this.stage.addEventListener('wheel', this.gestures, { passive: false });
    this.dialog.showModal();
  }

  protected override updated(): void {
    const { scale, x, y } = this.view;
    for (const [name, value] of [
      ['scale', scale],
      ['x', x],
      ['y', y],
    ] as const)
      this.stage.style.setProperty(`--_view-${name}`, String(value));
  }

  protected override render(): TemplateResult {
    const { message, words, index } = this;
    const all = this.all;
    return html`<dialog
      part="dialog"
      aria-label=${words.viewer}
      @close=${this.onClose}
      @keydown=${this.onKey}
      @click=${this.onGround}
    >
      <div class="bar" part="bar">
        <div class="who">
          ${
            message
              ? html`<bdi>${message.flow === 'out' ? this.localize.t.self : this.nameOf(message.from)}</bdi>
                  <time>${this.localize.full(message.time)}</time>`
              : nothing
          }
        </div>
        <span class="count" role="status"
          >${index >= 0 && all.length > 1 ? words.of(String(index + 1), String(all.length)) : nothing}</span
        >
        ${this.button(iconZoomOut, words.zoomOut, () => this.zoom(1 / zoomStep), !this.picture || this.view.scale === 1)}
        ${this.button(iconZoomIn, words.zoomIn, () => this.zoom(zoomStep), message?.type !== 'image')}
        ${this.button(iconDownload, words.download, this.onDownload)} ${this.button(iconClose, words.close, this.close)}
      </div>
      <div
        class="stage ${this.view.scale > 1 ? 'enlarged' : ''}"
        @pointerdown=${this.gestures}
        @pointermove=${this.gestures}
        @pointerup=${this.gestures}
        @pointercancel=${this.gestures}
        @dblclick=${this.onDouble}
      >
        <div class="frame">${this.content()}</div>
        ${this.turnButton('back', index > 0 || this.hasOlder)}
        ${this.turnButton('forth', index >= 0 && index < all.length - 1)}
      </div>
      ${message?.content ? html`<div class="caption" part="caption" dir="auto" .textContent=${message.content}></div>` : nothing}
    </dialog>`;
  }

  private content(): unknown {
    const { message, address, poster, words } = this;
    if (!message) return nothing;
    if (address.failed)
      return html`<div class="state" role="status">
        ${words.notLoaded}<button type="button" @click=${address.retry}>${words.retry}</button>
      </div>`;
    const spoken = renderPreview(message, { t: this.localize.t, nameOf: this.nameOf });
    if (message.type === 'video')
      return address.url === undefined
        ? this.localize.t.loading
        : html`<video
            src=${address.url}
            poster=${poster.url ?? nothing}
            controls
            playsinline
            aria-label=${spoken}
            @play=${(event: Event) => player.film(event.currentTarget as HTMLVideoElement)}
            @pointerdown=${(event: Event) => event.stopPropagation()}
            @error=${() => address.broken()}
          ></video>`;
    // The small one until the large one is there.
    const url = address.url ?? poster.url;
    return url === undefined
      ? this.localize.t.loading
      : html`<img src=${url} alt=${spoken} draggable="false" @error=${() => address.broken()} />`;
  }

  private button(icon: unknown, label: string, act: () => void, disabled = false): TemplateResult {
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${label}
      title=${label}
      ?disabled=${disabled}
      @click=${act}
    >
      ${icon}
    </button>`;
  }

  private turnButton(way: 'back' | 'forth', there: boolean): unknown {
    if (!there) return nothing;
    const label = way === 'back' ? this.words.previous : this.words.next;
    return html`<button
      class="icon-button turn ${way}"
      type="button"
      aria-label=${label}
      title=${label}
      @pointerdown=${(event: Event) => event.stopPropagation()}
      @dblclick=${(event: Event) => event.stopPropagation()}
      @click=${() => this.turn(way === 'back' ? -1 : 1)}
    >
      ${way === 'back' ? iconBack : iconNext}
    </button>`;
  }

  /** To the one before or after; before the first one, older messages are asked for. */
  private turn(by: -1 | 1): void {
    const next = this.all[this.index + by];
    if (next) this.message = next;
    else if (by < 0 && this.hasOlder) void this.older();
  }

  private async older(): Promise<void> {
    const { client, message } = this;
    if (!client || !message) return;
    const size = (): number => client.timeline(message.conversationId).messages.length;
    // A page without pictures is no end.
    while (this.message === message && this.hasOlder && this.isConnected) {
      const before = size();
      await client.loadOlder(message.conversationId).catch(() => undefined);
      const next = this.message === message ? this.all[this.index - 1] : undefined;
      if (next) this.message = next;
      else if (size() === before) return;
    }
  }

  private zoom(factor: number): void {
    this.look(zoomed(this.view, factor, { x: 0, y: 0 }));
  }

  private look(view: View, dx = 0, dy = 0): void {
    const { picture, stage } = this;
    if (!picture) return;
    const size = { width: picture.offsetWidth, height: picture.offsetHeight };
    this.view = moved(view, dx, dy, size, { width: stage.clientWidth, height: stage.clientHeight });
  }

  private readonly close = (): void => this.dialog.close();

  private readonly onClose = (): void => {
    this.dispatchEvent(new Event('closed'));
  };

  private readonly onDownload = (): void => {
    if (this.message) download(this.client, this.message).catch(() => this.address.broken());
  };

  private readonly onDouble = (event: MouseEvent): void => {
    const { left, top, width, height } = this.stage.getBoundingClientRect();
    const point = { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
    this.look(this.view.scale > 1 ? whole : zoomed(whole, near, point));
  };

  /** A click beside the picture closes, as everywhere. */
  private readonly onGround = (event: MouseEvent): void => {
    const target = event.composedPath()[0] as Element;
    if (target.classList.contains('frame') && this.view.scale === 1) this.close();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    // What is behind has keys of its own.
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rtl = this.localize.dir === 'rtl';
    const onFilm = event.composedPath()[0] instanceof HTMLVideoElement;
    const acts = new Map<string, () => void>([
      ['+', () => this.zoom(zoomStep)],
      ['=', () => this.zoom(zoomStep)],
      ['-', () => this.zoom(1 / zoomStep)],
      ['0', () => this.look(whole)],
      ['Escape', this.close],
      ...(onFilm
        ? []
        : ([
            ['ArrowLeft', () => this.turn(rtl ? 1 : -1)],
            ['ArrowRight', () => this.turn(rtl ? -1 : 1)],
          ] as const)),
    ]);
    const act = acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'im-viewer': ImViewer;
  }
}
