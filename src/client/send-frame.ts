import { errorCodes } from '../protocol/codes.js';
import { decodeClientFrame, ProtocolError } from '../protocol/decode.js';
import { encodeFrame } from '../protocol/encode.js';
import type { ClientFrame, ClientFrameOf } from '../protocol/frames.js';
import type { MessageDraft } from '../protocol/message.js';
import type { Body, OutboxRow } from './cache/cache.js';
import { ChatError } from './errors.js';

/** The frame of a row. @param again it may have been sent before */
export function sendFrame(row: OutboxRow, again: boolean): ClientFrame {
  const { idClient, cid, type, body, act, forward } = row;
  const resend = again && { resend: true };
  if (act) {
    const { from: _, ...what } = act;
    return { t: 'act', idClient, cid, ...what, ...resend };
  }
  if (forward) return { t: 'forward', idClient, cid, ...forward, ...resend };
  return {
    t: 'send',
    idClient,
    cid,
    type: type as ClientFrameOf<'send'>['type'],
    ...resend,
    ...body,
  };
}

/**
 * What of a draft is sent, checked as the server will check it.
 * @throws {ChatError} in words for the one who wrote it
 */
export function validDraft(cid: string, draft: MessageDraft): { type: string; body: Body } {
  const { type = 'text', ...rest } = draft;
  const body = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  if (type === 'text' && !draft.content?.trim())
    throw new ChatError(errorCodes.badParameter, 'there is nothing to send');
  const frame = validFrame<ClientFrameOf<'send'>>({ t: 'send', idClient: 'not-yet-made', cid, type, ...body });
  const { t: _t, idClient: _id, cid: _cid, resend: _r, type: _type, ...checked } = frame;
  return { type, body: checked };
}

/** The frame as the server will read it. @throws {ChatError} in words for the one who made it */
export function validFrame<F extends ClientFrame>(frame: F): F {
  try {
    return decodeClientFrame(encodeFrame(frame)) as F;
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    const code =
      cause.message.includes('longer than') || cause.kind === 'too-big' ? errorCodes.tooLong : errorCodes.badParameter;
    throw new ChatError(code, cause.message, { cause });
  }
}
