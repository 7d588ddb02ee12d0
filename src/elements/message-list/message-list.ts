import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Conversation, Timeline } from '../../client/api.js';
import type { Message } from '../../protocol/message.js';
import { describeError } from '../../i18n/errors.js';
import { previewText } from '../../renderers/preview.js';
import { ImElement } from '../base.js';
import { ClientController } from '../controllers/client-controller.js';
import { MidnightController } from '../controllers/midnight-controller.js';
import type { ImMessage } from '../message/message.js';
import { messageStyles } from '../message/message.styles.js';
import { AlbumLoader } from './album-loader.js';
import { Announcer } from './announcer.js';
import { drawDay, type Drawn } from './draw-rows.js';
import { headOf, jumpButton } from './furniture.js';
import { walked, walkOf, type Walk } from './list-keys.js';
import { messageListStyles } from './message-list.styles.js';
import { Names, type NameOf } from './names.js';
import { PageLoader } from './page-loader.js';
import { Places } from './places.js';
import { Reading } from './reading.js';
import { RendererWatch } from './renderer-watch.js';
import { daysOf } from './rows.js';
import { ScrollingMark } from './scrolling-mark.js';
import { Viewport, type Stage } from './viewport.js';

/** Room that the day's heading takes at the top, and a margin at the bottom, in pixels. */
const headingRoom = 48;
const margin = 12;
const nothingYet: Timeline = { messages: [], hasOlder: false, hasNewer: false, loading: 'none' };

/**
 * The messages of one conversation, of which only those near the viewport are in the DOM. Part of `<im-chat-window>`; see README.md.
 *
 * @element im-message-list
 * @summary The messages of one conversation.
 * @fires seen - The newest message came into view, or another newest one did. Does not bubble.
 * @csspart scroller - What scrolls.
 * @csspart day - A day's heading.
 * @csspart new - The line above the first new message.
 * @csspart jump - The button that leads to the newest message.
 * @csspart message-bubble - The ground of a message.
 * @csspart message-body - What a message's renderer has drawn.
 */
export class ImMessageList extends ImElement {
  static override styles = [ImElement.styles, messageStyles, messageListStyles];
  static {
    // A render is measured, and what it lacks is rendered next: that is the design here, not a mistake.
    this.disableWarning?.('change-in-update');
  }

  /** Which conversation is shown. */
  @property() conversation: string | undefined;

  /** Whether texts may use a little Markdown. */
  @property({ type: Boolean }) markdown = false;
  /** The conversation is still being looked for. */
  @property({ attribute: false }) opening = false;
  /** The time, in ms since 1970. */
  @property({ attribute: false }) now: () => number = Date.now;

  /** `idClient`s of those that are chosen, while several are being chosen. */
  @property({ attribute: false }) picked: ReadonlySet<string> | undefined;
  /** `seq` of where one was before following a quote: the button at the end leads there first. */
  @property({ attribute: false }) cameFrom: number | undefined;

  /** `idClient` of the message that the keyboard is at. */
  @state() private active: string | undefined;
  @query('.scroller') private scroller!: HTMLElement;

  private readonly link = new ClientController(
    this,
    {
      timeline: ({ conversationId }) => this.soon(conversationId),
      conversations: () => this.soon(this.shown),
      message: ({ message }) => this.hear(message),
      'send-fail': ({ message, error }) => this.hearFailure(message, error.code),
      connection: () => this.loader.retry('older', 'newer'),
      group: ({ conversationId }) => conversationId === this.shown && (this.names.renew(), true),
    },
    (client) => {
      this.open(undefined);
      if (client) this.places.belongTo(client.account);
    },
  );
  private readonly albums = new AlbumLoader(() => this.requestUpdate());
  private readonly view = new Viewport(
    () => this.stage,
    () => this.requestUpdate(),
    () => this.moved(),
    this.albums.whole,
  );
  protected readonly midnight = new MidnightController(this);
  private readonly loader = new PageLoader();
  private readonly announcer = new Announcer();
  private readonly places = new Places();
  private readonly names = new Names();
  private readonly reading = new Reading();
  private readonly scrolling = new ScrollingMark();
  private readonly renderers = new RendererWatch(this);
  private stage: Stage | undefined;
  private shown: string | undefined;
  private timeline = nothingYet;
  private newestInView: string | undefined;
  private jump = { away: false, unseen: 0 };
  private frame: number | undefined;
  /** Whether something has changed since the frame's first drawing. */
  private stale = false;
  /** Index of the first new message; −1 where there is none. */
  private newAt = -1;
  private rising: string | undefined;
  /** `seq` of a message to be shown. */
  private aim: number | undefined;
  /** The one that was, for a moment. */
  private found: string | undefined;
  private leaps = false;
  private announced = { turn: 0, text: '' };
  private hadFocus = false;

