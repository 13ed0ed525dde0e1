// The rules of the house as errors. Boundaries come from the tags in each package.json (scope, type, plane, platform).
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import maxParams from './tools/eslint/max-params.mjs';
import noModuleState from './tools/eslint/no-module-state.mjs';

const SOURCES = ['apps/**/*.ts', 'libs/**/*.ts', 'tools/**/*.ts'];
const TESTS = ['**/*.spec.ts', '**/test/**/*.ts', 'libs/testing/**/*.ts', '**/*.contract-suite.ts'];

const only = (sourceTag, ...tags) => ({ sourceTag, onlyDependOnLibsWithTags: tags });
const boundaries = (extra) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    allowCircularSelfDependency: true,
    depConstraints: [
      only('type:kernel', 'type:none', ...extra),
      only('type:lib', 'type:lib', 'type:kernel', ...extra),
      only('type:testing', 'type:testing', 'type:lib', 'type:kernel'),
      only('type:app', 'type:lib', 'type:kernel', ...extra),
      only('platform:any', 'platform:any', ...extra.map(() => 'platform:node')),
      { sourceTag: 'plane:clear', notDependOnLibsWithTags: ['seals:yes'] },
      { sourceTag: 'type:lib', notDependOnLibsWithTags: ['seals:yes'] },
    ],
  },
];
/** The command line composes every service; no other app knows another one. */
const composing = () => {
  const [level, options] = boundaries(['type:app', 'type:testing']);
  return [level, { ...options, depConstraints: options.depConstraints.filter((rule) => rule.sourceTag === 'type:app') }];
};

const HARMLESS_CRYPTO = ['randomUUID', 'hash', 'createHash', 'createHmac', 'randomBytes', 'randomInt', 'timingSafeEqual'];
const cryptoPaths = ['node:crypto', 'crypto'].map((name) => ({
  name,
  allowImportNames: HARMLESS_CRYPTO,
  message: 'Encryption, signatures and key derivation live in @selfos/crypto.',
}));
const cryptoPatterns = [
  { group: ['jose', 'jose/*', '@node-rs/argon2', '@noble/*', 'libsodium*'], message: 'Crypto libraries are used by @selfos/crypto only.' },
];
const domainPaths = [{ name: '@nestjs/common', allowImportNames: ['Injectable'], message: 'The domain knows nothing of Nest but Injectable.' }];
const domainPatterns = [
  {
    group: ['@nestjs/core', '@nestjs/microservices', '@nestjs/platform-*', 'typeorm', 'mongoose', 'fastify', 'pg', 'ioredis', 'undici', '@selfos/http'],
    message: 'The domain knows no framework, store or transport.',
  },
];
const NO_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read the environment through @selfos/config, in main.ts only.',
};
const NO_AS_ANY = { selector: 'TSAnyKeyword', message: 'No any.' };

export default [
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.tools/**', 'coverage/**', 'tools/canaries/wrong/**'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: SOURCES,
    languageOptions: { parser: tseslint.parser, sourceType: 'module' },
    plugins: { '@typescript-eslint': tseslint.plugin, '@nx': nx, house: { rules: { 'max-params': maxParams, 'no-module-state': noModuleState } } },
    rules: {
      'house/no-module-state': 'error',
      '@nx/enforce-module-boundaries': boundaries([]),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-require-imports': 'error',
      'no-restricted-imports': ['error', { paths: cryptoPaths, patterns: cryptoPatterns }],
      'no-restricted-syntax': ['error', NO_ENV, NO_AS_ANY],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-self-compare': 'error',
      'no-unreachable-loop': 'error',
      'no-constant-binary-expression': 'error',
      'no-unsafe-finally': 'error',
      'no-dupe-else-if': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'house/max-params': 'error',
      'max-depth': ['error', 3],
      complexity: ['error', 15],
    },
  },
  {
    files: ['apps/*/src/**/domain/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [...cryptoPaths, ...domainPaths], patterns: [...cryptoPatterns, ...domainPatterns] }],
    },
  },
  { files: ['libs/crypto/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['libs/config/**/*.ts', 'libs/testing/**/*.ts', 'apps/*/src/main.ts'], rules: { 'no-restricted-syntax': ['error', NO_AS_ANY] } },
  {
    files: TESTS,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(['type:testing']),
      'house/no-module-state': 'off',
      'max-lines-per-function': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-syntax': ['error', NO_AS_ANY],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['apps/selfos/**/*.ts'], rules: { '@nx/enforce-module-boundaries': composing(), 'no-restricted-syntax': ['error', NO_AS_ANY] } },
  { files: ['tools/**/*.ts'], rules: { '@nx/enforce-module-boundaries': 'off', 'no-console': 'off', 'no-restricted-syntax': ['error', NO_AS_ANY] } },
  { files: ['**/migrations/**/*.ts', '**/*.data.ts', '**/*.fixture.ts'], rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' } },
];
