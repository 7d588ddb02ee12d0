import * as v from 'valibot';
import { isAction } from '../../protocol/actions.js';
import { ActionEvent, WireMessage } from '../../protocol/model.js';
import type { MessageRow } from '../storage/storage.js';

/**
 * A log event as JSON. The body is stored as JSON already and goes in as it is; the other strings are of alphabets that need no
 * escaping (ids, account names, types), which the protocol checked on their way in.
 */
export function logEventJson(row: MessageRow): string {
  const n = row.n > 0 ? `"n":${row.n},` : '';
  const body = row.body === '{}' ? '}' : `,${row.body.slice(1)}`;
  return (
    `{"kind":"message","seq":${row.seq},${n}"message":{"id":"${row.id}","idClient":"${row.idClient}",` +
    `"type":"${row.type}","from":"${row.from}","time":${row.time}${body}}`
  );
}

/**
 * The same for what comes out of the store, which somebody may have written to by another way than through this server: a record that
 * no client could read keeps its place in the order, and spoils nothing beside it.
 */
export function storedEventJson(row: MessageRow): string {
  if (row.hidden) return `{"seq":${row.seq}}`;
  if (isAction({ kind: row.type })) return JSON.stringify(actionEvent(row) ?? { seq: row.seq });
  const message = wireMessage(row);
  if (!message) return `{"seq":${row.seq}}`;
  return JSON.stringify({ kind: 'message', seq: row.seq, ...(row.n > 0 && { n: row.n }), message });
}

/** What somebody did to a message, as its row has it. `undefined` for a damaged record. */
function actionEvent({ seq, type, from, time, body }: MessageRow): ActionEvent | undefined {
  try {
    const doer = type === 'reaction' ? { account: from } : { by: from, time };
    const stored = JSON.parse(body) as object;
    const { success, output } = v.safeParse(ActionEvent, { ...stored, ...doer, kind: type, seq });
    return success ? output : undefined;
  } catch {
    return undefined;
  }
}

/** `undefined` for a damaged record. */
export function wireMessage({ id, idClient, type, from, time, body }: MessageRow): WireMessage | undefined {
  try {
    const stored: unknown = JSON.parse(body);
    if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return undefined;
    const { success, output } = v.safeParse(WireMessage, { ...stored, id, idClient, type, from, time });
    return success ? output : undefined;
  } catch {
    return undefined;
  }
}
