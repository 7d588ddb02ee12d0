import { errorCodes } from '../../protocol/codes.js';
import type { ClientFrameOf } from '../../protocol/frames.js';
import { fileIdOf } from '../../protocol/ids.js';
import type { FileInfo, Merged } from '../../protocol/model.js';
import { cleanName } from '../files/names.js';
import type { FileRow, Storage } from '../storage/storage.js';
import { ChatError } from './chat-error.js';
import type { Conversations } from './conversations.js';

/** What a message's type asks of its file's bytes; `file` takes any. */
const words: ReadonlyMap<string, string> = new Map([
  ['image', 'a picture that a page can show: jpeg, png, gif, webp or avif, of at most 50 megapixels'],
  ['audio', 'sound that a page can play: mp3, m4a, aac, ogg, wav or webm'],
  ['video', 'a film that a page can play: mp4 or webm'],
]);

/** Files in messages: which may be there, and what is said of them. */
export class Attachments {
  readonly #storage: Storage;
  readonly #conversations: Conversations;

  constructor(storage: Storage, conversations: Conversations) {
    this.#storage = storage;
    this.#conversations = conversations;
  }

  /**
   * The file of a message that is about to be stored, as the server found it to be. From here on the conversation has it: asked before the
   * message is stored, so that no message is ever without its file; one that is refused after this leaves a file that is kept in vain.
   * @throws {ChatError} 404 for what is not there, not whole, or somebody else's; 415 for what is of another kind
   */
  async resolve(from: string, conversation: number, { type, file }: ClientFrameOf<'send'>): Promise<FileInfo> {
    const { url, thumbnail } = file!;
    const id = fileIdOf(url);
    const thumbnailId = thumbnail === undefined ? undefined : fileIdOf(thumbnail);
    if (id === undefined || (thumbnail !== undefined && thumbnailId === undefined)) throw missing();
    const ids = thumbnailId === undefined ? [id] : [id, thumbnailId];
    const rows = await this.#storage.useFiles(from, conversation, ids);
    const found = rows?.find((row) => row.id === id);
    if (!rows || !found) throw missing();
    const needed = words.get(type);
    if (needed !== undefined && found.kind !== type)
      throw new ChatError(
        errorCodes.wrongKind,
        `a message of type ${type} needs ${needed}; anything can be sent as file`,
      );
    if (rows.some((row) => row.id === thumbnailId && row.kind !== 'image'))
      throw new ChatError(errorCodes.wrongKind, 'a thumbnail is a picture');
    return describe(file!, found);
  }

  /** The conversation gets the files of a merged forward as well. @throws {ChatError} 404 for one that is gone, or never was the account's to see */
  async share(from: string, conversation: number, { messages }: Merged): Promise<void> {
    const ids = messages.flatMap(({ file }) =>
      [file?.url, file?.thumbnail].flatMap((url) => (url && fileIdOf(url)) ?? []),
    );
    if (ids.length > 0 && !(await this.#storage.useFiles(from, conversation, [...new Set(ids)]))) throw missing();
  }

  /** Of the named files those that `account` may read. @throws {ChatError} 404 for a conversation that it has no part in */
  async readable(account: string, cid: string, ids: readonly string[]): Promise<string[]> {
    const conversation = await this.#conversations.find(account, cid);
    return this.#storage.readableFiles(account, conversation?.id, ids);
  }
}

/** What only the sender knows, and what the bytes say. */
function describe(told: FileInfo, { kind, size, mime, ext, w, h }: FileRow): FileInfo {
  const { w: _w, h: _h, ...rest } = told;
  // A film's own may lie on its side; its sender has seen it.
  const measured = kind === 'image' ? { w, h } : { w: told.w ?? w, h: told.h ?? h };
  const sides = measured.w !== undefined && measured.h !== undefined && { w: measured.w, h: measured.h };
  return { ...rest, name: cleanName(told.name), size, mime, ext, ...(kind !== 'audio' && sides) };
}

function missing(): ChatError {
  return new ChatError(
    errorCodes.notFound,
    'the file is not there, or not all of it: it is uploaded before its message is sent',
  );
}
