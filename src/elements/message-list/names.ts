import type { ChatClientApi, Conversation } from '../../client/api.js';

export type NameOf = (account: string) => string;

/** How accounts are called in a conversation. The function stays the same while the names do, so that nothing is drawn anew for it. */
export class Names {
  #id: string | undefined;
  #own: string | undefined;
  #ownName: string | undefined;
  #peer: string | undefined;
  #peerName: string | undefined;
  #nameOf: NameOf = (account) => account;

  /** Somebody is called otherwise now: what is drawn with the names is drawn anew. */
  renew(): void {
    this.#id = undefined;
  }

  of(client: ChatClientApi | undefined, conversation: Conversation | undefined): NameOf {
    const own = client?.account;
    const ownName = client?.profile.name;
    const peer = conversation?.scene === 'p2p' ? conversation.to : undefined;
    const peerName = peer === undefined ? undefined : conversation?.name;
    const id = conversation?.id;
    if (
      id === this.#id &&
      own === this.#own &&
      ownName === this.#ownName &&
      peer === this.#peer &&
      peerName === this.#peerName
    )
      return this.#nameOf;
    this.#id = id;
    [this.#own, this.#ownName, this.#peer, this.#peerName] = [own, ownName, peer, peerName];
    const group = conversation?.scene === 'group' ? conversation.id : undefined;
    this.#nameOf = (account) => {
      const known = account === own ? ownName : account === peer ? peerName : undefined;
      return (group === undefined ? known : client?.nameIn(group, account) || known) || account;
    };
    return this.#nameOf;
  }
}
