import type { SearchDialect } from '../driver.js';

/**
 * FTS5 without the text itself and without places in it: what is found is read from the log. The words come ready from our own
 * tokenizer, so SQLite's only has to cut at spaces; `~` and `:` are ours. https://www.sqlite.org/fts5.html
 */
export const sqliteSearch: SearchDialect = {
  schema: [
    `CREATE TABLE im_search (
      place INTEGER PRIMARY KEY,
      conversation INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      UNIQUE (conversation, seq)
    ) STRICT`,
    `CREATE VIRTUAL TABLE im_words USING fts5(
      words, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars ':~'")`,
  ],

  async put(sql, { place, conversation, seq, words }) {
    const free = await sql.query(
      'INSERT INTO im_search (place, conversation, seq) VALUES (?, ?, ?) ON CONFLICT (place) DO NOTHING RETURNING place',
      [place, conversation, seq],
    );
    if (free.length === 0) return false;
    await sql.query('INSERT INTO im_words (rowid, words) VALUES (?, ?)', [place, words.join(' ')]);
    return true;
  },

  async remove(sql, place) {
    await sql.query('DELETE FROM im_words WHERE rowid = ?', [place]);
    await sql.query('DELETE FROM im_search WHERE place = ?', [place]);
  },

  async find(sql, choices, { prefix, before, limit }) {
    const match = choices
      .map((words) => `(${words.map((word) => `"${word}"${prefix ? ' *' : ''}`).join(' AND ')})`)
      .join(' OR ');
    const rows = await sql.query<{ place: number }>(
      'SELECT rowid AS place FROM im_words WHERE im_words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
      [match, before, limit],
    );
    return rows.map(({ place }) => place);
  },
};
