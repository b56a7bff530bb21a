/**
 * The map of the code, as data. A folder may import what stands in the rows above its own, and not its neighbours in a row.
 */
const ROWS = [
  ['packages/agent-kit'],
  ['src/platform'],
  ['src/payouts'],
  ['src/accounts'],
  ['src/registry'],
  ['src/triage', 'src/dispatch', 'src/judging'],
  ['src/tasks', 'src/benchmark'],
  ['src/notifications'],
];

const below = (i) => ROWS.slice(i + 1).flat();
const neighbours = (i, folder) => ROWS[i].filter((other) => other !== folder);
const anyOf = (folders) => `^(${folders.join('|')})/`;

const directions = ROWS.flatMap((row, i) =>
  row.flatMap((folder) => {
    const forbidden = [...below(i), ...neighbours(i, folder)];
    if (forbidden.length === 0) return [];
    return {
      name: `${folder}-imports-only-upwards`,
      comment: 'Imports climb the map; news travels down as an event in the same transaction.',
      severity: 'error',
      from: { path: anyOf([folder]) },
      to: { path: anyOf(forbidden) },
    };
  }),
);

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'modules-know-nothing-of-the-wiring',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'undici-lives-in-egress',
      comment: 'Every address that somebody else chose goes through the one guard.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/egress/' },
      to: { path: 'undici' },
    },
    {
      name: 'pg-boss-lives-in-the-queue',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/queue/' },
      to: { path: 'node_modules/pg-boss' },
    },
    {
      name: 'agents-know-only-the-kit',
      comment: 'An example agent is what a stranger could write.',
      severity: 'error',
      from: { path: '^examples/agents/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(src|test)/' },
    },
    {
      name: 'specs-are-not-imported',
      severity: 'error',
      from: {},
      to: { path: '\\.spec\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
