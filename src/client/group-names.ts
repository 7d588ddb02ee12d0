import type { GroupMember } from '../protocol/groups.js';
import { limits } from '../protocol/limits.js';
import type { Requests } from './requests.js';

/** How people are called in groups. Those of whom nobody has said it are asked for together. */
export class GroupNames {
  readonly #requests: Requests;
  readonly #online: () => boolean;
  readonly #onNames: (id: string) => void;
  /** Group → account → the name there. */
  readonly #nicknames = new Map<string, Map<string, string>>();
  readonly #names = new Map<string, string>();
  /** Accounts to ask for → the groups in which somebody wants to know. */
  readonly #wanted = new Map<string, Set<string>>();
  readonly #asked = new Set<string>();
  #asking = false;

  /** @param onNames names in a group became known */
  constructor(requests: Requests, online: () => boolean, onNames: (id: string) => void) {
    this.#requests = requests;
    this.#online = online;
    this.#onNames = onNames;
  }

  learn(id: string, members: readonly GroupMember[]): void {
    const nicknames = this.#nicknames.get(id) ?? new Map<string, string>();
    this.#nicknames.set(id, nicknames);
    for (const { account, name, nickname } of members) {
      if (nickname === undefined) nicknames.delete(account);
      else nicknames.set(account, nickname);
      if (name !== undefined) this.#names.set(account, name);
      this.#asked.add(account);
    }
  }

  of(id: string, account: string): string | undefined {
    const name = this.#nicknames.get(id)?.get(account) ?? this.#names.get(account);
    if (name === undefined && !this.#asked.has(account)) this.#want(id, account);
    return name;
  }

  online(): void {
    this.#askSoon();
  }

  #want(id: string, account: string): void {
    const groups = this.#wanted.get(account) ?? new Set();
    this.#wanted.set(account, groups.add(id));
    this.#askSoon();
  }

  /** A screen full of messages wants many at once. */
  #askSoon(): void {
    if (this.#asking || this.#wanted.size === 0 || !this.#online()) return;
    this.#asking = true;
    queueMicrotask(() => void this.#ask());
  }

  async #ask(): Promise<void> {
    const wanted = [...this.#wanted].slice(0, limits.accounts);
    for (const [account] of wanted) {
      this.#wanted.delete(account);
      this.#asked.add(account);
    }
    try {
      const { users } = await this.#requests.ask<'users'>({ t: 'users', accounts: wanted.map(([account]) => account) });
      for (const { account, name } of users) if (name !== undefined) this.#names.set(account, name);
      for (const id of new Set(wanted.flatMap(([, groups]) => [...groups]))) this.#onNames(id);
    } catch {
      for (const [account] of wanted) this.#asked.delete(account);
    } finally {
      this.#asking = false;
      this.#askSoon();
    }
  }
}
