import { randomUUID } from 'node:crypto';
import { errorCodes, type ErrorCode } from '../../../protocol/codes.js';
import type { GroupCallOf } from '../../../protocol/groups.js';
import { notFound } from '../chat-error.js';
import { failures, refused, type Deciding, type Plan } from './plan.js';

// Who comes and who goes.

/** Puts people in, or asks them where the form wants them to agree. */
export function invite(at: Deciding, { accounts, note = '' }: GroupCallOf<'invite'>): Plan {
  at.demand('invite');
  const failed: [string, ErrorCode][] = [];
  const fresh = [...new Set(accounts)].filter((account) => {
    const code = !at.facts.exist.has(account)
      ? errorCodes.notFound
      : at.roster.member(account)
        ? errorCodes.alreadyInGroup
        : undefined;
    if (code !== undefined) failed.push([account, code]);
    return code === undefined;
  });
  if (at.isFull(fresh.length)) throw refused(errorCodes.memberLimit);
  const told = failures([...new Set(accounts)], failed);
  if (!at.rules.consent || at.role === 'app') {
    const join = fresh.map((account) => ({ account, role: 'member' as const, before: at.rules.seesBefore }));
    return { change: { join, ...at.coming('invite', fresh, fresh.length) }, reply: { code: errorCodes.ok, ...told } };
  }
  const by = at.account!;
  const requests = fresh.map((account) => ({ account, kind: 'invite' as const, by, msgId: randomUUID() }));
  const notices = requests.map(({ account, msgId }) =>
    at.notice(account, 'teamInvite', { msgId, content: note, state: 'init' }),
  );
  return { change: { requests, notices }, reply: { code: errorCodes.invited, ...told } };
}

export function answerInvitation(at: Deciding, { accept, note = '' }: GroupCallOf<'answerInvitation'>): Plan {
  const { request } = at.facts;
  // Whoever was not invited does not learn whether there is such a group.
  if (!request) throw notFound('invitation');
  if (request.state !== 'init') return answered(at);
  if (at.roster.group.dismissed) throw refused(errorCodes.noGroup);
  const account = request.account;
  const settle = { msgId: request.msgId, state: accept ? ('passed' as const) : ('rejected' as const), by: account };
  const reply = { code: errorCodes.ok, state: settle.state, by: account };
  if (!accept)
    return {
      change: { settle, notices: [at.notice(request.by, 'rejectTeamInvite', { from: account, content: note })] },
      reply,
    };
  if (at.roster.member(account)) return { change: { settle }, reply };
  if (at.isFull(1)) throw refused(errorCodes.memberLimit);
  return { change: { settle, ...coming(at, account) }, reply };
}

/** In at once, or an application to those who manage it. */
export function join(at: Deciding, { note = '' }: GroupCallOf<'join'>): Plan {
  at.demand('join');
  const account = at.account;
  if (account === undefined) throw refused(errorCodes.noGroupPermission);
  if (at.isFull(1)) throw refused(errorCodes.memberLimit);
  if (at.roster.group.joinMode === 'free') return { change: coming(at, account), reply: { code: errorCodes.ok } };
  const reply = { code: errorCodes.applied, state: 'init' as const };
  if (at.facts.request?.state === 'init') return { reply };
  const msgId = randomUUID();
  const notices = at.roster
    .managers()
    .map((manager) => at.notice(manager, 'applyTeam', { msgId, from: account, content: note, state: 'init' }));
  return { change: { requests: [{ account, kind: 'apply', by: '', msgId }], notices }, reply };
}

/** The first answer counts; whoever comes later gets that. */
export function answerApplication(at: Deciding, call: GroupCallOf<'answerApplication'>): Plan {
  at.demand('answerApplication');
  const { account, accept, note = '' } = call;
  const { request } = at.facts;
  if (!request) throw notFound('application');
  if (request.state !== 'init') return answered(at);
  const by = at.account;
  const state = accept ? ('passed' as const) : ('rejected' as const);
  const settle = { msgId: request.msgId, state, by: by ?? '' };
  const reply = { code: errorCodes.ok, state, ...(by !== undefined && { by }) };
  if (!accept)
    return { change: { settle, notices: [at.notice(account, 'rejectTeamApply', { content: note })] }, reply };
  if (at.roster.member(account)) return { change: { settle }, reply };
  if (at.isFull(1)) throw refused(errorCodes.memberLimit);
  return { change: { settle, ...coming(at, account) }, reply };
}

export function leave(at: Deciding): Plan {
  at.demand('leave');
  const account = at.account!;
  const gone = at.roster.group.dismissed ? {} : at.coming('leave', [account], -1);
  return { change: { leave: [account], ...gone }, reply: { code: errorCodes.ok } };
}

export function remove(at: Deciding, { accounts }: GroupCallOf<'remove'>): Plan {
  at.demand('remove');
  const failed: [string, ErrorCode][] = [];
  const gone = [...new Set(accounts)].filter((account) => {
    const code = at.refusal('remove', account);
    if (code !== undefined) failed.push([account, code]);
    return code === undefined;
  });
  const told = failures([...new Set(accounts)], failed);
  const notices = gone.map((account) => at.notice(account, 'removeTeamMember'));
  return {
    change: { leave: gone, notices, ...at.coming('remove', gone, -gone.length) },
    reply: { code: errorCodes.ok, ...told },
  };
}

function coming(at: Deciding, account: string) {
  const member = { account, role: 'member' as const, before: at.rules.seesBefore };
  return { join: [member], ...at.coming('join', [account], 1) };
}

function answered({ facts: { request } }: Deciding): Plan {
  const { state, answeredBy } = request!;
  return { reply: { code: errorCodes.memberState, state, ...(answeredBy && { by: answeredBy }) } };
}
