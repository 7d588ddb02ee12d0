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
        import { scriptFolder } from ${JSON.stringify(resolve('src/elements/script-url.ts'))};
        const load = async () => (await fetch(new URL(${JSON.stringify(fileName)}, scriptFolder))).json();
        export const names = { then: (done, failed) => load().then(done, failed) };`;
    },
  };
}

// `vite build` makes the ES module and its lazy chunks, `vite build --mode iife` the one file for pages without modules.
export default defineConfig(({ mode }) => {
  const iife = mode === 'iife';
  return {
    plugins: [iife ? emojiBeside() : forgetOldChunks(), precompress()],
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
