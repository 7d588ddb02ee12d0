const longWord = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(100).slice(0, 4_000);

/** What people write to each other: each kind is a function of a number that makes the line unique. */
const kinds: readonly ((n: number) => string)[] = [
  (n) => `Good morning! Did you get the ${n} boxes?`,
  (n) => `好的，第${n}份文件我下午三点之前发给你。`,
  (n) => `你好！“引号”、《书名》，还有……省略号。${n}`,
  (n) => `مرحبا، كيف حالك اليوم؟ الرقم هو ${n}`,
  (n) => `The hotel is called فندق الشاطئ, room ${n}, second floor`,
  (n) => `שלום, נפגש ב-${n}:00 ליד הים`,
  (n) => `👍🏽 👩🏿‍💻 👨‍👩‍👧‍👦 🏳️‍🌈 🇨🇳 ${n}`,
  (n) => `❤️‍🔥${'😂'.repeat(12)} ${n}`,
  (n) => `const total = items.filter((item) => item.price > ${n}).length; // ok?`,
  (n) => `if (a < b && c > ${n}) { return "x"; } else { return 'y'; }`,
  (n) => `https://example.com/path/to/page-${n}?q=chat+widget&lang=zh-CN#section_2`,
  (n) => `See www.example.org/${n} (and mail me at someone${n}@example.com), please.`,
  (n) => `<img src=x onerror="document.title='owned ${n}'">`,
  (n) => `<script>window.owned = ${n}</script>`,
  (n) => `javascript:alert(${n}) is not a link`,
  (n) => `{"type":"text","constructor":{"__proto__":${n}}}`,
  (n) => `__proto__ ${n}`,
  (n) => `こんにちは、${n}番のカタカナとひらがなです。`,
  (n) => `안녕하세요 ${n}번째 메시지입니다`,
  (n) => `สวัสดีครับ ข้อความที่ ${n}`,
  (n) => `Příliš žluťoučký kůň úpěl ďábelské ódy, ${n}×`,
  (n) => `Z̸̢̛a̵͓͝l̷̰̈́g̶̩̑o̸ ${n}`,
  (n) => `e\u0301 is not é, ${n} says`,
  (n) => `first line ${n}\nsecond line\n  third, indented`,
  (n) => `${n} & &amp; &lt;b&gt; %20 \\n \\u0041 $\{x} \`\``,
  (n) => `¿Qué? ¡No! — “Sí” … ${n} €`,
  (n) => `${n}`,
  (n) => `a\u200db\u200c${n}\u2066isolated\u2069 \u202Eright to left`,
];

/** Line `n` of an endless talk. Every hundredth is 4,000 characters without a space. */
export function realLine(n: number): string {
  return n % 100 === 50 ? `${n}${longWord}`.slice(0, 4_000) : kinds[n % kinds.length]!(n);
}
