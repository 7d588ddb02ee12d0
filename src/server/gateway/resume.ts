import type { ResumePoint } from '../../protocol/frames.js';
import { limits } from '../../protocol/limits.js';
import { conversationId } from '../../protocol/ids.js';
import { ChatError } from '../chat/chat-error.js';
import type { Conversation } from '../chat/conversations.js';
import { storedEventJson } from '../chat/log-event.js';
import { profileOf } from '../chat/accounts.js';
import { infoOf } from '../chat/views.js';
import type { AccountRow, MessageRow, ViewRow } from '../storage/storage.js';
import type { GatewayServices } from './services.js';
import type { Session } from './session.js';

/** How many of the newest a client gets of a conversation that it knows nothing of, or is too far behind in. */
const freshPage = 20;
/** Reads of the log that are under way at once for one resume. */
const parallel = 8;

/** Where the client stands, once it is known to be of this history. */
type Known = { readonly u: number; readonly heads: ReadonlyMap<string, number> };
const nothing: Known = { u: 0, heads: new Map() };

/**
 * `welcome`, then what the client missed, then `synced`. The session is subscribed and holds live events back; they go out at the
 * end, those of them that the log had not shown already. The account's `u` is read before its views, so what
 * changes between the two is told twice and never not at all.
 * @param leave called when the rest depends on how fast the client reads: nobody waits for that
 */
export async function resume(
  services: GatewayServices,
  session: Session,
  ttlS: number,
  point: ResumePoint | undefined,
  leave: () => void,
): Promise<void> {
  const account = await services.chat.accounts.ensure(session.account);
  welcome(services, session, account, ttlS);
  const { rows, more } = await services.chat.views.page(session.account, limits.heads);
  if (more && point) rows.push(...(await namedBeyond(services, session, point, rows)));
  const left = point ? groupsLeft(point, rows) : new Set<string>();
  let known = point ? { u: point.u, heads: new Map(point.heads) } : nothing;
  if (point && isForeign(point, account, rows, services.epoch, left)) {
    known = nothing;
    session.send({ t: 'reset' });
  }
  if (known !== nothing) await tellDeleted(services, session, known.u, account.u, rows);
  const changed = rows.filter((row) => isNews(row, known));
  for (let i = 0; i < changed.length && session.out.open; i += parallel) {
    const syncs = await Promise.all(
      changed.slice(i, i + parallel).map((row) => syncText(services, session, row, known)),
    );
    for (const text of syncs) session.out.sendRequested(text);
    if (session.out.full) leave();
    await session.out.drained();
  }
  for (const cid of left) session.send({ t: 'user', event: { kind: 'left', cid } });
  await sendNotices(services, session, account, known);
  session.send({ t: 'synced', u: account.u, more });
  const sentTo = new Map<number, number>();
  for (const row of rows) {
    sentTo.set(row.conversation, row.lastSeq);
    services.heads.joined(conversationOf(row, session.account), row.lastSeq);
  }
  session.release(sentTo);
}

/** Of a group only who has come is named: everybody would have to be read for it. */
function conversationOf(row: ViewRow, account: string): Conversation {
  const { conversation: id, scene, to } = row;
  return scene === 'group' ? { id, scene, cid: cidOf(row), members: [account] } : { id, scene, members: [account, to] };
}

/** What is new, or changed, among the account's notices. */
async function sendNotices(
  { chat }: GatewayServices,
  session: Session,
  account: AccountRow,
  known: Known,
): Promise<void> {
  if (!account.notices || account.notices.u <= known.u) return;
  const changed = await chat.notices.changed(session.account, known.u, limits.notices);
  for (const { u, notice } of changed) session.send({ t: 'user', event: { kind: 'notice', u, notice } });
  const { u, read: num } = account.notices;
  if (num > 0) session.send({ t: 'user', event: { kind: 'notices-read', u, num } });
}

/** Groups that the client names and the account is not in any more. */
function groupsLeft(point: ResumePoint, rows: readonly ViewRow[]): ReadonlySet<string> {
  const here = new Set(rows.map(cidOf));
  return new Set(point.heads.map(([cid]) => cid).filter((cid) => cid.startsWith('group-') && !here.has(cid)));
}

