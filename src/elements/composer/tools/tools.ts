import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { composerTexts } from '../../../i18n/composer/load.js';
import type { ComposerTexts } from '../../../i18n/composer/en.js';
import { describeError } from '../../../i18n/errors.js';
import type { ImComposer } from '../composer.js';
import { sendable } from '../sendable.js';
import { AttachMenu } from './attach-menu.js';
import { Attachments } from './attachments.js';
import { Barrier } from './barrier.js';
import { iconSave } from './icons.js';
import { Mentions } from './mentions.js';
import { Popup } from './popup.js';
import { Reply } from './reply.js';
import { toolsStyles } from './tools.styles.js';
import { trayTemplate } from './tray.js';

/** The buttons of the composer, and what the menu leads to. */
export type ToolName = 'attach' | 'emoji' | 'record';
/** What floats above the field. */
export type PanelName = 'attach' | 'emoji' | 'location';

/** What a part draws into the popup. */
export interface Panel {
  render(t: ComposerTexts): TemplateResult | typeof nothing;
  /** Drawn and open for the first time. */
  opened?(popup: HTMLElement): void;
  /** Its name for screen readers; without one it is not a dialog. */
  label?(t: ComposerTexts): string;
}

/**
 * Everything of the composer that the first paint does not need. Draws what stands above the field, in its place and in the popup, and
 * sees keys and input before the composer does.
 */
export class ComposerTools implements ReactiveController {
  readonly host: ImComposer;
  readonly reply: Reply;
  readonly mentions: Mentions;
  readonly attachments: Attachments;
  readonly barrier: Barrier;
  readonly panel: Popup;
  readonly #menu: AttachMenu;
  #recorder: (() => TemplateResult) | undefined;

  constructor(host: ImComposer) {
    this.host = host;
    const sheet = toolsStyles.styleSheet;
    const root = host.shadowRoot!;
    if (sheet && !root.adoptedStyleSheets.includes(sheet))
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.panel = new Popup(host);
    this.reply = new Reply(this);
    this.mentions = new Mentions(this);
    this.attachments = new Attachments(this);
    this.barrier = new Barrier(this);
    this.#menu = new AttachMenu(this);
    host.addController(this);
    this.enter();
  }

  /** The texts in the composer's language. */
  get t(): ComposerTexts {
    return composerTexts(this.host.words.tag, () => this.host.requestUpdate());
  }

  /** What stands in the empty field; the composer's own words without it. */
  get label(): string | undefined {
    if (this.host.editing) return this.t.editing;
    return this.attachments.list.length > 0 ? this.t.caption : undefined;
  }

  /** What the send button does, where it is not to send. */
  get sendLabel(): string | undefined {
    return this.host.editing && this.t.saveEdit;
  }

  /** Whether there is something to send. */
  get ready(): boolean {
    return sendable(this.host.text) !== '' || (!this.host.editing && this.attachments.list.length > 0);
  }

  /** Whether it must wait. */
  get waits(): boolean {
    return this.barrier.secondsLeft > 0 && !this.host.editing;
  }

  /** Whether something else stands where the field is. */
  get takesOver(): boolean {
    return this.#recorder !== undefined;
  }

  /** Sends what is written and attached, saves what is edited. */
  async sendWritten(): Promise<boolean> {
    const { host } = this;
    if (host.locked || this.waits || this.takesOver) return false;
    if (host.editing) return this.reply.save();
    this.mentions.close();
    if (this.attachments.list.length > 0 && !(await this.attachments.send())) return false;
    const quote = this.reply.take();
    const sent = await host.sendWritten({ ...quote.draft, ...this.mentions.draft() });
    if (!sent) quote.putBack();
    return sent;
  }

