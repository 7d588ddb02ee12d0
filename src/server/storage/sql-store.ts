import { createAccount, ensureAccount, find, findAll, updateAccount } from './accounts.js';
import { ensureDirect, findDirect, heads } from './conversations.js';
import type { AppendOutcome, Driver } from './driver.js';
import { changeGroup } from './groups/change-group.js';
import {
  addMentions,
  countGroups,
  countOwned,
  createGroup,
  group,
  groupMarks,
  groupMembers,
  groupRequest,
} from './groups/groups.js';
import { noticeMarks, notices, readNotices } from './groups/notices.js';
import { markRead, updateView } from './member-changes.js';
import { messages } from './messages.js';
import type { NewMessage, Storage } from './storage.js';
import { view, views } from './views.js';

/** All of `Storage` that is SQL. Messages come in batches: `group-commit.ts` makes them. */
export type SqlStore = Omit<Storage, 'epoch' | 'append' | 'backup' | 'close'> & {
  append(messages: readonly NewMessage[]): Promise<AppendOutcome[]>;
};

/** The store over one database; `now` gives milliseconds since 1970. */
export function sqlStore(driver: Driver, now: () => number): SqlStore {
  return {
    createAccount: (account) => createAccount(driver, account, now()),
    ensureAccount: (account) => ensureAccount(driver, account, now()),
    account: (account) => find(driver, account),
    accounts: (accounts) => findAll(driver, accounts),
    updateAccount: (account, change) => updateAccount(driver, account, change),
    findDirect: (a, b) => findDirect(driver, a, b),
    ensureDirect: (a, b) => ensureDirect(driver, a, b),
    append: (batch) => driver.append(batch),
    messages: (conversation, from, to) => messages(driver, conversation, from, to),
    view: (account, conversation) => view(driver, account, conversation),
    views: (account, options) => views(driver, account, options),
    markRead: (account, conversation, seq) => markRead(driver, account, conversation, seq),
    updateView: (account, conversation, change) => updateView(driver, account, conversation, change),
    heads: (conversations) => heads(driver, conversations),
    createGroup: (fresh) => createGroup(driver, fresh),
    group: (id) => group(driver, id),
    countGroups: (form) => countGroups(driver, form),
    countOwned: (account) => countOwned(driver, account),
    changeGroup: (change) => changeGroup(driver, change),
    groupMembers: (conversation, page) => groupMembers(driver, conversation, page),
    groupMarks: (conversation) => groupMarks(driver, conversation),
    groupRequest: (conversation, account, kind) => groupRequest(driver, conversation, account, kind),
    addMentions: (conversation, seq, accounts) => addMentions(driver, conversation, seq, accounts),
    notices: (account, page) => notices(driver, account, page),
    noticeMarks: (account) => noticeMarks(driver, account),
    readNotices: (account, num) => readNotices(driver, account, num),
    check: async () => {
      await driver.query('SELECT 1');
    },
  };
}
