import type { ChatClientApi } from '../../client/api.js';
import type { Message } from '../../protocol/message.js';
import type { Act } from './acts.js';
import { copyPicture, copyText, transcript } from './clipboard.js';
import { remember } from './remembered.js';
import type { Scene } from './scene.js';
import type { Selection } from './selection.js';
import type { Stage } from './stage.js';

/** How long a message that one was led to stays marked, in ms. */
const foundMs = 1_800;

/** Does what was chosen, with the client and in the window, and tells how it ended. */
export class Performer implements Stage {
  readonly #scene: Scene;
  readonly #selection: Selection;

  constructor(scene: Scene, selection: Selection) {
    this.#scene = scene;
    this.#selection = selection;
  }

  /** There is one whenever something can be done. */
  get client(): ChatClientApi {
    return this.#scene.client!;
  }

  run(act: Act, messages: readonly Message[]): void {
    if (this.#scene.client) void this.#attempt(async () => act.run(messages, this));
  }

  reply(message: Message): void {
    this.#write({ quote: message, editing: undefined });
  }

  edit(message: Message): void {
    this.#write({ quote: undefined, editing: message });
  }

  editAgain(text: string): void {
    const { composer } = this.#scene;
    if (!composer) return;
    composer.value = composer.value ? `${composer.value}\n${text}` : text;
    composer.focus();
  }

  select(message: Message): void {
    this.#selection.begin(message);
  }

  async copy(messages: readonly Message[]): Promise<void> {
    const { t, list, full, words, window } = this.#scene;
    const text = transcript(messages, { t, nameOf: list.nameOf, full });
    await this.#copied(copyText(text, window.renderRoot), words.copied);
  }

  async copyPicture(message: Message): Promise<void> {
    await this.#copied(this.client.fileUrl(message).then(copyPicture), this.#scene.words.copied);
  }

  async pin(message: Message, on: boolean): Promise<void> {
    const { words } = this.#scene;
    await this.#attempt(() => this.client.pin(message, on), on ? words.pinnedNow : words.unpinnedNow);
  }

  async react(message: Message, emoji: string, on: boolean): Promise<void> {
    const { words } = this.#scene;
    if (!this.#scene.client) return;
    if (await this.#attempt(() => this.client.react(message, emoji, on)))
      this.#scene.list.announce(on ? words.reacted(emoji) : words.unreacted(emoji));
  }

  async recall(messages: readonly Message[]): Promise<void> {
    const { words, window } = this.#scene;
    for (const message of messages) {
      remember(message, window.now());
      await this.client.recall(message);
    }
    this.#selection.end(true);
    this.#scene.list.announce(words.recalled);
  }

  async deleteForMe(messages: readonly Message[]): Promise<void> {
    const { words, list } = this.#scene;
    const { confirm } = await import('../message-dialogs/open.js');
    const sure = await confirm(this.#scene, {
      title: words.deleteTitle(messages.length),
      text: words.deleteText,
      yes: words.deleteConfirm,
    });
    if (!sure) return;
    await this.client.deleteForMe(list.conversation!, messages);
    this.#done(words.deleted(messages.length));
  }

  async forward(messages: readonly Message[]): Promise<void> {
    const { words, list } = this.#scene;
    const { forward } = await import('../message-dialogs/open.js');
    const chat = this.client.conversation(list.conversation!)?.name ?? '';
    const title = words.mergedTitle(chat);
    const targets = await forward(this.#scene, messages, async ({ to, how, comment }) => {
      await this.client.forward(messages, to, how, ...(how === 'merged' ? [title] : []));
      if (comment !== '') for (const id of to) await this.client.send(id, { type: 'text', content: comment });
    });
    if (targets !== undefined) this.#done(words.forwarded(targets));
  }

  async report(message: Message): Promise<void> {
    const { report } = await import('../message-dialogs/open.js');
    if (await report(this.#scene, (reason) => this.client.report(message, reason)))
      this.#scene.tell(this.#scene.words.reported);
  }

  async details(message: Message): Promise<void> {
    const { details } = await import('../message-dialogs/open.js');
    await details(this.#scene, message);
  }

  /** Leads to the message at `seq`; `from` is where one was. */
  async goTo(seq: number, from?: number): Promise<void> {
    const { list, words } = this.#scene;
    await this.#attempt(async () => {
      const found = await list.bring(seq);
      if (!found) return this.#scene.tell(words.notThere);
      if (from !== undefined) list.cameFrom = from;
      const row = found.parentElement!;
      row.dataset['found'] = '';
      setTimeout(() => delete row.dataset['found'], foundMs);
    });
  }

  #write(to: { readonly quote: Message | undefined; readonly editing: Message | undefined }): void {
    const { composer } = this.#scene;
    if (!composer) return;
    Object.assign(composer, to);
    composer.focus();
  }

  #done(text: string): void {
    this.#selection.end(true);
    this.#scene.tell(text);
  }

  async #copied(copying: Promise<void>, said: string): Promise<void> {
    await copying.then(
      () => this.#done(said),
      () => this.#scene.tell(this.#scene.words.notCopied),
    );
  }

  async #attempt(what: () => void | Promise<void>, said?: string): Promise<boolean> {
    try {
      await what();
      if (said !== undefined) this.#scene.tell(said);
      return true;
    } catch (error) {
      this.#scene.tell(this.#scene.describe(error));
      return false;
    }
  }
}