  /** Shows or hides what a button stands for. */
  toggle(name: ToolName): void {
    if (name === 'record') return void this.#record();
    if (this.panel.name === name) return this.panel.close();
    if (name === 'attach') this.panel.open(name, this.#menu);
    else this.#load(name, async () => new (await import('./emoji/emoji-panel.js')).EmojiPanel(this));
  }

  /** Asks for a place. */
  askPlace(): void {
    this.#load('location', async () => new (await import('./location/location-panel.js')).LocationPanel(this));
  }

  /** Attaches files; what cannot be sent is said. */
  attach(files: readonly File[]): void {
    this.attachments.add(files);
    this.host.focus();
  }

  /** Opens the system's dialog for more files. */
  pick(): void {
    this.#menu.pick();
  }

  /** Puts a text where the cursor is. */
  insert(text: string): void {
    const { host } = this;
    const area = host.shadowRoot!.querySelector('textarea')!;
    const from = area.selectionStart;
    this.write(host.text.slice(0, from) + text + host.text.slice(area.selectionEnd), from + text.length);
  }

  /** Writes the field's text, with the cursor at a place in it. */
  write(text: string, cursor: number): void {
    const { host } = this;
    host.write(text);
    const area = host.shadowRoot!.querySelector('textarea')!;
    area.value = text;
    area.setSelectionRange(cursor, cursor);
    if (host.current !== undefined) host.client?.setTyping(host.current, text !== '');
  }

  fail(error?: unknown): void {
    const { code } = (error ?? {}) as { readonly code?: unknown };
    this.host.error = describeError(this.host.words.t, typeof code === 'number' ? code : undefined);
  }

  // What the composer calls.

  /** Before it draws. */
  follow(): void {
    this.reply.follow();
    this.barrier.follow();
  }

  updated(): void {
    this.panel.updated();
    this.reply.updated();
    this.mentions.updated();
  }

  leave(): void {
    this.panel.close();
    this.mentions.close();
    this.#recorder = undefined;
    this.reply.leave();
  }

  enter(): void {
    this.reply.enter();
  }

  hostDisconnected(): void {
    this.panel.close();
    this.barrier.stop();
    this.#recorder = undefined;
  }

  onInput(): void {
    this.mentions.look();
  }

  /** Whether the key was for a tool. `enter`: it is an Enter that ends no composition. */
  onKeyDown(event: KeyboardEvent, enter: boolean): boolean {
    if (event.isComposing || event.keyCode === 229) return false;
    return this.mentions.onKeyDown(event, enter) || this.panel.onKeyDown(event) || this.reply.onKeyDown(event);
  }

  above(): TemplateResult {
    const { t, host } = this;
    return html`
      ${this.barrier.render(t)} ${this.#recorder?.()}
      ${host.locked ? nothing : html`${this.reply.render(t)}${trayTemplate(this.attachments, t)}`}
      ${this.#menu.inputs()}
    `;
  }

  sendFace(): TemplateResult | undefined {
    if (this.host.editing) return iconSave;
    return this.waits ? html`<span class="wait" data-left=${this.barrier.secondsLeft}></span>` : undefined;
  }

  popup(): TemplateResult {
    return html`${this.panel.render(this.t)}${this.mentions.render(this.t)}`;
  }

  /** Ends the recording, which draws nothing any more. */
  endRecording(): void {
    this.#recorder = undefined;
    this.host.requestUpdate();
  }

  async #record(): Promise<void> {
    const { current } = this.host;
    this.panel.close();
    try {
      const { recorderTemplate } = await import('./voice/recorder-panel.js');
      if (this.host.current !== current || this.host.locked) return;
      this.#recorder = () => recorderTemplate(this);
      this.host.requestUpdate();
    } catch (error) {
      this.fail(error);
    }
  }

  #load(name: PanelName, make: () => Promise<Panel>): void {
    this.panel.close();
    const { current } = this.host;
    make().then(
      (panel) => this.host.current === current && !this.host.locked && this.panel.open(name, panel),
      (error: unknown) => this.fail(error),
    );
  }
}
