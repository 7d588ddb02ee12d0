import * as v from 'valibot';
import { WireMessage } from '../../protocol/model.js';
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
  const message = wireMessage(row);
  if (!message) return `{"seq":${row.seq}}`;
  return JSON.stringify({ kind: 'message', seq: row.seq, ...(row.n > 0 && { n: row.n }), message });
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
