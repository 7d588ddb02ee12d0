import { checkLog } from './check-log.js';
import { checkViews } from './check-views.js';
import type { Send } from './history.js';

/** A message as the log has it. */
export type LogRow = {
  readonly seq: number;
  readonly id: string;
  readonly idClient: string;
  readonly from: string;
  readonly content: string;
  /** What was done to it, as text; compared where both sides tell. */
  readonly state?: string;
};

/** What the store holds in the end: the truth that everything else is compared with. */
export type Log = {
  /** Which history this is; where it is another one than that of an ack, the message may have got another place. */
  readonly epoch?: string;
  /** By conversation, ascending. */
  readonly conversations: ReadonlyMap<string, readonly LogRow[]>;
  /** By conversation: the places that something else than a message has. */
  readonly others?: ReadonlyMap<string, ReadonlySet<number>>;
  /** By account and conversation: the places of what the account has deleted for itself. */
  readonly deleted?: ReadonlyMap<string, ReadonlySet<number>>;
};

/** A message as a client shows it; without `seq` where it is not stored yet. */
export type ViewRow = {
  readonly seq?: number;
  readonly id?: string;
  readonly idClient: string;
  readonly from: string;
  readonly content: string;
  readonly status: 'sending' | 'success' | 'fail';
  readonly state?: string;
};

/** What one client shows of one conversation in the end. */
export type View = {
  readonly client: string;
  readonly account: string;
  readonly conversation: string;
  /** In the order shown. */
  readonly rows: readonly ViewRow[];
  readonly unread?: number;
  readonly readSeq?: number;
  /** The list's line: the newest message, as text. */
  readonly last?: string;
  /** `idClient`s that still wait to be sent. */
  readonly outbox?: readonly string[];
  /** Made of the server's state alone: the views of the account's other clients must equal it. */
  readonly fresh?: boolean;
};

export type Fault = 'lost' | 'doubled' | 'reordered' | 'unexpected' | 'holes' | 'disagreements';
export type Finding = { readonly fault: Fault; readonly words: string };

export type Verdict = Readonly<Record<Fault, number>> & {
  readonly acked: number;
  readonly findings: readonly Finding[];
};

export type Evidence = { readonly sends: readonly Send[]; readonly log: Log; readonly views: readonly View[] };

/** Compares what was sent with the log, and the log with what every client shows: cached state + events = fresh state. */
export function check({ sends, log, views }: Evidence): Verdict {
  const findings = [...checkLog(sends, log, views), ...checkViews(sends, log, views)];
  const count = (fault: Fault): number => findings.filter((finding) => finding.fault === fault).length;
  return {
    acked: sends.filter(({ end }) => end.kind === 'ok').length,
    lost: count('lost'),
    doubled: count('doubled'),
    reordered: count('reordered'),
    unexpected: count('unexpected'),
    holes: count('holes'),
    disagreements: count('disagreements'),
    findings,
  };
}
