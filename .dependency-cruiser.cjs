// Layers inside a service, and no cycles anywhere. Runs on TypeScript 6 (the `typescript` package): under 7 it reads nothing.
const path = require('node:path');

const layer = (name) => `/src/(|.+/)${name}/`;
const outer = ['api', 'events', 'adapters', 'repositories'];
const inward = outer.map((name) => ({
  name: `${name}-points-inwards`,
  comment: `${name}/ may import domain/, not its sibling layers: api, events, adapters, repositories -> domain -> kernel.`,
  severity: 'error',
  from: { path: `^apps/([^/]+)${layer(name)}`, pathNot: '\\.spec\\.ts$' },
  to: { path: `^apps/$1/src/(|.+/)(${outer.filter((other) => other !== name).join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Two files that need each other are one, or miss a third.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-innermost',
      comment: 'The domain imports no outer layer.',
      severity: 'error',
      from: { path: `^apps/([^/]+)${layer('domain')}`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^apps/$1/src/(|.+/)(${outer.join('|')})/` },
    },
    ...inward,
    {
      name: 'component-through-its-index',
      comment: 'A component of the backend knows another one only by its index.ts.',
      severity: 'error',
      from: { path: '^apps/backend/src/([^/]+)/' },
      to: { path: '^apps/backend/src/[^/]+/', pathNot: '^apps/backend/src/($1/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'components-in-one-direction',
      comment: 'conversations -> plans -> tasks, goals, routines.',
      severity: 'error',
      from: { path: '^apps/backend/src/(tasks|goals|routines|occurrences)/' },
      to: { path: '^apps/backend/src/(conversations|plans)/' },
    },
    {
      name: 'plans-know-no-conversation',
      severity: 'error',
      from: { path: '^apps/backend/src/plans/' },
      to: { path: '^apps/backend/src/conversations/' },
    },
    {
      name: 'packages-by-their-name',
      comment: 'Another package is imported as @selfos/…, never by a relative path.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^(apps|libs)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    { name: 'resolvable', comment: 'An import that resolves to nothing hides its rules.', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/(?!@selfos/))' },
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.json') },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['@selfos/source', 'import', 'node', 'default'], extensions: ['.ts', '.js', '.mjs', '.json'] },
  },
};
