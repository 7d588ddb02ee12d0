import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check, type Evidence, type Fault, type LogRow, type View, type ViewRow } from './check.js';
import { conversationKey, History } from './history.js';
import { Tally } from './tally.js';

const talk = conversationKey('bob', 'alice');

const row = (seq: number, change: Partial<LogRow> = {}): LogRow => ({
  seq,
  id: `id-${seq}`,
  idClient: `client-${seq}`,
  from: seq % 2 ? 'alice' : 'bob',
  content: `m${seq}`,
  ...change,
});
const shown = (seq: number, change: Partial<ViewRow> = {}): ViewRow => ({ ...row(seq), status: 'success', ...change });

type Calm = { history: History; rows: LogRow[]; views: View[] };

/** Four messages, acked, stored, and shown by everybody. */
function calm(): Calm {
  const history = new History();
  const rows = [1, 2, 3, 4].map((seq) => row(seq));
  for (const { from, content, idClient, id, seq } of rows) {
    const send = { client: `${from}-1`, account: from, conversation: talk, content, invokedAt: seq };
    history.composed(history.invoke(send), idClient);
    history.ok(idClient, seq + 1, { id, seq, time: seq });
  }
  const view = (client: string, account: string, fresh = false): View => ({
    ...{ client, account, conversation: talk, unread: 0, readSeq: 4, fresh },
    rows: rows.map(({ seq }) => shown(seq)),
  });
  return { history, rows, views: [view('alice-1', 'alice'), view('bob-1', 'bob'), view('fresh', 'alice', true)] };
}

const evidence = ({ history, rows, views }: Calm): Evidence => ({
  sends: history.sends,
  log: { conversations: new Map([[talk, rows]]) },
  views,
});

/** What the checker finds once `plant` has spoilt a calm history; only that fault, and in words that name the message. */
function planted(fault: Fault, plant: (calm: Calm) => unknown, ...names: string[]): void {
  const spoilt = calm();
  plant(spoilt);
  const { findings } = check(evidence(spoilt));
  const found = findings.filter((finding) => finding.fault === fault);
  assert.ok(found.length > 0, `no ${fault} in ${JSON.stringify(findings)}`);
  for (const name of names) assert.ok(found.some(({ words }) => words.includes(name)));
}

const withRows = (view: View, rows: readonly ViewRow[]): View => ({ ...view, rows });

