import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Leaves `.gz` and `.br` beside every script, so that the server compresses nothing while it serves. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((name) => /\.js(on)?$/.test(name))) {
        const bytes = readFileSync(join(dir, name));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        writeFileSync(
          join(dir, `${name}.br`),
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
        );
      }
    },
  };
}

/** Hashed names pile up otherwise: the folder above also holds what `tsc` wrote, so vite may not empty it. */
function forgetOldChunks(): Plugin {
  return { name: 'forget-old-chunks', buildStart: () => rmSync('dist/chunks', { recursive: true, force: true }) };
}

/** As much of a syntax tree as finding templates needs. */
type Node = { readonly type: string; readonly start: number; readonly end: number };
type Template = Node & {
  readonly tag: { readonly name?: string };
  readonly quasi: { readonly quasis: readonly Node[] };
};

const shorter = {
  /** Spaces in a string count, and before a colon: `a :hover` is not `a:hover`. */
  css: (text: string): string =>
    text
      .replace(
        /("[^"]*"|'[^']*')|\/\*[^]*?\*\/|\s*([{};>])\s*|([:,])\s+|\s+/g,
        (_, string?: string, edge?: string, after?: string, at?: number, all?: string) =>
          string ?? edge ?? after ?? (all!.startsWith('/*', at) ? '' : ' '),
      )
      .replace(/;}/g, '}'),
  /** Between elements a space is one as well as many are; none would be something else. */
  html: (text: string): string => text.replace(/\s*\n\s*(>?)/g, (_, end: string) => end || ' '),
};
const tags = new Map<unknown, (text: string) => string>([
  ['css', shorter.css],
  ['html', shorter.html],
  ['svg', shorter.html],
]);

/** The pieces of text in templates, with what shortens them. */
function* pieces(tree: unknown): Generator<readonly [Node, (text: string) => string]> {
  if (typeof tree !== 'object' || tree === null) return;
  if ((tree as Node).type === 'TaggedTemplateExpression') {
    const { tag, quasi } = tree as Template;
    const shorten = tags.get(tag.name);
    if (shorten) for (const piece of quasi.quasis) yield [piece, shorten];
  }
  for (const child of Object.values(tree)) yield* pieces(child);
}

/** Takes the indentation and the comments out of style sheets and templates: to the minifier they are strings. */
function shortenTemplates(): Plugin {
  return {
    name: 'shorten-templates',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: /\b(?:css|html|svg)`/ },
      handler(code) {
        let done = 0;
        let result = '';
        for (const [{ start, end }, shorten] of [...pieces(this.parse(code))].sort(([a], [b]) => a.start - b.start)) {
          const text = code.slice(start, end);
          const short = shorten(text);
          const after = end + (code[end] === '`' ? '`' : '${').length;
          // The lines go behind it, where they mean nothing: what follows stays where the source map says.
          const lines = '\n'.repeat(text.split('\n').length - short.split('\n').length);
          result += code.slice(done, start) + short + code.slice(end, after) + lines;
          done = after;
        }
        return { code: result + code.slice(done), map: null };
      },
    },
  };
}

type ModuleGraph = { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null };

/**
 * What the first paint needs is one file, also where lazy chunks need parts of it: cut into a chunk for each way of sharing it
 * would be larger, and load in more requests.
 */
const inOneFile = {
  groups: [
    {
      debugName: 'before the first paint',
      name(id: string, graph: ModuleGraph): string | null {
        const seen = new Set<string>();
        const walk = (module: string): void => {
          if (seen.has(module)) return;
          seen.add(module);
          for (const next of graph.getModuleInfo(module)?.importedIds ?? []) walk(next);
        };
        walk(resolve('src/define.ts'));
        return seen.has(id) ? 'im-elements' : null;
      },
    },
  ],
};
/**
 * Where everything is one script, the names of emoji, larger than all the rest, still do not come before somebody asks: they lie in
 * files beside it.
 */
function emojiBeside(): Plugin {
  return {
    name: 'emoji-beside',
    load(id) {
      const language = /\/emoji\/lists\/(en|zh|ar)\.ts$/.exec(id)?.[1];
      if (language === undefined) return undefined;
      const source = / = (".*");\n$/.exec(readFileSync(id, 'utf8'))![1];
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      const fileName = `chunks/emoji-${language}-${hash}.json`;
      this.emitFile({ type: 'asset', fileName, source });
      // Asked for when it is awaited, and not when the script runs.
      return `
        import { scriptFolder } from '../../../../script-url.js';
        const load = async () => (await fetch(new URL(${JSON.stringify(fileName)}, scriptFolder))).json();
        export const names = { then: (done, failed) => load().then(done, failed) };`;
    },
  };
}

// `vite build` makes the ES module and its lazy chunks, `vite build --mode iife` the one file for pages without modules.
export default defineConfig(({ mode }) => {
  const iife = mode === 'iife';
  return {
    plugins: [shortenTemplates(), iife ? emojiBeside() : forgetOldChunks(), precompress()],
    publicDir: false,
    // A classic script has no import.meta; there the code asks document.currentScript first.
    define: iife ? { 'import.meta.url': 'undefined' } : {},
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      target: 'es2022',
      sourcemap: true,
      reportCompressedSize: false,
      lib: {
        entry: 'src/define.ts',
        formats: [iife ? 'iife' : 'es'],
        name: 'ImElements',
        fileName: () => (iife ? 'im-elements.iife.js' : 'im-elements.js'),
      },
      rolldownOptions: {
        // Lets lazy chunks import from the entry what both need; else it would wait for a chunk of its own before the first paint.
        preserveEntrySignatures: 'allow-extension',
        output: {
          // vite's own minify keeps the whitespace of ES libraries.
          minify: true,
          ...(iife
            ? { codeSplitting: false }
            : { chunkFileNames: 'chunks/[name]-[hash].js', codeSplitting: inOneFile }),
        },
      },
    },
  };
});
