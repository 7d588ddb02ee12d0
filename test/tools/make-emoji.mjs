// Makes src/elements/composer/tools/emoji/lists/ anew, for a new version of Unicode. What it reads is needed for nothing else:
//   npm install --no-save emojibase-data@17 cldr-annotations-full@48 cldr-annotations-derived-full@48 && node test/tools/make-emoji.mjs [folder of node_modules]
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(resolve(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url)), 'x.js'));
const read = (name) => require(name);
const target = new URL('../../src/elements/composer/tools/emoji/lists/', import.meta.url);

/** What people's systems can draw: fonts follow Unicode by two years. */
const newest = 15.1;
/** emojibase's numbers of the groups that are shown; 2 holds skin tones alone. */
const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9];

const tones = ['🏻', '🏼', '🏽', '🏾', '🏿'];
const toned = (emoji, tone) => emoji.replace(/(\p{Emoji_Modifier_Base})\uFE0F?/gu, `$1${tone}`);

const all = read('emojibase-data/en/data.json')
  .filter(({ group, version }) => groups.includes(group) && version <= newest)
  .sort((a, b) => a.order - b.order);
/** Without the sign for colour behind what is coloured anyway. */
const emojiOf = ({ emoji }) => emoji.replace(/(\p{Emoji_Presentation})\uFE0F/gu, '$1');

/** Whether the rule by which the picker makes skin tones gives what Unicode has. */
const takesTones = (entry) => {
  const known = new Set((entry.skins ?? []).map(emojiOf));
  return known.size > 0 && tones.every((tone) => known.has(toned(emojiOf(entry), tone)));
};

const lines = groups.map((group) =>
  all
    .filter((entry) => entry.group === group)
    .map((entry) => emojiOf(entry) + (takesTones(entry) ? '+' : ''))
    .join(' '),
);
const ordered = groups.flatMap((group) => all.filter((entry) => entry.group === group));

/** `name|word word`: the name, and what else it is found by. */
const line = (name, words) => {
  const rest = [...new Set(words.map((word) => word.toLowerCase()))].filter(
    (word) => !name.toLowerCase().includes(word),
  );
  return rest.length > 0 ? `${name}|${rest.join(' ')}` : name;
};

const fromEmojibase = (language) => {
  const byCode = new Map(read(`emojibase-data/${language}/data.json`).map((entry) => [entry.hexcode, entry]));
  return ordered.map(({ hexcode }) => {
    const { label = '', tags = [] } = byCode.get(hexcode) ?? {};
    return line(label, tags);
  });
};
const fromCldr = (language) => {
  const names = {
    ...read(`cldr-annotations-derived-full/annotationsDerived/${language}/annotations.json`).annotationsDerived
      .annotations,
    ...read(`cldr-annotations-full/annotations/${language}/annotations.json`).annotations.annotations,
  };
  return ordered.map((entry) => {
    const emoji = emojiOf(entry);
    const { tts: [name = ''] = [], default: words = [] } = names[emoji] ?? names[emoji.replaceAll('\uFE0F', '')] ?? {};
    return line(name, words);
  });
};

const write = (file, comment, name, value) => {
  const text = `/** ${comment} */\n// prettier-ignore\nexport const ${name} = ${JSON.stringify(value.join('\n'))};\n`;
  writeFileSync(new URL(file, target), text);
  console.log(file, text.length);
};
const emojibase = 'From emojibase 17 (MIT licence). Made by test/tools/make-emoji.mjs.';
write('emoji.ts', `A group a line; \`+\` behind what takes skin tones. ${emojibase}`, 'emoji', lines);
write(
  'en.ts',
  `Names, and behind a \`|\` further words, in the order of \`emoji.ts\`. ${emojibase}`,
  'names',
  fromEmojibase('en'),
);
write(
  'zh.ts',
  `Names, and behind a \`|\` further words, in the order of \`emoji.ts\`. ${emojibase}`,
  'names',
  fromEmojibase('zh'),
);
write(
  'ar.ts',
  'Names, and behind a `|` further words, in the order of `emoji.ts`. From CLDR 48 (Unicode licence 3). Made by test/tools/make-emoji.mjs.',
  'names',
  fromCldr('ar'),
);
console.log(
  ordered.length,
  'emoji;',
  ordered
    .filter((e) => e.skins && !takesTones(e))
    .map(emojiOf)
    .join(' '),
  'without tones;',
);
