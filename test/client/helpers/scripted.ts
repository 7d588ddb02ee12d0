import { ChatClient } from '../../../src/client/chat-client.js';
import type { ChatClientOptions } from '../../../src/client/options.js';
import type { ServerFrameOf } from '../../../src/protocol/frames.js';
import type { ConversationInfo, LogEvent } from '../../../src/protocol/model.js';
import { FakeClock, settle } from './fake-clock.js';
import { FakeNetwork, welcome, type FakeSocket } from './fake-network.js';

/** A client with its time and its network in the test's hand. */
export type Scripted = { readonly client: ChatClient; readonly clock: FakeClock; readonly network: FakeNetwork };

export function scripted(options: Partial<ChatClientOptions> = {}, clock = new FakeClock()): Scripted {
  const network = new FakeNetwork();
  const client = new ChatClient({
    server: 'https://chat.example',
    account: 'alice',
    getToken: () => Promise.resolve('token'),
    cache: 'memory',
    WebSocket: network.WebSocket,
    signals: null,
    clock,
    random: () => 0.5,
    ...options,
  });
  return { client, clock, network };
}

/** Connects, and answers the greeting. */
export async function live(
  world: Scripted,
  syncs: ServerFrameOf<'sync'>[] = [],
  hello = welcome(),
): Promise<FakeSocket> {
  world.client.connect();
  await settle();
  return greet(world, syncs, hello);
}

/** Answers the greeting on the newest socket. */
export async function greet(
  { network }: Scripted,
  syncs: ServerFrameOf<'sync'>[] = [],
  hello = welcome(),
): Promise<FakeSocket> {
  const { socket } = network;
  await socket.accept();
  await socket.push(hello, ...syncs, { t: 'synced', u: hello.u, more: false });
  return socket;
}

export function info(change: Partial<ConversationInfo> = {}): ConversationInfo {
  return {
    id: 'p2p-bob',
    scene: 'p2p',
    to: 'bob',
    name: 'Bob',
    updateTime: 1,
    lastSeq: 0,
    unread: 0,
    readSeq: 0,
    pinned: false,
    muted: false,
    ...change,
  };
}

/** The event at `seq`, by Bob unless said otherwise, with the text `m<seq>`. */
export function message(
  seq: number,
  change: Partial<Extract<LogEvent, { kind: 'message' }>['message']> = {},
): LogEvent {
  const base = { id: `id-${seq}`, idClient: `client-${seq}`, type: 'text', from: 'bob', time: seq, content: `m${seq}` };
  return { kind: 'message', seq, n: seq, message: { ...base, ...change } };
}

export const messages = (from: number, to: number): LogEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => message(from + i));

export function syncOf(from: number, to: number, change: Partial<ConversationInfo> = {}): ServerFrameOf<'sync'> {
  const conversation = info({ lastSeq: to, unread: to, updateTime: to, ...change });
  return { t: 'sync', conversation, from, to, ...(from > 1 && { gap: true }), events: messages(from, to) };
}

export const event = (at: LogEvent, cid = 'p2p-bob'): ServerFrameOf<'event'> => ({ t: 'event', cid, event: at });
