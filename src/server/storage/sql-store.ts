import { act, edits, pins } from './actions.js';
import { createAccount, ensureAccount, find, findAll, updateAccount } from './accounts.js';
import { ensureDirect, findDirect, heads } from './conversations.js';
import type { AppendOutcome, Driver } from './driver.js';
import {
  beginFile,
  dropFile,
  dropOrphans,
  file,
  finishFile,
  forgetFile,
  readableFiles,
  secret,
  useFiles,
} from './files.js';
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
import { index, reindex, unindexed } from './index-log.js';
import { media } from './media.js';
import { messages, picked, seqAt } from './messages.js';
import { contacts, search } from './search.js';
import { acquainted, hiddenSince, hide } from './hidden.js';
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
    index: (conversations, limit) => index(driver, conversations, limit),
    unindexed: (account) => unindexed(driver, account),
    reindex: (conversation, seq) => reindex(driver, conversation, seq),
    search: (account, query) => search(driver, account, query),
    contacts: (account, limit) => contacts(driver, account, limit),
    media: (conversation, query) => media(driver, conversation, query),
    seqAt: (conversation, time) => seqAt(driver, conversation, time),
    heads: (conversations) => heads(driver, conversations),
    beginFile: (given, within) => beginFile(driver, given, within),
    file: (id) => file(driver, id),
    finishFile: (id, found, time) => finishFile(driver, id, found, time),
    useFiles: (account, conversation, ids) => useFiles(driver, account, conversation, ids),
    readableFiles: (account, conversation, ids) => readableFiles(driver, account, conversation, ids),
    dropFile: (id, owner) => dropFile(driver, id, owner),
    dropOrphans: (before, limit) => dropOrphans(driver, before, limit),
    forgetFile: (id) => forgetFile(driver, id),
    secret: (name, made) => secret(driver, name, made),
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
