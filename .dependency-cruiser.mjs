/**
 * The arrows of ARCHITECTURE: imports go one way.
 * A test beside its source, and what such tests share under `src/testing`, may also use `test/env`, which knows nothing of the rest.
 */
const tests = '(\\.test\\.ts$|/src/testing/)';

/** What lies in `from` may import, of this repository, only what lies in `to` or in itself. */
const only = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: `^${from}`, pathNot: tests },
  to: { path: '^(runtime|subgraphs|router|compat-rest|schema|test|[^/]+\\.ts$)', pathNot: [`^${from}`, ...to] },
});

const tested = (name, from, to) => ({
  ...only(name, from, [...to, '^test/env/']),
  name: `${name}-in-tests`,
  from: { path: `^${from}.+${tests}` },
});

const layers = [
  ['runtime-imports-nothing-here', 'runtime/', []],
  ['schema-imports-types-of-events', 'schema/(?!generate)', ['^schema/', '^runtime/src/events/event\\.ts$']],
  ['generator-imports-runtime', 'schema/generate/', ['^runtime/']],
  ['pages-import-nothing-here', 'compat-rest/pages/', []],
  ['router-imports-runtime-and-schema', 'router/', ['^runtime/', '^schema/(?!generate)']],
  [
    'compat-rest-imports-the-graph-runtime-and-schema',
    'compat-rest/',
    ['^router/src/graph/', '^runtime/', '^schema/(?!generate)'],
  ],
];

export default {
  forbidden: [
    ...layers.map(([name, from, to]) => only(name, from, to)),
    ...layers.map(([name, from, to]) => tested(name, from, to)),
    {
      name: 'subgraphs-import-runtime-and-schema',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/', pathNot: tests },
      to: {
        path: '^(subgraphs|router|compat-rest|schema|test|[^/]+\\.ts$)',
        pathNot: ['^subgraphs/$1/', '^schema/(?!generate)'],
      },
    },
    {
      name: 'subgraphs-import-runtime-and-schema-in-tests',
      severity: 'error',
      from: { path: `^subgraphs/([^/]+)/.+${tests}` },
      to: {
        path: '^(subgraphs|router|compat-rest|schema|test|[^/]+\\.ts$)',
        pathNot: ['^subgraphs/$1/', '^schema/(?!generate)', '^test/env/'],
      },
    },
    {
      name: 'test-env-imports-nothing-here',
      severity: 'error',
      from: { path: '^test/env/' },
      to: { path: '^(runtime|subgraphs|router|compat-rest|schema|test|[^/]+\\.ts$)', pathNot: '^test/env/' },
    },
    {
      name: 'resolvers-leave-the-database-to-services',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: '(^|/)node_modules/typeorm/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: {},
      to: { path: '\\.test\\.ts$' },
    },
    {
      name: 'tools-of-tests-are-for-tests',
      severity: 'error',
      from: { pathNot: `${tests}|^test/` },
      to: { path: '/src/testing/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    // Types count: a cycle of types is as hard to read as one of values.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
