import * as v from 'valibot';
import { GroupInfo, GroupMember, Notice } from '../../protocol/groups.js';
import { ConversationId } from '../../protocol/model.js';
import type { GroupRow } from './cache.js';
import type { ReadTransaction, WriteTransaction } from './schema.js';

const Row = v.object({ id: ConversationId, info: GroupInfo, members: v.exactOptional(v.array(GroupMember)) });

/** The `groups` and `notices` stores. Whatever is damaged there counts as missing: the server has it. */
export function putGroups(tx: WriteTransaction, groups: readonly GroupRow[]): Promise<unknown>[] {
  return groups.map(async (row) => tx.objectStore('groups').put(row));
}

export function putNotices(tx: WriteTransaction, notices: readonly Notice[]): Promise<unknown>[] {
  return notices.map(async (notice) => tx.objectStore('notices').put(notice));
}

export async function allGroups(tx: ReadTransaction): Promise<GroupRow[]> {
  return (await tx.objectStore('groups').getAll()).filter((row) => v.is(Row, row));
}

export async function allNotices(tx: ReadTransaction): Promise<Notice[]> {
  return (await tx.objectStore('notices').getAll()).filter((row) => v.is(Notice, row));
}

export function forgetGroups(tx: WriteTransaction): Promise<unknown>[] {
  return [tx.objectStore('groups').clear(), tx.objectStore('notices').clear()];
}
