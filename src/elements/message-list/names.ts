import type { ChatClientApi, Conversation } from '../../client/api.js';

export type NameOf = (account: string) => string;

/** How accounts are called in a conversation. The function stays the same while the names do, so that nothing is drawn anew for it. */
export class Names {
  #own: string | undefined;
  #ownName: string | undefined;
  #peer: string | undefined;
  #peerName: string | undefined;
  #nameOf: NameOf = (account) => account;

  of(client: ChatClientApi | undefined, conversation: Conversation | undefined): NameOf {
    const own = client?.account;
    const ownName = client?.profile.name;
    const peer = conversation?.scene === 'p2p' ? conversation.to : undefined;
    const peerName = peer === undefined ? undefined : conversation?.name;
    if (own === this.#own && ownName === this.#ownName && peer === this.#peer && peerName === this.#peerName)
      return this.#nameOf;
    [this.#own, this.#ownName, this.#peer, this.#peerName] = [own, ownName, peer, peerName];
    this.#nameOf = (account) => (account === own ? ownName : account === peer ? peerName : undefined) || account;
    return this.#nameOf;
  }
}
