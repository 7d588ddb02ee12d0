import * as v from 'valibot';
import { ClientFrame, ServerFrame } from './frames.js';
import { limits } from './limits.js';
import { IdClient } from './model.js';

export type FaultKind = 'too-big' | 'too-deep' | 'not-json' | 'unknown-type' | 'bad-field';

/** What is wrong with a frame: one fault, the first found, in words for the one who sent it. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  constructor(
    readonly kind: FaultKind,
    message: string,
    /** The frame's own correlation, where it could still be read. */
    readonly about: { readonly t?: string; readonly r?: number; readonly idClient?: string } = {},
  ) {
    super(message);
  }
}

/**
 * A frame from a client. The text is measured and its nesting walked before it is parsed, because `JSON.parse`
 * accepts millions of levels that nothing after it survives.
 * @throws {ProtocolError} and nothing else, whatever the input.
 */
export function decodeClientFrame(data: unknown): ClientFrame {
  return decode(ClientFrame, clientTypes, data, limits.frameBytes);
}

/**
 * A frame from a server. Fields added by a later version are dropped; `undefined` for a frame of a type that this version does
 * not know. A log event of an unknown kind becomes `{kind: 'unknown', seq}` and keeps its place.
 * @throws {ProtocolError} and nothing else, whatever the input.
 */
export function decodeServerFrame(data: unknown): ServerFrame | undefined {
  try {
    return decode(ServerFrame, serverTypes, data, serverFrameLimit);
  } catch (error) {
    if (error instanceof ProtocolError && error.kind === 'unknown-type' && error.about.t !== undefined)
      return undefined;
    throw error;
  }
}

/** A page of 300 messages of 5,000 characters, and then some. */
const serverFrameLimit = 16 * 1024 * 1024;

const typesOf = (schema: Variant): ReadonlySet<string> =>
  new Set(schema.options.map((option) => option.entries.t.literal));
const clientTypes = typesOf(ClientFrame);
const serverTypes = typesOf(ServerFrame);

type Variant = { readonly options: readonly { readonly entries: { readonly t: { readonly literal: string } } }[] };

function decode<S extends v.GenericSchema>(
  schema: S,
  types: ReadonlySet<string>,
  data: unknown,
  maxBytes: number,
): v.InferOutput<S> {
  if (typeof data !== 'string') throw new ProtocolError('not-json', 'a frame is a JSON text, not binary');
  if (data.length > maxBytes) throw new ProtocolError('too-big', `the frame is larger than ${maxBytes} bytes`);
  if (nesting(data) > limits.depth)
    throw new ProtocolError('too-deep', `the frame is nested deeper than ${limits.depth} levels`);
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    throw new ProtocolError('not-json', 'the frame is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ProtocolError('not-json', 'the frame is not a JSON object');
  const { t } = value as { readonly t?: unknown };
  if (typeof t !== 'string') throw new ProtocolError('unknown-type', 'the frame has no type "t"', correlation(value));
  if (!types.has(t))
    throw new ProtocolError('unknown-type', `the frame's type "${t.slice(0, 40)}" is not known`, correlation(value));
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ProtocolError(
    'bad-field',
    `${t}.${v.getDotPath(issue) ?? '?'}: ${issue.message}`.slice(0, 300),
    correlation(value),
  );
}

function correlation(value: object): ProtocolError['about'] {
  const { t, r, idClient } = value as Record<string, unknown>;
  return {
    ...(typeof t === 'string' && { t }),
    ...(typeof r === 'number' && Number.isSafeInteger(r) && r >= 0 && { r }),
    ...(typeof idClient === 'string' && v.is(IdClient, idClient) && { idClient }),
  };
}

const quote = 0x22,
  backslash = 0x5c,
  openBrace = 0x7b,
  closeBrace = 0x7d,
  openBracket = 0x5b,
  closeBracket = 0x5d;

/** How deep objects and arrays are nested in a JSON text, found without parsing it. */
function nesting(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i);
    if (c === quote) i = endOfString(json, i);
    else if (c === openBrace || c === openBracket) deepest = Math.max(deepest, ++depth);
    else if (c === closeBrace || c === closeBracket) depth--;
  }
  return deepest;
}

function endOfString(json: string, start: number): number {
  for (let i = start + 1; ;) {
    const end = json.indexOf('"', i);
    if (end < 0) return json.length;
    let slashes = 0;
    while (json.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end;
    i = end + 1;
  }
}
