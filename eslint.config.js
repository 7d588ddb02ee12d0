import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const ui = ['src/elements/**/*.ts', 'src/renderers/**/*.ts', 'src/styles/**/*.ts', 'src/i18n/**/*.ts'];

/** What the files of a layer may not import, as regular expressions on the specifier. The compiler sees the rest (project references). */
const layer = (files, ...patterns) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: patterns.map((regex) => ({
          regex,
          message: 'This layer may not import that: CONTRIBUTING.md shows which may.',
        })),
      },
    ],
  },
});
const lit_ = '^(lit|@lit)(/|$)';
const node = '^(node:|ws$|fastify|@fastify/|pg$|pino)';
const rawSinks = '^lit/directives/(unsafe-|style-map)';

/** Names that a layer may not know. */
const withoutGlobals = (files, ...names) => ({
  files,
  rules: {
    'no-restricted-globals': ['error', ...names.map((name) => ({ name, message: 'Another layer does this.' }))],
  },
});

const house = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'TSEnumDeclaration', message: 'A union of string literals, or an object `as const`.' },
  {
    selector: 'MemberExpression[property.name=/^(inner|outer)HTML$/]',
    message: 'Render a template: text from outside is never markup.',
  },
  {
    selector: 'CallExpression[callee.property.name="insertAdjacentHTML"]',
    message: 'Render a template: text from outside is never markup.',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=/]',
    message:
      'A strict content security policy drops style attributes: use a class, or a custom property set from script.',
  },
];

const honestTests = [
  {
    selector: 'MemberExpression[object.name=/^(it|test|describe|context)$/][property.name=/^(skip|only|todo)$/]',
    message: 'Every test runs.',
  },
  {
    selector: 'NewExpression[callee.name="Promise"] CallExpression[callee.name="setTimeout"]',
    message: 'Wait for the condition, not for a while.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'data/', 'test/screenshots/'] },
  js.configs.recommended,
  { rules: { 'max-lines': ['error', 400], eqeqeq: 'error', 'no-console': 'off' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vite.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'test'] },
            // chai's `equal`, which @open-wc's types take for one that waits.
            { from: 'package', package: '@open-wc/semantic-dom-diff', name: 'Equal' },
          ],
        },
      ],
      // The compiler looks for unused names too, and knows a leading underscore.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Lit binds `@event=${this.method}` to the element itself.
      '@typescript-eslint/unbound-method': 'off',
      // `while (true)`, and async methods that an interface asks for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...house] } },
  {
    files: ui,
    languageOptions: { globals: globals.browser },
    settings: { wc: { elementBaseClasses: ['LitElement', 'ImElement', 'ConnectedElement'] } },
    plugins: { 'lit-a11y': litA11y },
    extends: [lit['flat/recommended'], wc['flat/recommended']],
    rules: { ...litA11y.configs.recommended.rules },
  },

  layer(['src/protocol/**/*.ts'], '^\\.\\./', '^(?!valibot$)[^.]'),
  layer(['src/client/**/*.ts'], '/(elements|renderers|styles|i18n|server)/', lit_, node),
  layer(['src/renderers/**/*.ts'], '/(elements|client/(?!api\\.js$)|server)/', node, '^idb$', rawSinks),
  layer(['src/styles/**/*.ts'], '^\\.\\./', node),
  layer(['src/i18n/**/*.ts'], '/(elements|renderers|client|server)/', node),
  layer(['src/elements/**/*.ts'], '/server/', '/client/(cache|store|transport)', node, '^idb$', rawSinks),
  layer(['src/server/**/*.ts'], '/(client|elements|renderers|styles|i18n)/', lit_, '^idb$'),
  layer(['src/server/{http,gateway}/**/*.ts'], '/(client|elements)/', lit_, '/storage/(?!storage\\.js$)'),
  layer(['src/server/chat/**/*.ts'], '/(http|gateway)/', '/storage/(?!storage\\.js$)', '^(fastify|ws$|pg$)'),
  layer(['src/server/storage/**/*.ts'], '/(http|gateway|chat|bus)/', '^(fastify|ws$)'),

  withoutGlobals(['src/client/**/*.ts'], 'document', 'window', 'customElements', 'HTMLElement'),
  withoutGlobals(ui, 'fetch', 'WebSocket', 'indexedDB', 'XMLHttpRequest', 'EventSource', 'localStorage'),

  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...house.slice(0, 2)],
      // chai: `expect(x).to.be.true`
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  { files: ['test/**/*.test.ts'], rules: { 'no-restricted-syntax': ['error', ...house.slice(0, 2), ...honestTests] } },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  { files: ['demo/**/*.js'], languageOptions: { globals: globals.browser } },
);
