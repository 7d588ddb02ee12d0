import type { SearchDialect } from '../driver.js';

/**
 * A `tsvector` of our own tokenizer's words, as they are: no dictionary and no parser, so that both databases find alike.
 * https://www.postgresql.org/docs/current/textsearch.html
 */
export const postgresSearch: SearchDialect = {
  schema: [
    `CREATE TABLE im_search (
      place bigint PRIMARY KEY,
      conversation bigint NOT NULL,
      seq bigint NOT NULL,
      words tsvector NOT NULL,
      UNIQUE (conversation, seq)
    )`,
    'CREATE INDEX im_search_words ON im_search USING gin (words)',
  ],

  async put(sql, { place, conversation, seq, words }) {
    const free = await sql.query(
      `INSERT INTO im_search (place, conversation, seq, words) VALUES (?, ?, ?, array_to_tsvector(string_to_array(?, ' ')))
       ON CONFLICT (place) DO NOTHING RETURNING place`,
      [place, conversation, seq, words.join(' ')],
    );
    return free.length > 0;
  },

  async remove(sql, place) {
    await sql.query('DELETE FROM im_search WHERE place = ?', [place]);
  },

  async find(sql, choices, { prefix, before, limit }) {
    const query = choices
      .map((words) => `(${words.map((word) => `'${word}'${prefix ? ':*' : ''}`).join(' & ')})`)
      .join(' | ');
    // Materialised: else a plan may walk everybody's messages by their place until it has found enough of these.
    const rows = await sql.query<{ place: number }>(
      `WITH found AS MATERIALIZED (SELECT place FROM im_search WHERE words @@ CAST(? AS tsquery))
       SELECT place FROM found WHERE place < ? ORDER BY place DESC LIMIT ?`,
      [query, before, limit],
    );
    return rows.map(({ place }) => place);
  },
};
