import type { Timeline } from '../../src/client/api.js';
import { FakeGroups } from './fake-groups.js';
import type { ChatError } from '../../src/client/errors.js';
import { defaultFeatures, type Features } from '../../src/protocol/frames.js';
import type { Message } from '../../src/protocol/message.js';

/** What a `FakeClient` does with single messages. Everything is done at once, unless `refusal` is set. */
export abstract class FakeMessageActs extends FakeGroups {
  abstract readonly account: string;
  abstract timeline(id: string): Timeline;
  abstract setTimeline(id: string, fields: Partial<Timeline>): void;
  /** Puts another message in one's place, or none. */
  abstract changeMessage(idClient: string, change: (message: Message) => Message | undefined): void;

  features: Features = defaultFeatures;
  /** What the next act is refused with, instead of being done. */
  refusal: ChatError | undefined;
  /** Earlier texts by `idClient`, for `editHistory`. */
  readonly #texts = new Map<string, { content: string; time: number }[]>();

  edit(message: Message, content: string, mentions?: readonly string[]): Promise<void> {
    return this.#act(`edit ${message.idClient} ${content}`, () => {
      const texts = this.#texts.get(message.idClient) ?? [{ content: message.content ?? '', time: message.time }];
      this.#texts.set(message.idClient, [...texts, { content, time: this.now() }]);
      this.change(message.idClient, { content, editTime: this.now(), ...(mentions && { mentions }) });
    });
  }
  editHistory(message: Message): Promise<readonly { content: string; time: number }[]> {
    return Promise.resolve(this.#texts.get(message.idClient) ?? []);
  }
  recall(message: Message): Promise<void> {
    return this.#act(`recall ${message.idClient}`, () =>
      this.changeMessage(message.idClient, ({ content: _, file: __, location: ___, custom: ____, ...rest }) => ({
        ...rest,
        recalled: { by: this.account, time: this.now() },
      })),
    );
  }
  react(message: Message, emoji: string, on: boolean): Promise<void> {
    return this.#act(`react ${message.idClient} ${emoji} ${on}`, () =>
      this.reactAs(this.account, message.idClient, emoji, on),
    );
  }
  pin(message: Message, on: boolean): Promise<void> {
    return this.#act(`pin ${message.idClient} ${on}`, () =>
      this.changeMessage(message.idClient, ({ pinned: _, ...rest }) =>
        on ? { ...rest, pinned: { by: this.account, time: this.now() } } : rest,
      ),
    );
  }
  pinned(id: string): Promise<readonly Message[]> {
    const pinned = this.timeline(id).messages.filter((message) => message.pinned);
    return Promise.resolve(pinned.sort((a, b) => b.pinned!.time - a.pinned!.time));
  }
  deleteForMe(id: string, messages: readonly Message[]): Promise<void> {
    const keys = messages.map(({ idClient }) => idClient);
    return this.#act(`deleteForMe ${id} ${keys.join()}`, () => {
      for (const key of keys) this.changeMessage(key, () => undefined);
    });
  }
  report(message: Message, reason: string): Promise<void> {
    return this.#act(`report ${message.idClient} ${reason}`);
  }
  forward(messages: readonly Message[], to: readonly string[], how: 'each' | 'merged', title?: string): Promise<void> {
    const keys = messages.map(({ idClient }) => idClient);
    return this.#act(`forward ${keys.join()} ${to.join()} ${how} ${title ?? ''}`.trim());
  }
  /** Messages that are not in a timeline, which `messageAt` finds. */
  readonly elsewhere = new Map<string, Message[]>();
  messageAt(id: string, seq: number): Promise<Message | undefined> {
    this.calls.push(`messageAt ${id} ${seq}`);
    const known = [...this.timeline(id).messages, ...(this.elsewhere.get(id) ?? [])];
    return Promise.resolve(known.find((message) => message.seq === seq));
  }
  #act(call: string, done: () => void = () => undefined): Promise<void> {
    const { refusal } = this;
    this.refusal = undefined;
    if (refusal) return Promise.reject(refusal);
    this.calls.push(call);
    done();
    return Promise.resolve();
  }

  /** Somebody changes a message. */
  change(idClient: string, fields: Partial<Message>): void {
    this.changeMessage(idClient, (message) => ({ ...message, ...fields }));
  }
  /** Somebody reacts, or takes it back. */
  reactAs(account: string, idClient: string, emoji: string, on: boolean): void {
    this.changeMessage(idClient, ({ reactions = [], ...message }) => {
      const others = (reactions.find((each) => each.emoji === emoji)?.accounts ?? []).filter(
        (each) => each !== account,
      );
      const accounts = on ? [...others, account] : others;
      const changed = reactions.some((each) => each.emoji === emoji)
        ? reactions.map((each) => (each.emoji === emoji ? { emoji, accounts } : each))
        : [...reactions, { emoji, accounts }];
      const left = changed.filter((each) => each.accounts.length > 0);
      return { ...message, ...(left.length > 0 && { reactions: left }) };
    });
  }
}
