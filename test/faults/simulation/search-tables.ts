import { indexedWords, linkWord } from '../../../src/server/search-text.js';
import type { ContactRow, FoundRow, MediaQuery, MessageRow, SearchQuery } from '../../../src/server/storage/storage.js';
import type { Tables } from './tables.js';

/** Searches without an index: everything is gone through. */
export function searchTables(
  tables: Tables,
  account: string,
  { terms, conversation, before = Infinity, limit }: SearchQuery,
): FoundRow[] {
  return tables
    .views(account, { limit: Infinity })
    .map((view) => view.conversation)
    .filter((id) => conversation === undefined || id === conversation)
    .flatMap((id) => logOf(tables, id).map((message) => ({ conversation: id, message })))
    .filter(({ message }) => message.time < before && terms.length > 0 && hasAll(message, terms))
    .sort((a, b) => b.message.time - a.message.time || b.message.seq - a.message.seq)
    .slice(0, limit);
}

export function contactsOf(tables: Tables, account: string, limit: number): ContactRow[] {
  return tables
    .views(account, { limit: Infinity })
    .filter(({ lastSeq, to }) => lastSeq > 0 && to !== account)
    .slice(0, limit)
    .map(({ conversation, to }) => ({ conversation, account: to, name: tables.account(to)!.name }));
}

export function mediaOf(
  tables: Tables,
  conversation: number,
  { kind, before = Infinity, limit }: MediaQuery,
): MessageRow[] {
  const types = kind === 'media' ? ['image', 'video'] : ['audio', 'file'];
  return logOf(tables, conversation)
    .filter(({ seq, type, body }) =>
      seq < before && kind === 'links'
        ? indexedWords(type, body).includes(linkWord)
        : seq < before && types.includes(type),
    )
    .reverse()
    .slice(0, limit);
}

export function seqAtIn(tables: Tables, conversation: number, time: number): number {
  const log = logOf(tables, conversation);
  return log.find((message) => message.time >= time)?.seq ?? log.length + 1;
}

function logOf(tables: Tables, conversation: number): MessageRow[] {
  return tables.messages(conversation, 1, Infinity);
}

function hasAll({ type, body }: MessageRow, terms: readonly string[]): boolean {
  const words = indexedWords(type, body);
  return terms.every((term) => words.some((word) => word.startsWith(term)));
}
