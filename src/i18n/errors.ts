import { closeCodes, errorCodes } from '../protocol/codes.js';
import type { ErrorKey, Translation } from './en.js';

/** What no sentence has the name of: a code added to the protocol does not compile without words. */
type Others<Codes> = Readonly<Record<Exclude<keyof Codes, ErrorKey>, ErrorKey>>;

const ofErrors: Others<typeof errorCodes> = {
  // These three are no errors.
  ok: 'unknown',
  applied: 'unknown',
  invited: 'unknown',
  tooLarge: 'tooBig',
  duplicateRequest: 'badParameter',
  memberLimit: 'groupFull',
  noGroupPermission: 'forbidden',
  noGroup: 'groupGone',
  wrongForm: 'forbidden',
  groupLimit: 'groupFull',
  memberState: 'answered',
  alreadyInGroup: 'answered',
  noReaders: 'forbidden',
  adminLimit: 'groupFull',
};

const ofCloses: Others<typeof closeCodes> = {
  normal: 'closed',
  busy: 'serverBusy',
  badFrame: 'badProtocol',
  tokenInvalid: 'wrongToken',
};

/** What a browser reports when the network or the server is not there (RFC 6455, section 7.4.1). */
const abnormalClosure = 1006;

const keys = (codes: Readonly<Record<string, number>>, others: Readonly<Record<string, ErrorKey>>) =>
  Object.entries(codes).map(([name, code]) => [code, others[name] ?? (name as ErrorKey)] as const);

const byCode = new Map<number, ErrorKey>([
  [abnormalClosure, 'unreachable'],
  ...keys(errorCodes, ofErrors),
  ...keys(closeCodes, ofCloses),
]);

/** The sentence for an error or close code, in a language: what happened and what to do. */
export function describeError(t: Translation, code: number | undefined): string {
  return t.errors[(code !== undefined && byCode.get(code)) || 'unknown'];
}
