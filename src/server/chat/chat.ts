import type { Bus } from '../bus/bus.js';
import type { Failpoints } from '../failpoints.js';
import type { Storage } from '../storage/storage.js';
import { Accounts } from './accounts.js';
import { Conversations } from './conversations.js';
import { Groups } from './groups/groups.js';
import { Notices } from './groups/notices.js';
import { Rosters } from './groups/rosters.js';
import { Messages } from './messages.js';
import { Presence } from './presence.js';
import { Receipts } from './receipts.js';
import { Views } from './views.js';

/** Everything that may be done, for those who ask: the gateway and the management API. */
export type Chat = {
  readonly accounts: Accounts;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly views: Views;
  readonly receipts: Receipts;
  readonly presence: Presence;
  readonly groups: Groups;
  readonly notices: Notices;
};

export function makeChat(storage: Storage, bus: Bus, now: () => number, failpoints?: Failpoints): Chat {
  const accounts = new Accounts(storage, bus);
  const rosters = new Rosters(storage, bus);
  const conversations = new Conversations(storage, accounts, rosters);
  const groups = new Groups(storage, bus, accounts, rosters, now);
  return {
    accounts,
    conversations,
    groups,
    notices: new Notices(storage, bus),
    messages: new Messages(storage, bus, conversations, groups, now, failpoints),
    views: new Views(storage, bus, accounts, conversations),
    receipts: new Receipts(storage, bus, conversations),
    presence: new Presence(bus, conversations, now),
  };
}
