import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { IncomingMessage } from 'node:http';

/** Addresses and networks (`10.0.0.0/8`) of the proxies whose `X-Forwarded-For` counts. */
export class TrustedProxies {
  readonly #list = new BlockList();

  /** @throws {RangeError} naming what is neither an address nor a network */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  trusts(address: string): boolean {
    return isIPv4(address) ? this.#list.check(address) : isIPv6(address) && this.#list.check(address, 'ipv6');
  }

  /** Who is at the other end: the last address on the way here that is not a proxy of ours. */
  clientOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string {
    const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
    let address = plain(request.socket.remoteAddress ?? '');
    for (const next of forwarded.reverse().map((entry) => plain(entry.trim()))) {
      if (!this.trusts(address) || next === '') break;
      address = next;
    }
    return address;
  }

  #add(entry: string): void {
    const [address = '', bits] = entry.split('/');
    const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
    const prefix = bits === undefined ? undefined : Number(bits);
    if (!family || (prefix !== undefined && !(prefix >= 0 && prefix <= (family === 'ipv4' ? 32 : 128))))
      throw new RangeError(entry);
    if (prefix === undefined) this.#list.addAddress(address, family);
    else this.#list.addSubnet(address, prefix, family);
  }
}

/** IPv4 in its IPv6 clothes is IPv4. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && isIPv4(address.slice(7)) ? address.slice(7) : address;
}
