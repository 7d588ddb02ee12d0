import type { Bus } from '../bus/bus.js';
import type { Failpoints } from '../failpoints.js';
import type { Storage } from '../storage/storage.js';
import { defaultTuning, type Tuning } from '../tuning.js';
import { Accounts } from './accounts.js';
import { Attachments } from './attachments.js';
import { Conversations } from './conversations.js';
import { Messages } from './messages.js';
import { Presence } from './presence.js';
import { Receipts } from './receipts.js';
import { Search } from './search.js';
import { Views } from './views.js';

/** Everything that may be done, for those who ask: the gateway and the management API. */
export type Chat = {
  readonly accounts: Accounts;
  readonly conversations: Conversations;
  readonly attachments: Attachments;
  readonly messages: Messages;
  readonly views: Views;
  readonly receipts: Receipts;
  readonly presence: Presence;
  readonly search: Search;
};

export function makeChat(
  storage: Storage,
  bus: Bus,
  now: () => number,
  failpoints?: Failpoints,
  tuning: Tuning = defaultTuning,
): Chat {
  const accounts = new Accounts(storage, bus);
  const conversations = new Conversations(storage, accounts);
  const attachments = new Attachments(storage, conversations);
  return {
    accounts,
    conversations,
    attachments,
    messages: new Messages(storage, bus, conversations, attachments, now, failpoints),
    views: new Views(storage, bus, accounts, conversations),
    receipts: new Receipts(storage, bus, conversations),
    search: new Search(storage, accounts, conversations, now, tuning),
    presence: new Presence(bus, conversations, now),
  };
}
