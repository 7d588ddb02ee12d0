import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Notice } from '../../protocol/groups.js';
import type { ActionEvent, WireMessage } from '../../protocol/model.js';
import type { Entry } from '../store/entry.js';
import type { Draft, FileRow, GroupRow, OutboxRow, SentRow } from './cache.js';

/** A log event: a message, an action, or one that this version cannot read, which says so: what lost its message is damaged. */
export type EventRow = {
  readonly cid: string;
  readonly seq: number;
  readonly n?: number;
  readonly unknown?: true;
  readonly message?: WireMessage;
  readonly action?: ActionEvent;
};

export interface Schema extends DBSchema {
  events: { key: [cid: string, seq: number]; value: EventRow };
  conversations: { key: string; value: Entry };
  outbox: { key: string; value: OutboxRow };
  sent: { key: string; value: SentRow; indexes: { ackedAt: number } };
  drafts: { key: string; value: Draft };
  meta: { key: string; value: unknown };
  files: { key: string; value: FileRow };
  groups: { key: string; value: GroupRow };
  notices: { key: number; value: Notice };
}

export type Database = IDBPDatabase<Schema>;
export type WriteTransaction = IDBPTransaction<Schema, StoreNames<Schema>[], 'readwrite'>;
export type ReadTransaction = IDBPTransaction<Schema, StoreNames<Schema>[], 'readonly'>;
type UpgradeTransaction = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

export const storeNames: StoreNames<Schema>[] = [
  'events',
  'conversations',
  'outbox',
  'sent',
  'drafts',
  'meta',
  'files',
  'groups',
  'notices',
];

/** Append only: the length is the database's version, and what stands here has run on somebody's machine. */
export const migrations: readonly ((db: Database, tx: UpgradeTransaction) => void)[] = [
  (db) => {
    db.createObjectStore('events', { keyPath: ['cid', 'seq'] });
    db.createObjectStore('conversations', { keyPath: 'conversation.id' });
    db.createObjectStore('outbox', { keyPath: 'idClient' });
    db.createObjectStore('sent', { keyPath: 'idClient' }).createIndex('ackedAt', 'ackedAt');
    db.createObjectStore('drafts', { keyPath: 'cid' });
    db.createObjectStore('meta');
  },
  (db) => void db.createObjectStore('files', { keyPath: 'idClient' }),
  (db) => {
    db.createObjectStore('groups', { keyPath: 'id' });
    db.createObjectStore('notices', { keyPath: 'num' });
  },
];
