import type { Cache, FileRow } from '../cache/cache.js';

/** Object URLs that are kept at most; each keeps its bytes in memory or on the disk. */
const mostUrls = 60;

/** Files that are on this device: of messages that are not stored yet, and of those that have just been. */
export class LocalFiles {
  readonly #cache: Pick<Cache, 'file'>;
  /** By `idClient`: whatever becomes of the database, these are here as long as the page. */
  readonly #held = new Map<string, FileRow>();
  readonly #urls = new Map<string, string>();
  /** The server's id → key of an object URL of the same bytes. */
  readonly #uploaded = new Map<string, string>();

  constructor(cache: Pick<Cache, 'file'>) {
    this.#cache = cache;
  }

  hold(row: FileRow): void {
    this.#held.set(row.idClient, row);
  }

  /** All that a database which begins anew must have. */
  held(idClients: readonly string[]): FileRow[] {
    return idClients.flatMap((idClient) => this.#held.get(idClient) ?? []);
  }

  async bytes(idClient: string): Promise<FileRow | undefined> {
    const row = this.#held.get(idClient) ?? (await this.#cache.file(idClient));
    if (row) this.#held.set(idClient, row);
    return row;
  }

  /** An object URL of a message's file; `undefined` where it is not here. */
  async url(idClient: string, which: 'file' | 'thumbnail'): Promise<string | undefined> {
    const key = `${which} ${idClient}`;
    const known = this.#urls.get(key);
    if (known !== undefined) return known;
    const row = await this.bytes(idClient);
    const blob = row?.[which];
    return blob && (this.#urls.get(key) ?? this.#make(key, blob));
  }

  /** The same for what the server has already: a picture does not go away and come again when its message is stored. */
  urlOf(id: string): string | undefined {
    return this.#urls.get(this.#uploaded.get(id) ?? '');
  }

  uploaded(idClient: string, which: 'file' | 'thumbnail', id: string): void {
    this.#uploaded.set(id, `${which} ${idClient}`);
  }

  /** It is stored, or given up: only what is shown is kept. */
  settled(idClient: string): void {
    this.#held.delete(idClient);
  }

  close(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
    this.#uploaded.clear();
  }

  #make(key: string, blob: Blob): string {
    const url = URL.createObjectURL(blob);
    this.#urls.set(key, url);
    const [oldest] = this.#urls;
    if (this.#urls.size > mostUrls && oldest) {
      this.#urls.delete(oldest[0]);
      URL.revokeObjectURL(oldest[1]);
    }
    return url;
  }
}