  /** Whether the newest message is in view. */
  get atNewest(): boolean {
    return this.newestInView !== undefined;
  }

  /** Scrolls to the newest message. */
  toEnd(): void {
    this.view.toEnd();
  }

  /** Shows the message at this place of the log, or the next one, once it is loaded. */
  showAt(seq: number): void {
    this.aim = seq;
    this.requestUpdate();
  }

  /** @internal Tells a screen reader. */
  announce(text: string): void {
    this.announcer.add(text);
    this.requestUpdate();
  }

  /** @internal Brings the message at a place of the log into view; `undefined` when there is none. */
  async bring(seq: number): Promise<ImMessage | undefined> {
    if (!this.timeline.messages.some((message) => message.seq === seq))
      await this.link.client?.openAt(this.shown!, seq);
    this.showAt(seq);
    while (!(await this.updateComplete));
    return this.find(({ message }) => message?.seq === seq);
  }

  private find(fits: (message: ImMessage) => boolean): ImMessage | undefined {
    return [...this.scroller.querySelectorAll<ImMessage>('im-message')].find(fits);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
    this.view.disconnect();
    this.scrolling.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { client } = this.link;
    const id = client ? this.conversation : undefined;
    if (id !== this.shown) this.open(id);
    const before = this.timeline.messages.at(-1)?.idClient;
    this.timeline = (id !== undefined && client?.timeline(id)) || nothingYet;
    const { messages, hasNewer } = this.timeline;
    // An empty conversation has begun too: what comes is seen as it comes.
    if (!this.reading.begun && (messages.length > 0 || this.inModel?.lastSeq === 0)) this.begin(messages);
    if (this.aim !== undefined && messages.length > 0) this.toAim(this.aim, messages);
    const last = messages.at(-1);
    if (last?.status === 'sending' && last.idClient !== before && before !== undefined) {
      if (this.view.follows) this.rising = last.idClient;
      else this.leaps = true;
    }
    this.newAt = this.reading.firstNew(messages, this.timeline.hasOlder);
    this.albums.use(messages, this.newAt);
    this.view.update(messages, hasNewer);
    this.announced = this.announcer.take(this.localize.t.arrived);
    this.hadFocus = this.shadowRoot!.activeElement?.localName === 'im-message';
  }

  protected override firstUpdated(): void {
    const { scroller } = this;
    const part = (name: string) => scroller.querySelector<HTMLElement>(name)!;
    this.stage = { scroller, head: part('.head'), above: part('.above'), below: part('.below') };
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    for (const message of this.scroller.querySelectorAll<ImMessage>('im-message')) message.draw();
    this.albums.albums?.dress(this.shadowRoot!);
    this.view.layout();
    // Whoever writes wants to see what was written, wherever they were reading.
    if (this.leaps) this.toNewest();
    this.leaps = false;
    // The message that had the keyboard is no longer in the DOM; the list keeps it, and its place.
    if (this.hadFocus && !this.shadowRoot!.activeElement) this.scroller.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { t } = this.localize;
    const { start, end } = this.view.range;
    const days = this.albums.fold(daysOf(this.timeline.messages, start, end, this.newAt), start);
    const active = this.view.indexOf(this.active);
    const inDom = active >= start && active < end;
    const { turn, text } = this.announced;
    return html`
      <div
        class="scroller"
        part="scroller"
        role="log"
        aria-live="off"
        aria-label=${t.messages}
        tabindex=${inDom ? -1 : 0}
        @scroll=${this.onScroll}
        @keydown=${this.onKey}
      >
        <div class="head">${headOf(this.timeline, this.opening, t)}</div>
        <div class="above"></div>
        ${repeat(
          days,
          ({ key }) => key,
          (day) => drawDay(day, this.drawn),
        )}
        <div class="below"></div>
      </div>
      ${this.jump.away ? jumpButton(this.jump.unseen, t, this.onJump) : nothing}
      <div class="visually-hidden" role="status" aria-live="polite">${keyed(turn, html`<p>${text}</p>`)}</div>
    `;
  }

  /** The conversation as the client has it. */
  private get inModel(): Conversation | undefined {
    return this.shown === undefined ? undefined : this.link.client?.conversation(this.shown);
  }

  /** @internal */
  get nameOf(): NameOf {
    return this.names.of(this.link.client, this.inModel);
  }

  /** What each row is drawn with. */
  private get drawn(): Drawn {
    const { active, rising, found, picked, nameOf, markdown, localize, now } = this;
    const { albums, drawing } = { albums: this.albums.albums, drawing: this.renderers.drawing };
    const marked = { active, rising, found, picked };
    return { ...marked, albums, drawing, conversation: this.inModel, nameOf, markdown, localize, now };
  }

