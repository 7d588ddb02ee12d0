import { defaultFeatures, type Features } from '../../protocol/frames.js';
import type { Bus } from '../bus/bus.js';
import type { Failpoints } from '../failpoints.js';
import type { Storage } from '../storage/storage.js';
import { defaultTuning, type Tuning } from '../tuning.js';
import { Accounts } from './accounts.js';
import { Attachments } from './attachments.js';
import { Actions } from './actions.js';
import { groupRules } from './groups/action-rules.js';
import { Conversations } from './conversations.js';
import { Forwards } from './forwards.js';
import { Groups } from './groups/groups.js';
import { Notices } from './groups/notices.js';
import { Rosters } from './groups/rosters.js';
import { Messages } from './messages.js';
import { OwnSight } from './own-sight.js';
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
  readonly actions: Actions;
  readonly forwards: Forwards;
  readonly ownSight: OwnSight;
  readonly views: Views;
  readonly receipts: Receipts;
  readonly presence: Presence;
  readonly search: Search;
  readonly groups: Groups;
  readonly notices: Notices;
};

export function makeChat(
  storage: Storage,
  bus: Bus,
  now: () => number,
  failpoints?: Failpoints,
  tuning: Tuning = defaultTuning,
  features: Features = defaultFeatures,
): Chat {
  const accounts = new Accounts(storage, bus);
  const rosters = new Rosters(storage, bus);
  const conversations = new Conversations(storage, accounts, rosters);
  const groups = new Groups(storage, bus, accounts, rosters, now);
  const attachments = new Attachments(storage, conversations);
  const messages = new Messages(storage, bus, conversations, { attachments, groups }, now, failpoints);
  const views = new Views(storage, bus, accounts, conversations, features);
  return {
    accounts,
    conversations,
    groups,
    notices: new Notices(storage, bus),
    attachments,
    messages,
    actions: new Actions(storage, bus, conversations, { features, rules: groupRules, now }),
    forwards: new Forwards(accounts, conversations, attachments, messages),
    ownSight: new OwnSight(storage, bus, conversations, views, now),
    views,
    receipts: new Receipts(storage, bus, conversations, features),
    search: new Search({ storage, accounts, conversations, messages }, now, tuning),
    presence: new Presence(storage, bus, conversations, now, features),
  };
}
