import type { FileDraft } from '../../../client/api.js';
import { accepts } from './accept.js';
import { formatSize } from './format-size.js';
import type { Media } from './media/read-media.js';
import type { ComposerTools } from './tools.js';

/** As many as a screen of tiles shows, and a person means. */
const most = 20;

/** A file that goes out with the next message. */
export type Attachment = {
  readonly id: number;
  readonly file: File;
  readonly name: string;
  /** What the file turned out to be; absent while it is being looked at. */
  media?: Media;
  /** Whether it goes out as what it is, or as a file to download. */
  asFile: boolean;
  readonly read: Promise<unknown>;
};

/** What is attached in each conversation, in order, and how it goes out. Kept in memory only: a file cannot be a draft. */
export class Attachments {
  readonly #tools: ComposerTools;
  readonly #staged = new Map<string, readonly Attachment[]>();
  #last = 0;
  #reading: Promise<unknown> = Promise.resolve();
  #sending = false;

  constructor(tools: ComposerTools) {
    this.#tools = tools;
  }

  get list(): readonly Attachment[] {
    return this.#staged.get(this.#tools.host.current ?? '') ?? [];
  }

  get tools(): ComposerTools {
    return this.#tools;
  }

  /** Stages files. What cannot be sent is not staged, and the reasons are said before anything goes out. */
  add(files: readonly File[]): void {
    const { host } = this.#tools;
    const { current } = host;
    if (current === undefined || host.locked || files.length === 0) return;
    const list = [...this.list];
    const reasons: string[] = [];
    for (const file of files) {
      const reason = list.length >= most ? this.#tools.t.tooMany(most) : this.#whyNot(file);
      if (reason === undefined) list.push(this.#stage(file));
      else if (!reasons.includes(reason)) reasons.push(reason);
    }
    host.error = reasons.length > 0 ? reasons.join(' ') : undefined;
    this.#put(current, list);
  }

  remove(attachment: Attachment): void {
    this.#put(
      this.#tools.host.current!,
      this.list.filter((each) => each !== attachment),
    );
  }

  toggle(attachment: Attachment): void {
    attachment.asFile = !attachment.asFile;
    this.#tools.host.requestUpdate();
  }

  /** Sends all, one after the other; what cannot be sent stays, with what comes after it. Whether all went. */
  async send(): Promise<boolean> {
    if (this.#sending) return false;
    this.#sending = true;
    try {
      const id = this.#tools.host.current!;
      for (const attachment of this.list) {
        await attachment.read;
        // Somebody removed it, or went to another conversation, while it was being looked at.
        if (this.#tools.host.current !== id) return false;
        if (this.list.includes(attachment) && !(await this.#sendOne(id, attachment))) return false;
      }
      return true;
    } finally {
      this.#sending = false;
    }
  }

  async #sendOne(id: string, attachment: Attachment): Promise<boolean> {
    const { host, reply } = this.#tools;
    const { thumbnail, ...body } = draftOf(attachment);
    const quote = reply.take();
    const message = host.ask({ ...body, ...quote.draft });
    if (message)
      try {
        await host.client!.sendFile(id, attachment.file, message as FileDraft, thumbnail);
        this.#put(
          id,
          (this.#staged.get(id) ?? []).filter((each) => each !== attachment),
        );
        return true;
      } catch (error) {
        this.#tools.fail(error);
      }
    quote.putBack();
    return false;
  }

  #whyNot(file: File): string | undefined {
    const { t, host } = this.#tools;
    if (!host.client?.sendFile) return t.noFiles;
    const limits = [host.maxFileSize, host.client.features?.maxFileBytes];
    const limit = Math.min(...limits.map((each) => (each !== undefined && each > 0 ? each : Infinity)));
    if (!accepts(host.accept, file)) return t.notAccepted(file.name);
    if (file.size === 0) return t.emptyFile(file.name);
    return file.size > limit ? t.tooBig(file.name, formatSize(host.words.tag, limit)) : undefined;
  }

  #stage(file: File): Attachment {
    // One at a time: a decoded picture takes a hundred times the memory of its file.
    const media = this.#reading.then(async () => (await import('./media/read-media.js')).readMedia(file));
    const read = media.then(
      (media) => {
        attachment.media = media;
        attachment.asFile = media.type === 'file';
        this.#tools.host.requestUpdate();
      },
      () => (attachment.asFile = true),
    );
    this.#reading = read;
    const attachment: Attachment = { id: ++this.#last, file, name: file.name || 'file', asFile: false, read };
    return attachment;
  }

  #put(id: string, list: readonly Attachment[]): void {
    if (list.length > 0) this.#staged.set(id, list);
    else this.#staged.delete(id);
    this.#tools.host.requestUpdate();
  }
}

/** How a file goes out. */
function draftOf({ media, asFile, name }: Attachment): FileDraft & { readonly thumbnail?: Blob } {
  if (!media || asFile) return { type: 'file', name };
  const { preview: _, ...rest } = media;
  return { ...rest, name };
}
