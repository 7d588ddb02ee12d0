import type { WireMessage } from '../../protocol/model.js';
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

/** The same for what comes out of the store: a damaged record keeps its place in the order, and spoils nothing beside it. */
export function storedEventJson(row: MessageRow): string {
  return parseBody(row) ? logEventJson(row) : `{"seq":${row.seq}}`;
}

/** `undefined` for a damaged record. */
export function wireMessage(row: MessageRow): WireMessage | undefined {
  const body = parseBody(row);
  if (!body) return undefined;
  const { id, idClient, type, from, time } = row;
  return { ...body, id, idClient, type, from, time };
}

function parseBody(row: MessageRow): Partial<WireMessage> | undefined {
  try {
    const body: unknown = JSON.parse(row.body);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
