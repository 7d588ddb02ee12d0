import { errorCodes } from '../protocol/codes.js';
import type { ServerFrameOf } from '../protocol/frames.js';
import type { Message } from '../protocol/message.js';
import type { FileInfo, LogEvent } from '../protocol/model.js';
import type { OutboxRow, UploadPlan } from './cache/cache.js';
import { actionOf } from './store/messages.js';

/** A row of the outbox, and how it stands with this link. */
export type Item = {
  row: OutboxRow;
  /** Whether it may have reached the server before. */
  tried: boolean;
  /** When it was written, on the monotonic clock: people set theirs. */
  readonly since: number;
  /** How far its file is, as it is shown. */
  shown?: NonNullable<Message['upload']>;
  /** Its upload has failed once since it last moved: nobody waits for it. */
  stalled?: boolean;
};

/** What is written behind a file waits for it, so that order is kept, unless that would take long. */
const longUpload = 8 * 1024 * 1024;

/** The one that goes out next in a conversation; `undefined` where nothing may, because nothing is left or a file is waited for. */
export function nextOf(items: Iterable<Item>, cid: string): Item | undefined {
  let next: Item | undefined;
  for (const item of items) {
    const { row } = item;
    const isBefore = row.cid === cid && row.status === 'sending' && row.order < (next?.row.order ?? Infinity);
    if (isBefore && !isPassed(item)) next = item;
  }
  return next && !isUploading(next.row) ? next : undefined;
}

function isUploading({ upload }: OutboxRow): boolean {
  return upload !== undefined && !upload.done;
}

/** Whether what was written after it goes first: its file takes long, or nobody knows how long. */
function isPassed({ row, stalled }: Item): boolean {
  return isUploading(row) && (stalled === true || row.upload!.paused === true || row.upload!.total > longUpload);
}

/** A failed row, without its failure. A file that the server does not have any more is uploaded anew. */
export function withoutError({ error, ...row }: OutboxRow): OutboxRow {
  const isLost = error?.code === errorCodes.notFound && row.upload;
  return isLost ? { ...row, upload: { total: isLost.total } } : row;
}

/** A row whose file has come further; `done` is what the message says of it at last. */
export function withUpload(
  row: OutboxRow,
  plan: Partial<UploadPlan>,
  done?: { readonly type: string; readonly file: FileInfo },
): OutboxRow {
  const { paused: _, ...rest } = { ...row.upload!, ...plan };
  const upload = { ...rest, ...(plan.paused && { paused: true }) };
  const body = done ? { ...row.body, file: done.file } : row.body;
  return { ...row, upload, body, ...(done && { type: done.type }) };
}

/** The log event that an ack of the row stands for; `undefined` where only the server knows what it made of it. */
export function eventOfAck(row: OutboxRow, from: string, ack: ServerFrameOf<'ack'>): LogEvent | undefined {
  const { idClient, id, seq, n, time, file } = ack;
  if (row.forward) return undefined;
  if (row.act) return actionOf(row.act, { seq, by: from, time });
  const told = file && { file };
  return { kind: 'message', seq, n, message: { id, idClient, type: row.type, from, time, ...row.body, ...told } };
}