  /** Another conversation, or none. */
  private open(id: string | undefined): void {
    if (this.shown !== undefined) this.places.keep(this.shown, this.view.place());
    this.shown = id;
    this.timeline = nothingYet;
    this.reading.reset();
    this.active = this.newestInView = this.rising = this.found = this.cameFrom = this.aim = undefined;
    this.jump = { away: false, unseen: 0 };
    this.announcer.clear();
    this.loader.retry('older', 'newer');
    this.view.begin('end');
  }

  /** Where the reader begins: where they were, at the first unread message, or at the end. */
  private begin(messages: readonly Message[]): void {
    const { hasOlder, hasNewer, loading } = this.timeline;
    this.reading.begin(messages, this.inModel, hasNewer || loading !== 'none');
    if (!this.reading.begun) return;
    const newAt = this.reading.firstNew(messages, hasOlder);
    const place = this.places.take(this.shown!);
    if (place && messages.some(({ idClient }) => idClient === place.key)) this.view.begin(place);
    else if (newAt >= 0) this.view.begin({ key: messages[newAt]!.idClient, y: headingRoom });
  }

  private toAim(seq: number, messages: readonly Message[]): void {
    const message = messages.find((each) => each.seq! >= seq) ?? messages.at(-1)!;
    this.aim = undefined;
    this.found = this.active = message.idClient;
    this.view.begin({ key: message.idClient, y: Math.max(headingRoom, this.view.model.height / 3) });
  }

  /** The view stands elsewhere, or other messages stand in it. */
  private moved(): void {
    const { messages, hasNewer, loading } = this.timeline;
    const { model } = this.view;
    const lastInView = model.lastInView();
    this.reading.see(messages[lastInView]);
    const newest = !hasNewer && lastInView === messages.length - 1 ? messages.at(-1)?.idClient : undefined;
    if (newest !== this.newestInView) {
      this.newestInView = newest;
      if (newest !== undefined) this.dispatchEvent(new Event('seen'));
    }
    const away = hasNewer || model.maxTop - model.top > Math.max(80, model.height / 4);
    const unseen = away ? Math.max(this.reading.unseen(messages), hasNewer ? (this.inModel?.unread ?? 0) : 0) : 0;
    if (away !== this.jump.away || unseen !== this.jump.unseen) {
      this.jump = { away, unseen };
      this.requestUpdate();
    }
    const { client } = this.link;
    const id = this.shown;
    if (!client || id === undefined || loading !== 'none' || messages.length === 0) return;
    this.loader.keepAhead(client, id, model);
  }

  /** Draws anew: at once for the first reason in a frame, with the next frame for all the others. */
  private soon(conversation: string | undefined): false {
    if (conversation === undefined || conversation !== this.shown) return false;
    this.stale = this.frame !== undefined;
    if (this.stale) return false;
    this.requestUpdate();
    this.frame = requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.stale) this.requestUpdate();
    });
    return false;
  }

  private hear(message: Message): false {
    if (message.conversationId !== this.shown) return false;
    const { nameOf } = this;
    this.announcer.add(`${nameOf(message.from)}: ${previewText(message, this.localize.t, nameOf)}`);
    return this.soon(this.shown);
  }

  private hearFailure(message: Message, code: number): false {
    if (message.conversationId === this.shown)
      this.announcer.add(`${this.localize.t.failed}: ${describeError(this.localize.t, code)}`);
    return this.soon(this.shown);
  }

  private readonly onScroll = (): void => {
    this.view.onScroll();
    this.scrolling.scrolled(this.scroller, !this.view.follows);
  };

  private readonly onJump = (): void => {
    const { cameFrom } = this;
    this.cameFrom = undefined;
    this.scroller.focus({ preventScroll: true });
    if (cameFrom === undefined) this.toNewest();
    else this.bring(cameFrom).catch(() => this.toNewest());
  };

  private toNewest(): void {
    const { client } = this.link;
    if (!client || !this.timeline.hasNewer) return this.view.toEnd();
    // The end is not loaded: leaping there is quicker than reading up to it.
    const atEnd = (): void => {
      this.view.begin('end');
      this.requestUpdate();
    };
    client.openTimeline(this.shown!).then(atEnd, () => undefined);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const walk = walkOf(event);
    const { messages } = this.timeline;
    if (!walk || messages.length === 0) return;
    event.preventDefault();
    this.walk(walk, messages).catch((error: unknown) => reportError(error));
  };

  /** Moves the keyboard to another message, and has it in view. */
  private async walk(walk: Walk, messages: readonly Message[]): Promise<void> {
    const { view } = this;
    const index = walked(walk, view, this.active, messages.length);
    this.active = messages[index]!.idClient;
    view.reveal(index, headingRoom, margin);
    while (!(await this.updateComplete));
    this.find(({ active }) => active)?.focus({ preventScroll: true });
  }
}
