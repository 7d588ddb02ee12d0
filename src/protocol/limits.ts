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
  /** What is searched for, and how many are found at once. */
  query: 200,
  found: 50,
  /** Files in one `files`. */
  files: 100,
  /** Accounts in one `watch` or `users`. */
  accounts: 200,
  /** What somebody reacts with. */
  emoji: 32,
  /** Different emoji on one message, and reactions in all. */
  reactions: 20,
  reactionsInAll: 1_000,
  /** Pinned messages of one conversation. */
  pins: 50,
  /** Messages in one `messages`, `delete` or `forward`. */
  picked: 100,
  forward: 100,
  /** Title of a merged forward. */
  title: 128,
  /** A merged forward as it is stored, bytes. */
  mergedBytes: 48 * 1_024,
  /** Why a message is reported. */
  reason: 500,
  /** A group's intro and announcement, a member's name in it, what is written with an application or invitation. */
  groupIntro: 240,
  groupAnnouncement: 300,
  nickname: 32,
  groupNote: 150,
  /** Notices in one page. */
  notices: 100,
} as const;
