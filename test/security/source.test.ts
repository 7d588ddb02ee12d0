import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');
const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => `${folder}/${name}`);

/** Comments tell of what code must not do. */
const codeOf = (path: string): string => read(path).replace(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
const shipped = ['src/client', 'src/elements', 'src/i18n', 'src/protocol', 'src/renderers', 'src/styles'].flatMap(
  (folder) => filesIn(folder, /\.ts$/),
);
const scripts = ['dist', 'dist/chunks'].flatMap((folder) =>
  readdirSync(root + folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => `${folder}/${name}`),
);

type LockedPackage = {
  version?: string;
  resolved?: string;
  integrity?: string;
  dev?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  link?: boolean;
};
const locked = Object.entries(
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages,
).filter(([path]) => path !== '');

describe('what is shipped', () => {
  it('S-22: no source of the widget makes markup out of text', () => {
    assert.ok(shipped.length > 80);
    const sinks =
      /unsafeHTML|unsafeSVG|unsafeStatic|\b(inner|outer)HTML\b|insertAdjacentHTML|srcdoc|document\.write|createContextualFragment|DOMParser|setHTMLUnsafe|parseFromString|\bv-html\b/;
    for (const path of shipped) assert.doesNotMatch(codeOf(path), sinks, path);
  });

  it('S-24: no selector and no style is put together from what others write', () => {
    for (const path of shipped) {
      const code = codeOf(path);
      assert.doesNotMatch(code, /(querySelector(All)?|matches|closest)\(\s*[`'"][^)]*\$\{(?!CSS\.escape)/, path);
      if (path !== 'src/styles/tokens.ts') assert.doesNotMatch(code, /unsafeCSS|replaceSync|insertRule|cssText/, path);
    }
  });

  it('S-31: no template has a style attribute, and nothing makes one', () => {
    for (const path of shipped)
      assert.doesNotMatch(codeOf(path), /styleMap|\sstyle=["'$]|setAttribute\(\s*['"]style/, path);
  });

  it('S-32: no script evaluates text, and none is loaded from anywhere but beside the widget', () => {
    for (const path of scripts) {
      const text = read(path);
      assert.doesNotMatch(
        text,
        /\beval\(|new Function\(|setTimeout\(\s*["'`]|WebAssembly|importScripts|createElement\(["'`]script/,
        path,
      );
      for (const [, specifier] of text.matchAll(/\bimport\(\s*["'`]([^"'`]+)/g))
        assert.match(specifier!, /^\.\//, path);
    }
  });

  it('S-33: nothing listens to messages of other windows, and nothing is said to them', () => {
    for (const path of shipped) {
      const code = codeOf(path);
      assert.doesNotMatch(code, /window\.postMessage|parent\.postMessage|window\.opener/, path);
      assert.doesNotMatch(code, /(window|globalThis|signals|self)\.addEventListener\(\s*['"]message['"]/, path);
    }
    for (const path of scripts)
      assert.doesNotMatch(
        read(path),
        /(?:window|globalThis|self)\.addEventListener\(["'`]message|(?:parent|opener|top)\.postMessage/,
        path,
      );
  });

  it('S-4: no secret, and no place for one, is in what a browser gets', () => {
    for (const path of [
      ...scripts,
      // What holds none of our code has no map.
      ...scripts.map((script) => `${script}.map`).filter((path) => existsSync(root + path)),
      ...filesIn('demo', /\.(html|js|css)$/),
    ]) {
      const text = read(path);
      assert.doesNotMatch(text, /IM_APP_SECRET|IM_APP_KEY|AppSecret|CheckSum|PRIVATE KEY|createHmac|SignJWT/i, path);
      assert.doesNotMatch(text, /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/, `${path}: a token`);
    }
  });

  it('S-26: a renderer of the page gets data and gives a template; the guide says whose risk markup is', () => {
    const { renderMessage, registerRenderer } = {
      renderMessage: read('src/renderers/renderer.ts'),
      registerRenderer: read('src/renderers/README.md'),
    };
    assert.match(renderMessage, /readonly html: typeof html/);
    assert.match(registerRenderer, /unsafeHTML/);
  });

  it('S-55: every dependency is locked by its hash, from the registry, and those of the server run nothing when they are installed', () => {
    assert.ok(locked.length > 100);
    for (const [path, { resolved, integrity, dev, hasInstallScript }] of locked) {
      if (resolved === undefined) continue;
      assert.match(resolved, /^https:\/\/registry\.npmjs\.org\//, path);
      assert.match(integrity ?? '', /^sha(512|384|256)-/, path);
      if (hasInstallScript) assert.ok(dev, `${path} runs a script when it is installed`);
    }
    const { scripts: own } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) assert.equal(own[name], undefined, name);
  });

  it('S-56: SECURITY.md says how to report a hole, what is held, and what was found so far', () => {
    const text = read('SECURITY.md');
    for (const heading of [
      '## The model',
      '## What a page needs',
      '## What is held',
      '## Not there yet',
      '## Known holes',
    ])
      assert.ok(text.includes(heading), heading);
    assert.match(text, /report a hole privately/);
  });
});

describe('SECURITY.md', () => {
  const text = existsSync(`${root}SECURITY.md`) ? read('SECURITY.md') : '';
  const rowsUnder = (heading: string): Map<number, string> => {
    const [, section = ''] = text.split(`\n## ${heading}\n`);
    const rows = section.split('\n## ', 1)[0]!.matchAll(/^\| S-(\d+)\s*\|(.*)\|$/gm);
    return new Map([...rows].map(([, number, rest]) => [Number(number), rest!]));
  };
  const held = rowsUnder('What is held');
  const missing = rowsUnder('Not there yet');
  const tests = filesIn('test', /\.test\.ts$|strict-policy\.ts$/).map((path) => {
    const titles = [...read(path).matchAll(/\bit\(\s*[`'"](S-[^:]*):/g)].flatMap(([, numbers]) => numbers!.split(','));
    return { path, numbers: new Set(titles.map((title) => Number(/S-(\d+)/.exec(title)![1]))) };
  });

  it('S-56: has every item once: as held, as held in part, or as not there yet', () => {
    for (let number = 1; number <= 56; number++) assert.ok(held.has(number) || missing.has(number), `S-${number}`);
    assert.equal(
      [...held, ...missing].every(([number]) => number >= 1 && number <= 56),
      true,
    );
  });

  it('S-56: names for every item that is held a file in which a test has its number, and every number of a test', () => {
    for (const [number, row] of held) {
      const named = [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path!);
      assert.ok(named.length > 0, `S-${number} names no test`);
      for (const path of named)
        assert.ok(
          tests.find((test) => test.path === path)?.numbers.has(number),
          `S-${number}: ${path} has no test of that number`,
        );
    }
    for (const { path, numbers } of tests)
      for (const number of numbers) assert.ok(held.has(number), `${path}: S-${number}`);
  });
});
