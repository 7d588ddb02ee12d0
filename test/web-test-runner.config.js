import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins';
import { browsers } from './tools/browsers.mjs';
import { serverPlugin } from './tools/server-plugin.mjs';
import { unitReporter } from './tools/unit-reporter.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export default {
  rootDir: path('..'),
  files: [path('unit/**/*.test.ts')],
  nodeResolve: { exportConditions: ['development', 'browser'] },
  // Two cores: one engine, one page at a time.
  concurrentBrowsers: 1,
  concurrency: 1,
  browsers: browsers(process.env.WTR_BROWSERS ?? 'chromium,firefox,webkit'),
  plugins: [
    // It reads this very file and does not follow `extends`: the decorator options must stand in it.
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: path('tsconfig.json') }),
    a11ySnapshotPlugin(),
    serverPlugin(),
  ],
  reporters: [defaultReporter({ reportTestProgress: false }), unitReporter()],
  testFramework: { config: { timeout: 10_000 } },
  testsFinishTimeout: 120_000,
  browserStartTimeout: 60_000,
  // Lit says on every page that it is in development mode, which is what the tests want.
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
};
