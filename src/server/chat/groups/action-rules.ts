import { directRules, type ActionRules } from '../actions.js';
import { Roster } from './roster.js';

/** In a group, those who manage it take back what others wrote; they pin, and where nobody manages, everybody does. */
export const groupRules: ActionRules = {
  mayRecallOthers: (account, conversation) =>
    conversation instanceof Roster
      ? manages(account, conversation)
      : directRules.mayRecallOthers(account, conversation),
  mayPin: (account, conversation) =>
    conversation instanceof Roster
      ? manages(account, conversation) || conversation.group.form === 'private'
      : directRules.mayPin(account, conversation),
};

function manages(account: string, roster: Roster): boolean {
  return ['owner', 'admin'].includes(roster.roleOf(account));
}
