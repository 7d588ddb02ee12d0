import type { ActionRules } from '../actions.js';
import { Roster } from './roster.js';

/** Between two people: one's own only, and either pins. In a group, those who manage it take back what others wrote; they pin, and where nobody manages, everybody does. */
export const groupRules: ActionRules = {
  mayRecallOthers: (account, conversation) => (conversation instanceof Roster ? manages(account, conversation) : false),
  mayPin: (account, conversation) =>
    conversation instanceof Roster ? manages(account, conversation) || conversation.group.form === 'private' : true,
};

function manages(account: string, roster: Roster): boolean {
  return ['owner', 'admin'].includes(roster.roleOf(account));
}
