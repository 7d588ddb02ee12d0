import type { Profile } from '../../protocol/model.js';
import { hashToken } from '../auth/opaque.js';
import { BoundedMap } from '../bounded-map.js';
import type { Bus } from '../bus/bus.js';
import type { AccountChange, AccountRow, NewAccount, Storage } from '../storage/storage.js';

/** Accounts and their public faces. What is remembered here is who exists, and what he or she is called; never `u`, never a token. */
export class Accounts {
  readonly #storage: Storage;
  readonly #bus: Bus;
  readonly #profiles = new BoundedMap<string, Profile>(50_000);
  #rechecks = 0;

  constructor(storage: Storage, bus: Bus) {
    this.#storage = storage;
    this.#bus = bus;
    bus.subscribe((publication) => {
      if (publication.topic !== 'account') return;
      this.#profiles.delete(publication.account);
      if (publication.recheck) this.#rechecks++;
    });
  }

  /** How often somebody's right was taken away so far: what was read before the last time may not hold any more. */
  get rechecks(): number {
    return this.#rechecks;
  }

  /** The row as it stands in the store. */
  fresh(account: string): Promise<AccountRow | undefined> {
    return this.#storage.account(account);
  }

  /** The row, made on somebody's first visit with a signed token. */
  ensure(account: string): Promise<AccountRow> {
    return this.#storage.ensureAccount(account);
  }

  /** @throws {AccountExistsError} */
  create(account: NewAccount): Promise<AccountRow> {
    return this.#storage.createAccount(account);
  }

  /** Public faces of those that exist, in no order. */
  async profiles(accounts: readonly string[]): Promise<Profile[]> {
    const known: Profile[] = [];
    const asked: string[] = [];
    for (const account of new Set(accounts)) {
      const profile = this.#profiles.get(account);
      if (profile) known.push(profile);
      else asked.push(account);
    }
    if (asked.length === 0) return known;
    const rows = await this.#storage.accounts(asked);
    const loaded = rows.map(profileOf);
    for (const profile of loaded) this.#profiles.set(profile.account, profile);
    return [...known, ...loaded];
  }

  async profile(account: string): Promise<Profile | undefined> {
    return (await this.profiles([account]))[0];
  }

  /**
   * Replaces the opaque token; the former is remembered, so that its holder hears "revoked" and not "wrong". `revoke`: connections that
   * were opened with the former end too. `false`: no such account.
   */
  setToken(
    account: string,
    token: string,
    { fields = {}, revoke = false }: { fields?: Readonly<Record<string, string>>; revoke?: boolean } = {},
  ): Promise<boolean> {
    const tokenHash = hashToken(token);
    const change = (row: AccountRow): AccountChange =>
      // The same one again is not revoked by itself.
      row.tokenHash === tokenHash
        ? withFields(row, fields)
        : { tokenHash, ...withFields(row, { ...fields, previousTokenHash: row.tokenHash }) };
    return this.#change(account, change, revoke);
  }

  /** Keeps the account out, or lets it in again. `kick`: its open connections end too. `false`: no such account. */
  setDisabled(account: string, disabled: boolean, kick = false): Promise<boolean> {
    return this.#change(account, () => ({ disabled }), kick);
  }

  /** Changes the management API's other fields. `false`: no such account. */
  setFields(account: string, fields: Readonly<Record<string, string>>): Promise<boolean> {
    return this.#change(account, (row) => withFields(row, fields));
  }

  /** Whether `hash` is of the token that the account's present one replaced. */
  wasToken(row: AccountRow, hash: string): boolean {
    return fieldsOf(row)['previousTokenHash'] === hash;
  }

  async #change(account: string, change: (row: AccountRow) => AccountChange, recheck = false): Promise<boolean> {
    const row = await this.#storage.account(account);
    if (!row) return false;
    await this.#storage.updateAccount(account, change(row));
    this.#bus.publish({ topic: 'account', account, ...(recheck && { recheck }) });
    return true;
  }
}

export function profileOf({ account, name, icon }: AccountRow): Profile {
  return { account, ...(name && { name }), ...(icon && { avatar: icon }) };
}

function withFields(row: AccountRow, fields: Readonly<Record<string, string>>): AccountChange {
  return { extra: JSON.stringify({ ...fieldsOf(row), ...fields }) };
}

/** Empty where the record is damaged. */
function fieldsOf({ extra }: AccountRow): Record<string, unknown> {
  try {
    return JSON.parse(extra) as Record<string, unknown>;
  } catch {
    return {};
  }
}
