/**
 * Runs from the repository's root (see `npm run lint`): ESLint leaves out what lies outside its base path, and the
 * dashboard lies outside this folder.
 */

import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['build/**', '**/node_modules/**'] },
  js.configs.recommended,
  {
    files: ['dashboard/**/*.js', 'tests/browser/**/*.js'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { ecmaVersion: 2022, sourceType: 'module' },
    rules: {
      'array-callback-return': 'error',
      'curly': 'error',
      'default-case-last': 'error',
      'eqeqeq': 'error',
      'max-depth': ['error', 4],
      'max-len': ['error', { code: 120 }],
      'max-lines': ['error', 300],
      'no-console': 'error',
      'no-else-return': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-param-reassign': 'error',
      'no-promise-executor-return': 'error',
      'no-self-compare': 'error',
      'no-shadow': 'error',
      'no-template-curly-in-string': 'error',
      'no-throw-literal': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unreachable-loop': 'error',
      'no-unused-expressions': ['error', { allowShortCircuit: true }],
      'no-useless-return': 'error',
      'no-var': 'error',
      'no-warning-comments': 'error',
      'object-shorthand': 'error',
      'prefer-arrow-callback': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
      'require-atomic-updates': 'error',
    },
  },
  {
    files: ['dashboard/**/*.js'],
    languageOptions: { globals: globals.browser },
    rules: {
      // What a stranger on the network typed must never become markup.
      'no-restricted-properties': ['error',
        { property: 'innerHTML' }, { property: 'outerHTML' }, { property: 'insertAdjacentHTML' },
        { object: 'document', property: 'write' }],
    },
  },
  {
    // Callbacks of page.evaluate() are written here and run in the page.
    files: ['tests/browser/**/*.js'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
];
