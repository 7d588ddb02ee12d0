import { closeCodes, errorCodes } from '../protocol/codes.js';
import type { ErrorKey, Translation } from './en.js';

/** Written as records so that a code added to the protocol does not compile without words. */
const ofErrors: Record<Exclude<keyof typeof errorCodes, 'ok'>, ErrorKey> = {
  wrongToken: 'wrongToken',
  forbidden: 'forbidden',
  notFound: 'notFound',
  tooLarge: 'tooBig',
  wrongKind: 'unknown',
  tooLong: 'tooLong',
  badParameter: 'badParameter',
  tooFrequent: 'tooFrequent',
  repeated: 'repeated',
  accountDisabled: 'accountDisabled',
  accountMuted: 'accountMuted',
  duplicateRequest: 'badParameter',
  serverError: 'serverError',
  serverBusy: 'serverBusy',
  tooLate: 'tooLate',
  badProtocol: 'badProtocol',
  memberLimit: 'groupFull',
  noGroupPermission: 'forbidden',
  noGroup: 'groupGone',
  notInGroup: 'notInGroup',
  wrongForm: 'forbidden',
  groupLimit: 'groupFull',
  memberState: 'answered',
  applied: 'unknown',
  alreadyInGroup: 'answered',
  invited: 'unknown',
  groupMuted: 'groupMuted',
  noReaders: 'forbidden',
  adminLimit: 'groupFull',
};

const ofCloses: Record<keyof typeof closeCodes, ErrorKey> = {
  normal: 'closed',
  restart: 'restart',
  busy: 'serverBusy',
  badFrame: 'badProtocol',
  tokenExpired: 'tokenExpired',
  tokenInvalid: 'wrongToken',
  originForbidden: 'originForbidden',
  gone: 'gone',
  tokenRevoked: 'tokenRevoked',
  tokenOrigin: 'tokenOrigin',
  slow: 'slow',
  elsewhere: 'elsewhere',
  tooBig: 'tooBig',
  accountDisabled: 'accountDisabled',
  tooFrequent: 'tooFrequent',
};

/** What a browser reports when the network or the server is not there (RFC 6455, section 7.4.1). */
const abnormalClosure = 1006;

const byCode = new Map<number, ErrorKey>([
  [abnormalClosure, 'unreachable'],
  ...(Object.keys(ofErrors) as (keyof typeof ofErrors)[]).map((name) => [errorCodes[name], ofErrors[name]] as const),
  ...(Object.keys(ofCloses) as (keyof typeof ofCloses)[]).map((name) => [closeCodes[name], ofCloses[name]] as const),
]);

/** The sentence for an error or close code, in a language: what happened and what to do. */
export function describeError(t: Translation, code: number | undefined): string {
  return t.errors[(code !== undefined && byCode.get(code)) || 'unknown'];
}