function welcome(
  { epoch, clock, tuning, features }: GatewayServices,
  session: Session,
  account: AccountRow,
  ttlS: number,
): void {
  session.send({
    t: 'welcome',
    account: session.account,
    profile: profileOf(account),
    connection: session.connection,
    epoch,
    u: account.u,
    heartbeatMs: tuning.heartbeatMs,
    ttlS,
    time: clock.now(),
    limits: { text: limits.text, frameBytes: limits.frameBytes, custom: limits.custom },
    features,
  });
}

/** What the account has deleted for itself on another device meanwhile: the client may have it in its cache. */
async function tellDeleted(
  { chat }: GatewayServices,
  session: Session,
  from: number,
  to: number,
  rows: readonly ViewRow[],
): Promise<void> {
  if (from >= to) return;
  const cids = new Map(rows.map((row) => [row.conversation, cidOf(row)]));
  for (const [conversation, hidden] of await chat.ownSight.hiddenSince(session.account, from)) {
    const cid = cids.get(conversation) ?? (await chat.views.cidOf(session.account, conversation));
    if (cid === undefined) continue;
    const seqs = hidden.map(({ seq }) => seq);
    session.send({ t: 'user', event: { kind: 'deleted', u: hidden.at(-1)!.u, cid, seqs } });
  }
}

/** Conversations that the client named and that are not among its newest here. */
async function namedBeyond(
  { chat }: GatewayServices,
  session: Session,
  point: ResumePoint,
  rows: readonly ViewRow[],
): Promise<ViewRow[]> {
  const seen = new Set(rows.map(cidOf));
  const found: ViewRow[] = [];
  for (const cid of new Set(point.heads.map(([named]) => named))) {
    if (seen.has(cid)) continue;
    const row = await chat.views.find(session.account, cid).catch((error: unknown) => {
      if (error instanceof ChatError) return undefined;
      throw error;
    });
    if (row) found.push(row);
  }
  return found;
}

/** Whether the client's cursors are of another history: another epoch, or ahead of this one. */
function isForeign(
  point: ResumePoint,
  account: AccountRow,
  rows: readonly ViewRow[],
  epoch: string,
  left: ReadonlySet<string>,
): boolean {
  if (point.epoch !== epoch || point.u > account.u) return true;
  const lastSeq = new Map(rows.map((row) => [cidOf(row), row.lastSeq]));
  return point.heads.some(([cid, head]) => !left.has(cid) && head > (lastSeq.get(cid) ?? 0));
}

function isNews(row: ViewRow, known: Known): boolean {
  const head = known.heads.get(cidOf(row));
  if (head === undefined) return row.lastSeq > 0;
  return head < row.lastSeq || row.u > known.u;
}

async function syncText({ chat }: GatewayServices, session: Session, row: ViewRow, known: Known): Promise<string> {
  const head = known.heads.get(cidOf(row));
  const to = row.lastSeq;
  const first = head === undefined || to - head > limits.page ? Math.max(to - freshPage + 1, 1) : head + 1;
  // What was said before the member came counts as covered.
  const from = first <= (row.since ?? 0) + 1 ? Math.min(first, (head ?? 0) + 1) : first;
  const gap = from > (head ?? 0) + 1;
  const events = (await eventsOf(chat, session.account, row, Math.max(from, (row.since ?? 0) + 1)))
    .map(storedEventJson)
    .join(',');
  const conversation = JSON.stringify(infoOf(row));
  return `{"t":"sync","conversation":${conversation},"from":${from},"to":${to},${gap ? '"gap":true,' : ''}"events":[${events}]}`;
}

/** The commonest case, one message missed, needs no look into the log: the view has it. */
function eventsOf(chat: GatewayServices['chat'], account: string, row: ViewRow, from: number): Promise<MessageRow[]> {
  if (from === row.lastSeq && row.lastMessage?.seq === from) return Promise.resolve([row.lastMessage]);
  return chat.messages.range(row.conversation, from, row.lastSeq, account);
}

function cidOf(row: ViewRow): string {
  return conversationId(row.scene, row.to);
}
