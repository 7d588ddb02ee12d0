// Every part, slot and custom property that an element has stands in its class comment, and nothing else does: the manifest,
// which is made from the comments, against the templates and styles in the element's folder.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const sourcesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '');

const matches = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

/** Names in `part="a b"`, in the strings of `part=${condition ? 'a' : 'b'}`, and what `exportparts="a: b, c"` calls an inner element's. */
const partsIn = (source) => [
  ...matches(source, /\sexportparts="([^"]*)"/g).flatMap((list) =>
    list.split(',').map((entry) => entry.split(':').at(-1).trim()),
  ),
  ...matches(source, /\spart="([^"$]*)"/g),
  ...matches(source, /\sexportparts="([^"$]*)"/g).flatMap((list) =>
    list.split(',').map((pair) => pair.split(':').at(-1)),
  ),
  ...matches(source, /\spart=\$\{([^}]*)\}/g).flatMap((expression) => matches(expression, /'([^']*)'/g)),
];
/** Names of `<slot name="…">`; '' for the one without. */
const slotsIn = (source) =>
  matches(source, /<slot([^>]*)>/g).map((attributes) => /\sname="([^"]*)"/.exec(attributes)?.[1] ?? '');
const propertiesIn = (source) => matches(source, /var\(\s*(--im-[\w-]+)/g);

const words = (names) => new Set(names.flatMap((name) => name.split(/\s+/).filter(Boolean)));
// What a base class says stands in the manifest of each element too; it is checked once, where it is said.
const documented = (list = []) => new Set(list.filter((item) => !item.inheritedFrom).map(({ name }) => name));

function* differences(tag, kind, used, comment) {
  for (const name of used) if (!comment.has(name)) yield `${tag}: ${kind} "${name}" is not in the class comment`;
  for (const name of comment) if (!used.has(name)) yield `${tag}: ${kind} "${name}" is in the class comment only`;
}

function* faultsOf({ path, declaration }, tokens) {
  const { tagName } = declaration;
  const own = sourcesIn(dirname(path));
  // A message's body is drawn by the renderers, into the message's shadow tree.
  const source = tagName === 'im-message' ? own + sourcesIn('src/renderers') : own;
  const properties = [...words(propertiesIn(source))].filter((name) => !tokens.has(name));
  yield* differences(tagName, 'part', words(partsIn(source)), documented(declaration.cssParts));
  yield* differences(tagName, 'slot', new Set(slotsIn(source)), documented(declaration.slots));
  yield* differences(tagName, 'custom property', new Set(properties), documented(declaration.cssProperties));
}

const manifest = JSON.parse(readFileSync(join(root, 'dist/custom-elements.json'), 'utf8'));
const classes = manifest.modules.flatMap(({ path, declarations = [] }) =>
  declarations.map((declaration) => ({ path, declaration })),
);
const { tokens } = await import(pathToFileURL(join(root, 'dist/lib/styles/tokens.js')));
const { host } = await import(pathToFileURL(join(root, 'dist/lib/styles/host.js')));
const tokenNames = words(propertiesIn(tokens.cssText + host.cssText));
const base = classes.find(({ declaration }) => declaration.name === 'ImElement').declaration;

const faults = [
  ...differences('ImElement', 'token', tokenNames, documented(base.cssProperties)),
  ...classes.filter(({ declaration }) => declaration.tagName).flatMap((element) => [...faultsOf(element, tokenNames)]),
];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length ? 1 : 0;
