import { isAction, withAction, type Acted } from '../../protocol/actions.js';
import { limits } from '../../protocol/limits.js';
import type { ActionEvent } from '../../protocol/model.js';
import type { ActRefusal, MessageRow, NewAction } from './storage.js';

/** The types of those rows of a log that are no messages. */
export const actionTypes = ['edit', 'recall', 'reaction', 'pin'] as const;

/** What an action leaves: its own row's body, and the message's. */
export type Applied = { readonly own: string; readonly target: string };

/**
 * What of the message's state decides whether this may be done to it. Here and not with the other rules, since it holds only inside the
 * transaction that does it.
 * @param pins how many messages are pinned there
 */
export function refusalOf(
  target: MessageRow | undefined,
  { targetId, from, time, act }: NewAction,
  pins: number,
): ActRefusal | undefined {
  if (!target || target.id !== targetId || isAction({ kind: target.type })) return 'absent';
  const state = stateOf(target.body);
  if (!state) return 'absent';
  if (target.type === 'notification' || state.recalled) return 'notForThis';
  switch (act.kind) {
    case 'edit':
      if (target.from !== from) return 'notYours';
      if (target.type !== 'text') return 'notForThis';
      return late(target, time, act.withinMs);
    case 'recall':
      if (act.others) return undefined;
      if (target.from !== from) return 'notYours';
      return late(target, time, act.withinMs);
    case 'reaction':
      return act.on ? tooMany(state, act.emoji) : undefined;
    case 'pin':
      return act.on && !state.pinned && pins >= limits.pins ? 'tooManyPins' : undefined;
  }
}

/** Within 0 ms: never, whatever the clock does. */
function late({ time: sent }: MessageRow, time: number, withinMs: number): ActRefusal | undefined {
  return Math.max(time - sent, 0) >= withinMs ? 'tooLate' : undefined;
}

function tooMany({ reactions = [] }: Acted, emoji: string): ActRefusal | undefined {
  const known = reactions.some((reaction) => reaction.emoji === emoji);
  if (!known && reactions.length >= limits.reactions) return 'tooManyEmoji';
  const all = reactions.reduce((sum, { accounts }) => sum + accounts.length, 0);
  return all >= limits.reactionsInAll ? 'tooManyReactions' : undefined;
}

/** @param seq the action's own place */
export function applied(target: MessageRow, action: NewAction, seq: number): Applied {
  const event = eventOf(target, action, seq);
  const { kind: _k, seq: _s, ...rest } = event;
  const { by: _b, account: _a, time: _t, ...own } = rest as Record<string, unknown>;
  return { own: JSON.stringify(own), target: JSON.stringify(withAction(stateOf(target.body) ?? {}, event)) };
}

/** What is left of an edit's own row when its message was recalled. */
export function emptied(target: number): string {
  return JSON.stringify({ target });
}

/** What a message says, as its edit history has it. */
export function contentOf(body: string): string {
  return stateOf(body)?.content ?? '';
}

function eventOf({ from: sender }: MessageRow, { from, time, target, act }: NewAction, seq: number): ActionEvent {
  const at = { seq, target };
  switch (act.kind) {
    case 'edit': {
      const { content, mentions } = act;
      return { kind: 'edit', ...at, by: from, time, content, ...(mentions && { mentions }) };
    }
    case 'recall':
      return { kind: 'recall', ...at, by: from, time, from: sender };
    case 'reaction':
      return { kind: 'reaction', ...at, account: from, emoji: act.emoji, on: act.on };
    case 'pin':
      return { kind: 'pin', ...at, by: from, time, on: act.on };
  }
}

/** `undefined` for a damaged record. */
function stateOf(body: string): Acted | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
