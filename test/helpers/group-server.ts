import type { TestContext } from 'node:test';
import type { GroupCall, GroupReply } from '../../src/protocol/groups.js';
import { LocalBus } from '../../src/server/bus/local-bus.js';
import { makeChat, type Chat } from '../../src/server/chat/chat.js';
import { ChatError } from '../../src/server/chat/chat-error.js';
import type { ServerOptions } from '../../src/server/create-server.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import type { Storage } from '../../src/server/storage/storage.js';
import { ChatServer, temporaryDirectory } from './chat-server.js';
import type { WireClient } from './wire-client.js';

const plenty = { perSecond: 100_000, burst: 100_000 };

/** The answer to a `group` frame, or the code of its refusal. */
export type Answer = GroupReply | { readonly code: number };

/** A real server, and beside it whoever runs it: on the same store and bus, as the management API will be. */
export class GroupServer {
  readonly server: ChatServer;
  readonly storage: Storage;
  readonly #chat: Chat;
  #r = 1;

  private constructor(server: ChatServer, storage: Storage, chat: Chat) {
    this.server = server;
    this.storage = storage;
    this.#chat = chat;
  }

  static async start(t: TestContext, options: Partial<ServerOptions> = {}): Promise<GroupServer> {
    const storage = options.storage ?? (await openStorage({ dataDir: await temporaryDirectory(t) }));
    const bus = new LocalBus((error) => {
      throw error;
    });
    const tuning = { sendsPerAccount: plenty, sendsPerConnection: plenty, frames: plenty, refusals: 100_000 };
    const server = await ChatServer.start(t, { ...options, storage, bus, tuning });
    return new GroupServer(
      server,
      storage,
      makeChat(storage, bus, () => Date.now()),
    );
  }

  connectAll<T extends readonly string[]>(...accounts: T): Promise<{ [K in keyof T]: WireClient }> {
    return this.server.connectAll(...accounts);
  }

  /** What a client gets for it. */
  async ask(client: WireClient, call: GroupCall): Promise<Answer> {
    const r = this.#r++;
    client.send({ t: 'group', r, call });
    const answer = await client.expectAny(['group', 'error'], (frame) => frame.r === r);
    if (answer.t === 'error') return { code: answer.code };
    const { t: _t, r: _r, ...reply } = answer;
    return reply;
  }

  /** As `ask`, for whoever runs the service. */
  async app(call: GroupCall): Promise<Answer> {
    try {
      return await this.#chat.groups.run('app', call);
    } catch (error) {
      if (error instanceof ChatError) return { code: error.code };
      throw error;
    }
  }

  /** Makes a group and gives its conversation's id. */
  async create(client: WireClient, given: Partial<Extract<GroupCall, { act: 'create' }>> = {}): Promise<string> {
    const answer = await this.ask(client, { act: 'create', form: 'public', name: 'Trip', members: [], ...given });
    if (!('group' in answer) || !answer.group) throw new Error(`no group was made: ${JSON.stringify(answer)}`);
    return answer.group.id;
  }
}
