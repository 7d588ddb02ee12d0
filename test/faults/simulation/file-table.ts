import type { FileBounds, FileRow, FoundFile, NewFile } from '../../../src/server/storage/storage.js';

type Stored = FileRow & { doneTime: number };

/** The tables of files in memory, for `Tables`. */
export class FileTable {
  readonly #files = new Map<string, Stored>();
  readonly #uses = new Map<string, Set<number>>();
  readonly #secrets = new Map<string, string>();
  readonly #isMember: (account: string, conversation: number) => boolean;

  constructor(isMember: (account: string, conversation: number) => boolean) {
    this.#isMember = isMember;
  }

  beginFile({ id, owner, name, size, time }: NewFile, within: FileBounds): 'ok' | 'unfinished' | 'bytes' {
    const own = [...this.#files.values()].filter((file) => file.owner === owner);
    if (own.filter(({ state }) => state === 'uploading').length >= within.unfinished) return 'unfinished';
    const recent = own.filter(({ createTime }) => createTime > within.since);
    if (recent.reduce((sum, file) => sum + file.size, size) > within.bytes) return 'bytes';
    const empty = { kind: '', mime: '', ext: '' } as const;
    this.#files.set(id, { id, owner, name, size, state: 'uploading', ...empty, createTime: time, doneTime: 0 });
    return 'ok';
  }

  file(id: string): FileRow | undefined {
    const file = this.#files.get(id);
    return file && rowOf(file);
  }

  finishFile(id: string, found: FoundFile, time: number): void {
    const file = this.#files.get(id);
    if (file?.state === 'uploading') Object.assign(file, { ...found, state: 'ready', doneTime: time });
  }

  useFiles(account: string, conversation: number, ids: readonly string[]): FileRow[] | undefined {
    const rows = [...new Set(ids)].sort().map((id) => this.#files.get(id));
    const may = (file: Stored | undefined): file is Stored =>
      file?.state === 'ready' &&
      (file.owner === account || [...this.#usesOf(file.id)].some((used) => this.#isMember(account, used)));
    if (!rows.every(may)) return undefined;
    for (const { id } of rows) this.#uses.set(id, this.#usesOf(id).add(conversation));
    return rows.map(rowOf);
  }

  readableFiles(account: string, conversation: number | undefined, ids: readonly string[]): string[] {
    const isMember = conversation !== undefined && this.#isMember(account, conversation);
    return [...new Set(ids)].filter((id) => {
      const file = this.#files.get(id);
      return file?.state === 'ready' && (file.owner === account || (isMember && this.#usesOf(id).has(conversation)));
    });
  }

  dropFile(id: string, owner: string): boolean {
    const file = this.#files.get(id);
    if (file?.owner !== owner || this.#usesOf(id).size > 0) return false;
    file.state = 'dropped';
    return true;
  }

  dropOrphans(before: number, limit: number): string[] {
    const orphans = [...this.#files.values()].filter(
      ({ id, state, createTime, doneTime }) =>
        state === 'dropped' || (createTime < before && doneTime < before && this.#usesOf(id).size === 0),
    );
    const dropped = orphans.slice(0, limit);
    for (const file of dropped) file.state = 'dropped';
    return dropped.map(({ id }) => id);
  }

  forgetFile(id: string): void {
    if (this.#files.get(id)?.state === 'dropped') this.#files.delete(id);
  }

  secret(name: string, made: string): string {
    const known = this.#secrets.get(name) ?? made;
    this.#secrets.set(name, known);
    return known;
  }

  #usesOf(id: string): Set<number> {
    return this.#uses.get(id) ?? new Set();
  }
}

function rowOf({ doneTime: _, ...file }: Stored): FileRow {
  return file;
}
