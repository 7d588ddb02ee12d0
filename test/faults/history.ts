/** How a send came to its end. `unknown`: nobody heard; it may be stored or not. */
export type SendEnd =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'ok';
      readonly id: string;
      readonly seq: number;
      readonly time: number;
      /** Which history gave the ack, where there may be several (a restore from a backup). */
      readonly epoch?: string;
    }
  | { readonly kind: 'failed'; readonly code: number };

/** What somebody wrote, and what became of it as far as the writer knows. */
export type Send = {
  /** The client instance that sent: a tab, a process; a client that was reopened is another one. */
  readonly client: string;
  readonly account: string;
  /** One key for both sides, as `conversationKey` makes it. */
  readonly conversation: string;
  /** Unique in a history: tells the message where its `idClient` was never heard. */
  readonly content: string;
  readonly invokedAt: number;
  /** Absent as long as the client has not said that its outbox holds the message. */
  readonly idClient?: string;
  readonly endedAt?: number;
  readonly end: SendEnd;
  /** Offered again by hand, after a failure: its turn is not that of its invocation any more. */
  readonly resent?: boolean;
  /** Given up by the writer: it may be stored or not. */
  readonly discarded?: boolean;
};

/** The name of the one-to-one conversation of two accounts, whoever looks. */
export function conversationKey(a: string, b: string): string {
  return [a, b].sort().join(' ');
}

/** Every send as it was invoked and as it ended, in the order of the invocations. */
export class History {
  readonly #sends: Send[] = [];
  readonly #byIdClient = new Map<string, number>();

  get sends(): readonly Send[] {
    return this.#sends;
  }

  /** Somebody hands a message over. @returns its number, for `composed` */
  invoke(send: Pick<Send, 'client' | 'account' | 'conversation' | 'content' | 'invokedAt' | 'idClient'>): number {
    const number = this.#sends.push({ ...send, end: { kind: 'unknown' } }) - 1;
    if (send.idClient !== undefined) this.composed(number, send.idClient);
    return number;
  }

  /** The outbox holds it, under this id. */
  composed(number: number, idClient: string): void {
    this.#byIdClient.set(idClient, number);
    this.#change(number, { idClient });
  }

  /** The same, where only the content tells which it was: its first client died before it could say. */
  composedAs(content: string, idClient: string): void {
    const number = this.#sends.findIndex((send) => send.content === content && send.idClient === undefined);
    if (number >= 0) this.composed(number, idClient);
  }

  /** It was acked. The first ack counts, also after a failure; but another history may ack it anew. */
  ok(idClient: string, at: number, ack: Omit<Extract<SendEnd, { kind: 'ok' }>, 'kind'>): void {
    const { end } = this.find(idClient) ?? {};
    const anew = end?.kind === 'ok' && end.epoch !== ack.epoch;
    if (anew) this.#change(this.#byIdClient.get(idClient)!, { endedAt: at, end: { kind: 'ok', ...ack } });
    else this.#settle(idClient, { endedAt: at, end: { kind: 'ok', ...ack } });
  }

  failed(idClient: string, at: number, code: number): void {
    this.#settle(idClient, { endedAt: at, end: { kind: 'failed', code } });
  }

  /** A failed one is offered again. */
  resent(idClient: string): void {
    this.#settle(idClient, { end: { kind: 'unknown' }, resent: true });
  }

  discarded(idClient: string): void {
    this.#settle(idClient, { discarded: true });
  }

  find(idClient: string): Send | undefined {
    const number = this.#byIdClient.get(idClient);
    return number === undefined ? undefined : this.#sends[number];
  }

  #settle(idClient: string, change: Partial<Send>): void {
    const send = this.find(idClient);
    if (!send || (send.end.kind === 'ok' && !change.discarded)) return;
    this.#change(this.#byIdClient.get(idClient)!, change);
  }

  #change(number: number, change: Partial<Send>): void {
    this.#sends[number] = { ...this.#sends[number]!, ...change };
  }
}
