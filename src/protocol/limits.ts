/** Bounds that both ends keep. Lengths are UTF-16 code units unless a name says bytes. */
export const limits = {
  /** One WebSocket frame, bytes of UTF-8. */
  frameBytes: 65_536,
  /** Nesting of objects and arrays in one frame; deeper is refused before it is parsed. */
  depth: 16,
  /** `content` of a message. */
  text: 5_000,
  /** `custom` of a message or of a conversation (a JSON string). */
  custom: 1_024,
  account: 32,
  /** A conversation id: `p2p-<account>` or `group-<groupId>`. */
  conversationId: 64,
  token: 4_096,
  name: 64,
  url: 1_024,
  /** Events in one `page` or `sync`. */
  page: 300,
  /** Conversations a client may name in `hello.resume.heads`, and a `list` may ask for. */
  heads: 200,
  /** Files in one `files`. */
  files: 100,
  /** Accounts in one `watch` or `users`. */
  accounts: 200,
} as const;
