/**
 * Codes of `nack` and `error` frames and of the management API's bodies: one set for both, taken from the
 * service whose API the management calls follow, so that an operator looks a number up in one place.
 */
export const errorCodes = {
  ok: 200,
  /** The token is not one of ours, or not this account's. */
  wrongToken: 302,
  forbidden: 403,
  notFound: 404,
  /** A file is larger than the server, or the account's quota, allows. */
  tooLarge: 413,
  /** A file's bytes are not of the kind that the message's type says: it can be sent as `file`. */
  wrongKind: 415,
  /** A field is longer than it may be. */
  tooLong: 405,
  badParameter: 414,
  /** Too many requests; `afterMs` says when to try again. */
  tooFrequent: 416,
  /** An `idClient` that was used before, for another body. */
  repeated: 417,
  accountDisabled: 422,
  accountMuted: 423,
  /** A management request whose nonce was seen before. */
  duplicateRequest: 431,
  serverError: 500,
  /** The store is busy, full or not reachable: the same request may succeed later. */
  serverBusy: 503,
  /** A message may be recalled or edited only for so long. */
  tooLate: 508,
  badProtocol: 509,

  /** Groups. More members than the form, or the group, may have. */
  memberLimit: 801,
  /** The form, the group's modes or one's role do not allow it. */
  noGroupPermission: 802,
  /** The group is not there any more. */
  noGroup: 803,
  notInGroup: 804,
  /** Not in this form of group. */
  wrongForm: 805,
  /** More groups than may be. */
  groupLimit: 806,
  /** The member is not in the state that this would change. */
  memberState: 807,
  /** Not an error: asked for, and waits for an answer. */
  applied: 808,
  alreadyInGroup: 809,
  /** Not an error: invited, and has to agree. */
  invited: 810,
  /** Everybody in the group is muted but those who manage it. */
  groupMuted: 812,
  /** Who has read is not told here. */
  noReaders: 814,
  adminLimit: 815,
} as const;

export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes];

/** Close codes of the WebSocket (RFC 6455, section 7.4.2: 4000–4999 are ours). `bye` carries the same number before the close. */
export const closeCodes = {
  normal: 1000,
  /** This server stops or restarts. */
  restart: 1012,
  /** Too many connections: come back after `afterMs`. */
  busy: 1013,
  badFrame: 4400,
  tokenExpired: 4401,
  /** Bad signature, unknown token, or another account's. */
  tokenInvalid: 4402,
  /** The page's origin may not connect to this server. */
  originForbidden: 4403,
  /** The account does not exist any more. */
  gone: 4404,
  tokenRevoked: 4405,
  /** The token was made for another origin than the page's. */
  tokenOrigin: 4406,
  /** The client read too slowly; it resumes by cursor. */
  slow: 4408,
  elsewhere: 4409,
  tooBig: 4413,
  accountDisabled: 4422,
  tooFrequent: 4429,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/**
 * What a client does after a close: `retry` with the token it has, `token` when only another token can help,
 * `final` when nothing but a person can.
 */
export type CloseRemedy = 'retry' | 'token' | 'final';

const remedies: ReadonlyMap<number, CloseRemedy> = new Map<number, CloseRemedy>([
  [closeCodes.badFrame, 'final'],
  [closeCodes.tokenExpired, 'token'],
  [closeCodes.tokenInvalid, 'token'],
  [closeCodes.originForbidden, 'final'],
  [closeCodes.gone, 'final'],
  [closeCodes.tokenRevoked, 'token'],
  [closeCodes.tokenOrigin, 'token'],
  [closeCodes.elsewhere, 'final'],
  [closeCodes.accountDisabled, 'final'],
]);

/** Which remedy a close code asks for; unknown codes (a proxy's, a lost network's 1006) are retried. */
export function remedyOf(code: number): CloseRemedy {
  return remedies.get(code) ?? 'retry';
}
