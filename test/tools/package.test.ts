import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');

type Package = {
  exports: Record<string, string | Record<string, string>>;
  bin: Record<string, string>;
  customElements: string;
  dependencies: Record<string, string>;
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Package;

/** Runs a module in a Node of its own, in which the package is known by its name, and gives what it printed. */
const inNode = async (code: string): Promise<string> =>
  (await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: root })).stdout.trim();

describe('the package', () => {
  it('has every file that it names', () => {
    const named = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? target : Object.values(target),
    );
    for (const file of [...named, ...Object.values(manifest.bin), manifest.customElements])
      assert.ok(existsSync(join(root, file)), file);
  });

  it('resolves by name, and gives what the README imports', async () => {
    const code = `
      const [main, client, server] = await Promise.all(['im-elements', 'im-elements/client', 'im-elements/server'].map((name) => import(name)));
      console.log([typeof main.registerRenderer, typeof main.ImMessenger, typeof client.ChatClient, typeof server.createServer].join());`;
    assert.equal(await inNode(code), 'function,function,function,function');
  });

  it('does nothing when it is imported: no global, no element', async () => {
    const code = `
      await import('lit');
      const before = new Set(Reflect.ownKeys(globalThis));
      await import('im-elements');
      const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String);
      console.log(JSON.stringify([added, globalThis.customElements?.get('im-messenger') === undefined]));`;
    assert.equal(await inNode(code), '[[],true]');
  });

  it('is packed whole, and without what only the build needs', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const paths = new Set(files.map(({ path }) => path));
    for (const path of [
      'dist/im-elements.js',
      'dist/im-elements.iife.js',
      'dist/lib/server/main.js',
      'demo/index.html',
      'README.md',
      'LICENSE',
    ])
      assert.ok(paths.has(path), path);
    assert.deepEqual(
      [...paths].filter((path) => /tsbuildinfo$|^(src|test|data|node_modules)\//.test(path)),
      [],
    );
  });
});

describe('the scripts for browsers', () => {
  const scripts = ['.', 'chunks'].flatMap((folder) =>
    readdirSync(join(dist, folder))
      .filter((name) => /\.js(\.map)?$/.test(name))
      .map((name) => join(folder, name)),
  );

  it('hold nothing of this machine, of the server, or of Node', () => {
    for (const name of scripts) {
      const text = readFileSync(join(dist, name), 'utf8');
      for (const word of [
        'process.env',
        'IM_APP_SECRET',
        'CheckSum',
        'PRIVATE KEY',
        'src/server/',
        root,
        `${homedir()}/`,
      ])
        assert.ok(!text.includes(word), `${name} has ${word}`);
    }
  });

  it('find their lazy parts beside themselves', () => {
    const text = readFileSync(join(dist, 'im-elements.js'), 'utf8');
    const lazy = [...text.matchAll(/import\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map((match) => match[1]!);
    assert.ok(lazy.length > 0);
    for (const specifier of lazy) assert.ok(existsSync(join(dist, specifier)), specifier);
    assert.ok(!/import\(/.test(readFileSync(join(dist, 'im-elements.iife.js'), 'utf8')), 'the classic script has none');
  });
});