describe('the checker', () => {
  it('finds nothing where nothing is wrong', () => {
    const { findings, ...counts } = check(evidence(calm()));
    assert.deepEqual(findings, []);
    assert.deepEqual(counts, {
      ...{ acked: 4, lost: 0, doubled: 0, reordered: 0, unexpected: 0, holes: 0, disagreements: 0 },
    });
  });

  it('counts an acked message that is not in the log', () => {
    planted('lost', ({ rows }) => rows.splice(3, 1), '"m4" of bob (client-4)');
  });

  it('counts an acked message that is not where its ack said', () => {
    planted('lost', ({ rows }) => rows.splice(3, 1, row(5, { ...row(4), seq: 5 })), '"m4"');
    planted('lost', ({ rows }) => rows.splice(3, 1, row(4, { id: 'other' })), '"m4"');
  });

  it('lets an ack of another history stand elsewhere, but not vanish', () => {
    const sent = calm();
    const log = {
      epoch: 'restored',
      conversations: new Map([[talk, [row(1), row(2), row(3), row(4, { id: 'new' })]]]),
    };
    assert.equal(check({ sends: sent.history.sends, views: [], log }).lost, 0);
    log.conversations.get(talk)!.pop();
    assert.equal(check({ sends: sent.history.sends, views: [], log }).lost, 1);
  });

  it('counts a message that was written and is nowhere', () => {
    planted('lost', ({ history }) => history.invoke(written('m5', 'client-5')), '"m5" of alice');
  });

  it('counts none that waits in an outbox, is shown as failed, was given up, or was never taken', () => {
    const spoilt = calm();
    const { history, views } = spoilt;
    history.invoke(written('waits', 'client-5'));
    history.invoke(written('failed', 'client-6'));
    history.failed('client-6', 9, 403);
    history.invoke(written('given up', 'client-7'));
    history.discarded('client-7');
    history.invoke(written('never taken'));
    const failed: ViewRow = { idClient: 'client-6', from: 'alice', content: 'failed', status: 'fail' };
    views[0] = { ...withRows(views[0]!, [...views[0]!.rows, failed]), outbox: ['client-5'] };
    assert.deepEqual(check(evidence(spoilt)).findings, []);
  });

  it('knows a message by its content whose idClient was never heard', () => {
    const spoilt = calm();
    spoilt.history.invoke(written('m5'));
    spoilt.rows.push(row(5));
    spoilt.views = spoilt.views.map((view) => withRows(view, [...view.rows, shown(5)]));
    assert.deepEqual(check(evidence(spoilt)).findings, []);
  });

  it('counts what is stored twice', () => {
    planted('doubled', ({ rows }) => rows.push(row(5, { ...row(3), seq: 5, id: 'id-5' })), '"m3"');
    planted('doubled', ({ rows }) => rows.push(row(5, { id: 'id-3' })), '"m5"');
    planted('doubled', ({ rows }) => rows.push(row(4, { ...row(5), seq: 4 })), '"m5"');
  });

  it('counts what is shown twice', () => {
    planted('doubled', ({ views }) => (views[1] = withRows(views[1]!, [...views[1]!.rows, shown(4)])), 'bob-1');
    const waiting = shown(3, { status: 'sending' });
    planted('doubled', ({ views }) => (views[0] = withRows(views[0]!, [...views[0]!.rows, waiting])), '"m3"');
  });

  it('counts what one client sent and the log has in another order', () => {
    const swap = ({ rows }: Calm): void => {
      rows.splice(0, 4, row(3, { seq: 1 }), row(2), row(1, { seq: 3 }), row(4));
    };
    planted('reordered', swap, '"m3" of alice');
  });

  it('lets what was offered again by hand, and what another client sent, stand where it came', () => {
    const spoilt = calm();
    const { history, rows, views } = spoilt;
    history.invoke(written('m6', 'client-6'));
    history.failed('client-6', 7, 503);
    history.invoke({ ...written('m5', 'client-5'), client: 'alice-2' });
    history.resent('client-6');
    const added = [row(5), row(6, { from: 'alice' })];
    rows.push(...added);
    spoilt.views = views.map((view) =>
      withRows(view, [...view.rows, ...added.map((each): ViewRow => ({ ...each, status: 'success' }))]),
    );
    assert.deepEqual(check(evidence(spoilt)).findings, []);
  });

  it('counts a view out of order', () => {
    const order = [1, 3, 2, 4].map((seq) => shown(seq));
    planted('reordered', ({ views }) => (views[0] = withRows(views[0]!, order)), 'alice-1', '"m2"');
  });

  it('counts what nobody sent', () => {
    planted('unexpected', ({ rows }) => rows.push(row(5)), '"m5"');
    planted('unexpected', ({ rows }) => rows.splice(3, 1, row(4, { from: 'alice' })), '"m4" of alice');
    planted('unexpected', ({ rows }) => rows.splice(3, 1, row(4, { idClient: 'other' })), '(other)');
    const foreign = [shown(1), shown(2), shown(3), shown(4, { content: 'half' })];
    planted('unexpected', ({ views }) => (views[0] = withRows(views[0]!, foreign)), '"half"');
  });

  it('counts holes, in the log and in a view', () => {
    planted('holes', ({ rows }) => rows.splice(1, 1), '2–2');
    planted('holes', ({ views }) => (views[0] = withRows(views[0]!, [shown(1), shown(4)])), '2–3', 'alice-1');
  });

  it('counts views that differ from the log', () => {
    const show = (rows: ViewRow[], ...names: string[]): void =>
      planted('disagreements', ({ views }) => (views[0] = withRows(views[0]!, rows)), ...names);
    show([shown(1), shown(2), shown(3)], 'lacks "m4"');
    show([shown(1), shown(2), shown(3), shown(4, { id: 'other' })], '"m4"');
    show([shown(1), shown(2), shown(3), shown(4), shown(5)], 'the log has nothing');
    show([shown(1), shown(2), shown(3), shown(4, { status: 'fail' })], 'though it is stored');
  });

  it('counts what a client that lived long has otherwise than a fresh one', () => {
    planted('disagreements', ({ views }) => (views[0] = { ...views[0]!, unread: 1 }), 'unread 1');
    planted('disagreements', ({ views }) => (views[0] = { ...views[0]!, readSeq: 2 }), 'readSeq 2');
  });
});

function written(content: string, idClient?: string) {
  const base = { client: 'alice-1', account: 'alice', conversation: talk, content, invokedAt: 5 };
  return { ...base, ...(idClient !== undefined && { idClient }) };
}

describe('the tally', () => {
  it('counts by fault, over runs and processes', () => {
    const [here, there] = [new Tally(), new Tally()];
    here.add(new Map([['F10', 2]]), { acked: 5, lost: 0, doubled: 0 }, 1_500);
    there.add(new Map([['F9', 1]]), { acked: 3, lost: 1, doubled: 2 });
    there.add(new Map([['F10', 1]]), { acked: 3, lost: 0, doubled: 0 }, 500);
    here.merge(there.counts());
    assert.deepEqual(here.counts(), [
      { fault: 'F9', injected: 1, acked: 3, lost: 1, doubled: 2, convergeMs: [] },
      { fault: 'F10', injected: 3, acked: 8, lost: 0, doubled: 0, convergeMs: [1_500, 500] },
    ]);
    assert.match(here.table(), /^fault .*\nF9 +1 +3 +1 +2 +– +– +–\nF10 +3 +8 +0 +0 +1\.5 s +1\.5 s +1\.5 s$/);
  });
});
