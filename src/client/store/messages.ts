import { parseConversationId } from '../../protocol/ids.js';
import type { LogEvent, WireMessage } from '../../protocol/model.js';
import type { Message } from '../../protocol/message.js';
import type { OutboxRow } from '../cache/cache.js';

/** A stored message as `account` sees it in the conversation `cid`. */
export function toMessage(cid: string, account: string, wire: WireMessage, seq: number): Message {
  const flow = wire.from === account ? 'out' : 'in';
  return {
    conversationId: cid,
    ...target(cid),
    ...wire,
    to: addressee(cid, account, flow),
    flow,
    status: 'success',
    seq,
  };
}

/** The message of a log event; `undefined` where it carries none that this version can read. */
export function messageOf(cid: string, account: string, event: LogEvent): Message | undefined {
  return event.kind === 'message' ? toMessage(cid, account, event.message, event.seq) : undefined;
}

/** One's own message while it is not stored yet. */
export function pendingMessage(account: string, row: OutboxRow): Message {
  const { idClient, cid, type, time, status, body, error, upload } = row;
  return {
    conversationId: cid,
    idClient,
    ...target(cid),
    type,
    from: account,
    time,
    flow: 'out',
    status,
    ...body,
    ...(error && { error }),
    ...(upload && !upload.done && { upload: { state: uploadState(row), sent: 0, total: upload.total } }),
  };
}

function uploadState({ status, upload }: OutboxRow): 'failed' | 'paused' | 'waiting' {
  if (status === 'fail') return 'failed';
  return upload?.paused ? 'paused' : 'waiting';
}

function target(cid: string): { scene: 'p2p' | 'group'; to: string } {
  return parseConversationId(cid) ?? { scene: 'p2p', to: cid };
}

function addressee(cid: string, account: string, flow: 'in' | 'out'): string {
  const { scene, to } = target(cid);
  return scene === 'p2p' && flow === 'in' ? account : to;
}
