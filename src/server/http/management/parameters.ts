import { accountPattern } from '../../../protocol/ids.js';
import { isWellFormed } from '../../../protocol/model.js';
import { badParameter } from './management-error.js';

/** The fields of one management call. Reading one checks it; what is wrong is a 414 with the field's name. */
export class Parameters {
  readonly #fields: Map<string, unknown>;

  constructor(body: unknown) {
    this.#fields = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  }

  /** An account's name: required, any case, given back in lower case. */
  account(name: string): string {
    const account = this.required(name, 32).toLowerCase();
    if (!accountPattern.test(account)) throw badParameter(`${name} may hold letters, digits and _ @ . - only`);
    return account;
  }

  required(name: string, max: number): string {
    const value = this.text(name, max);
    if (!value) throw badParameter(`${name} is missing`);
    return value;
  }

  /** `undefined` where the call does not have the field; an empty field is an empty text. */
  text(name: string, max: number): string | undefined {
    const value = this.#fields.get(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw badParameter(`${name} stands there more than once`);
    if (value.length > max) throw badParameter(`${name} is longer than ${max}`);
    if (value.includes('\0')) throw badParameter(`${name} contains NUL`);
    if (!isWellFormed(value)) throw badParameter(`${name} contains half a character`);
    return value;
  }

  /** One of `allowed`; `undefined` where the call does not have the field. */
  choice(name: string, allowed: readonly string[]): string | undefined {
    const value = this.text(name, 16);
    if (value === undefined || value === '') return undefined;
    if (!allowed.includes(value)) throw badParameter(`${name} may be ${allowed.join(', ')}`);
    return value;
  }
}
