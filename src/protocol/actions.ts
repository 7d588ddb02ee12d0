import type { ActionEvent, FileInfo, Location, Merged, NotificationAttach } from './model.js';

/** What of a message an action may change. */
export type Acted = {
  readonly content?: string;
  readonly file?: FileInfo;
  readonly location?: Location;
  readonly attach?: NotificationAttach;
  readonly custom?: string;
  readonly mentions?: readonly string[];
  readonly replyTo?: number;
  readonly merged?: Merged | { readonly title: string };
  readonly rev?: number;
  readonly editTime?: number;
  readonly recalled?: { readonly by: string; readonly time: number };
  readonly reactions?: readonly { readonly emoji: string; readonly accounts: readonly string[] }[];
  readonly pinned?: { readonly by: string; readonly time: number };
};

export function isAction(event: { readonly kind: string }): event is ActionEvent {
  return event.kind === 'edit' || event.kind === 'recall' || event.kind === 'reaction' || event.kind === 'pin';
}

/**
 * The message after an action on it, for both ends alike. One that is in it already changes nothing, so that whoever takes a
 * message's actions in the order of the log may begin anywhere, and take some twice.
 */
export function withAction<M extends Acted>(message: M, event: ActionEvent): M {
  if (event.seq <= (message.rev ?? 0)) return message;
  // Nothing comes after a recall; what a log has there all the same changes nothing.
  if (message.recalled) return { ...message, rev: event.seq };
  return { ...change(message, event), rev: event.seq };
}

function change<M extends Acted>(message: M, event: ActionEvent): M {
  switch (event.kind) {
    case 'edit': {
      if (event.content === undefined) return message;
      const { mentions: _, ...rest } = message;
      const { content, time, mentions } = event;
      return { ...rest, content, editTime: time, ...(mentions && { mentions }) } as unknown as M;
    }
    case 'recall':
      return { ...bare(message), recalled: { by: event.by, time: event.time } };
    case 'reaction':
      return withReaction(message, event);
    case 'pin': {
      const { pinned: _, ...rest } = message;
      return { ...rest, ...(event.on && { pinned: { by: event.by, time: event.time } }) } as unknown as M;
    }
  }
}

/** What is left when nothing of what it said may be. */
function bare<M extends Acted>(message: M): M {
  const {
    content: _c,
    file: _f,
    location: _l,
    attach: _a,
    custom: _cu,
    mentions: _m,
    replyTo: _r,
    merged: _me,
    editTime: _e,
    reactions: _re,
    pinned: _p,
    ...rest
  } = message;
  return rest as unknown as M;
}

/** Emoji stand in the order in which they came; the accounts of each too. */
function withReaction<M extends Acted>(
  message: M,
  { emoji, account, on }: Extract<ActionEvent, { kind: 'reaction' }>,
): M {
  const { reactions: known = [], ...rest } = message;
  const at = known.findIndex((reaction) => reaction.emoji === emoji);
  const others = (known[at]?.accounts ?? []).filter((other) => other !== account);
  const accounts = on ? [...others, account] : others;
  const reactions =
    accounts.length === 0
      ? known.filter((_, index) => index !== at)
      : at < 0
        ? [...known, { emoji, accounts }]
        : known.with(at, { emoji, accounts });
  return { ...rest, ...(reactions.length > 0 && { reactions }) } as unknown as M;
}
