import type { Bus, Publication } from '../../bus/bus.js';
import type { Storage } from '../../storage/storage.js';
import { Roster } from './roster.js';

/** Members of all remembered groups together. */
const mostMembers = 1_000_000;

type Loading = { readonly roster: Promise<Roster | undefined>; isOld: boolean };

/** Groups that are remembered, kept up to date by the word of whoever changes them, this node or another. */
export class Rosters {
  readonly #storage: Storage;
  /** By the group's id; used longest ago first. */
  readonly #known = new Map<string, { readonly roster: Roster; readonly weight: number }>();
  readonly #loading = new Map<string, Loading>();
  #weight = 0;

  constructor(storage: Storage, bus: Bus) {
    this.#storage = storage;
    bus.subscribe((publication) => {
      if (publication.topic === 'group') this.#changed(publication);
    });
  }

  /** What is remembered, at once. */
  peek(id: string): Roster | undefined {
    return this.#known.get(id)?.roster;
  }

  /** `undefined` where there is no such group. */
  async get(id: string): Promise<Roster | undefined> {
    const known = this.#known.get(id);
    if (known) {
      this.#known.delete(id);
      this.#known.set(id, known);
      return known.roster;
    }
    let loading = this.#loading.get(id);
    if (!loading) {
      loading = { roster: this.#load(id).finally(() => this.#loading.delete(id)), isOld: false };
      this.#loading.set(id, loading);
    }
    return loading.roster;
  }

  /** What is remembered of it is not so any more. */
  forget(id: string): void {
    const known = this.#known.get(id);
    if (!known) return;
    this.#weight -= known.weight;
    this.#known.delete(id);
  }

  async #load(id: string): Promise<Roster | undefined> {
    for (;;) {
      const row = await this.#storage.group(id);
      const loading = this.#loading.get(id);
      // It changed while it was read: what was read may be from before.
      if (loading?.isOld) {
        loading.isOld = false;
        continue;
      }
      if (!row) return undefined;
      const roster = new Roster(row);
      this.#remember(id, roster);
      return roster;
    }
  }

  #remember(id: string, roster: Roster): void {
    this.forget(id);
    const weight = roster.size + 1;
    this.#known.set(id, { roster, weight });
    this.#weight += weight;
    for (const oldest of this.#known.keys()) {
      if (this.#weight <= mostMembers || oldest === id) return;
      this.forget(oldest);
    }
  }

  #changed({ group, version, change }: Extract<Publication, { topic: 'group' }>): void {
    const loading = this.#loading.get(group);
    if (loading) loading.isOld = true;
    const roster = this.peek(group);
    if (!roster || roster.group.version >= version) return;
    if (roster.group.version === version - 1) roster.apply(version, change);
    else this.forget(group);
  }
}
