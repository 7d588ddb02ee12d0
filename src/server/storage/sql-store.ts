import { act, edits, pins } from './actions.js';
import { createAccount, ensureAccount, find, findAll, updateAccount } from './accounts.js';
import { ensureDirect, findDirect, heads } from './conversations.js';
import type { AppendOutcome, Driver } from './driver.js';
import { acquainted, hiddenSince, hide } from './hidden.js';
import { markRead, updateView } from './member-changes.js';
import { messages, picked } from './messages.js';
import { report } from './reports.js';
import type { ActOutcome, NewAction, NewMessage, Storage } from './storage.js';
import { view, views } from './views.js';

/** All of `Storage` that is SQL. Messages come in batches: `group-commit.ts` makes them. */
export type SqlStore = Omit<Storage, 'epoch' | 'append' | 'act' | 'backup' | 'close'> & {
  append(messages: readonly NewMessage[]): Promise<AppendOutcome[]>;
  act(actions: readonly NewAction[]): Promise<(ActOutcome | 'id-reused')[]>;
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
    act: (batch) => act(driver, batch),
    messages: (conversation, from, to, viewer) => messages(driver, conversation, from, to, viewer),
    picked: (conversation, seqs, viewer) => picked(driver, conversation, seqs, viewer),
    pins: (conversation, viewer) => pins(driver, conversation, viewer),
    edits: (conversation, seq) => edits(driver, conversation, seq),
    hide: (account, conversation, seqs) => hide(driver, account, conversation, seqs),
    hiddenSince: (account, u) => hiddenSince(driver, account, u),
    report: (given) => report(driver, given),
    acquainted: (account, others) => acquainted(driver, account, others),
    view: (account, conversation) => view(driver, account, conversation),
    views: (account, options) => views(driver, account, options),
    markRead: (account, conversation, seq) => markRead(driver, account, conversation, seq),
    updateView: (account, conversation, change) => updateView(driver, account, conversation, change),
    heads: (conversations) => heads(driver, conversations),
    check: async () => {
      await driver.query('SELECT 1');
    },
  };
}
