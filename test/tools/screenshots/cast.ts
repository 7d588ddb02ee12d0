/** Who writes to Alice in the pictures: accounts with names of many lengths and scripts, and what each says last. */
export const cast: readonly { readonly account: string; readonly name: string; readonly lines: readonly string[] }[] = [
  { account: 'mia', name: 'Mia Chen', lines: ['Are you coming tonight?', '我们七点在门口见！'] },
  { account: 'omar', name: 'عمر الفاروق', lines: ['صباح الخير، هل وصلت الرسالة؟'] },
  { account: 'build', name: 'Build bot', lines: Array.from({ length: 120 }, (_, i) => `build ${4_100 + i} ✓`) },
  { account: 'xia', name: '夏日旅行', lines: ['机票订好了 ✈️', '酒店也订好了，我把确认单发到邮箱。'] },
  {
    account: 'long',
    name: 'Maximiliane Alexandra von Hohenstein-Wartenberg zu Hochburg',
    lines: ['A preview that goes on and on, well beyond what a row of this list could ever show to anybody at all'],
  },
  { account: 'yuki', name: '佐藤 雪', lines: ['ありがとうございます！'] },
  { account: 'emoji', name: '🦊 Fox 🦊', lines: ['❤️❤️❤️', '👩🏿‍💻👨‍👩‍👧‍👦🏳️‍🌈'] },
  {
    account: 'support',
    name: 'Support',
    lines: ['Your ticket #4711 was answered. See https://example.com/tickets/4711'],
  },
  { account: 'dana', name: 'Dana Popescu', lines: ['👍'] },
];

/** Alice's talk with Bob, which is open in most pictures. */
export const talk: readonly (readonly ['alice' | 'bob', string])[] = [
  ['bob', 'Hi Alice! Did the chairs arrive?'],
  ['bob', 'The green ones, I mean.'],
  ['alice', 'They did, this morning.'],
  ['alice', 'All six, and nothing broken 🎉'],
  ['bob', '太好了！下午我带工具过来，大概三点左右到你那里，可以吗？'],
  ['alice', '可以的，我在家。'],
  ['bob', 'Here is how to put them together: https://example.com/assembly/garden-chair?model=green'],
  [
    'alice',
    'const legs = chairs.flatMap((chair) => chair.legs);\nif (legs.length !== 24) throw new Error("where is it?");',
  ],
  ['bob', '😂😂😂'],
  ['bob', 'سأحضر القهوة معي، هل تريدين شيئًا آخر؟'],
  [
    'alice',
    'Just yourself. A longer line, to see how a bubble wraps: we could sit outside if the weather stays as it is, and inside by the fire if it does not.',
  ],
  ['bob', 'Deal.'],
];

export const emojiWall: readonly string[] = [
  '😀😃😄😁😆😅🤣😂🙂🙃',
  '👍🏻👍🏼👍🏽👍🏾👍🏿 👩‍❤️‍💋‍👨 🧑🏽‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  '🎉'.repeat(120),
  '👨‍👩‍👧‍👦'.repeat(40),
  '1️⃣2️⃣3️⃣ ❤️‍🔥',
];

export const longTexts: readonly string[] = [
  'x'.repeat(4_000),
  'A message of four thousand characters, with spaces. '.repeat(80).slice(0, 4_000).trim(),
  '这是一条很长的消息，没有空格，也没有换行。'.repeat(40),
];
