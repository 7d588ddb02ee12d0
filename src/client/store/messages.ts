import { parseConversationId } from '../../protocol/ids.js';
import { isAction } from '../../protocol/actions.js';
import type { ActionEvent, LogEvent, WireMessage } from '../../protocol/model.js';
import type { Message } from '../../protocol/message.js';
import type { ActBody, OutboxRow } from '../cache/cache.js';

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
    ...(row.forward && { merged: { title: row.forward.title, messages: [] } }),
    ...(error && { error }),
    ...(upload && !upload.done && { upload: { state: uploadState(row), sent: 0, total: upload.total } }),
  };
}

/** What somebody does to a message, as the log has it, or will. */
export function actionOf(
  { act, target, content, mentions, emoji = '', on = false, from }: ActBody,
  { seq, by, time }: { readonly seq: number; readonly by: string; readonly time: number },
): ActionEvent {
  const at = { seq, target };
  switch (act) {
    case 'edit':
      return {
        kind: 'edit',
        ...at,
        by,
        time,
        ...(content !== undefined && { content }),
        ...(mentions && { mentions }),
      };
    case 'recall':
      return { kind: 'recall', ...at, by, time, from };
    case 'react':
      return { kind: 'reaction', ...at, account: by, emoji, on };
    case 'pin':
      return { kind: 'pin', ...at, by, time, on };
  }
}

/** Those of `events` that are actions. */
export function actionsIn(events: readonly LogEvent[]): ActionEvent[] {
  return events.flatMap((event) => (isAction(event) ? [event] : []));
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
