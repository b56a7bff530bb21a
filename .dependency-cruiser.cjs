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
  ['src/tasks', 'src/benchmark', 'src/measure'],
  ['src/notifications', 'src/kit', 'src/web'],
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
      to: { path: 'node_modules/undici/' },
    },
    {
      name: 'no-other-way-out',
      comment:
        "The same for the modules that Node brings. (Global fetch is kept out by biome.json.) The sandbox's probe listens, to see that nobody inside reaches it.",
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/platform/(egress|http)/|^src/server\\.ts$|^src/judging/sandbox/python\\.ts$|\\.spec\\.ts$',
      },
      to: { path: '^(https?|http2|net|tls|dgram)$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pg-boss-lives-in-the-queue',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/queue/' },
      to: { path: 'node_modules/pg-boss/' },
    },
    {
      name: 'the-product-stands-alone',
      comment: 'What runs in production is src and the kit, with the packages that package.json calls dependencies.',
      severity: 'error',
      from: { path: '^(src|packages)/', pathNot: '\\.spec\\.ts$|^packages/agent-kit/test/' },
      to: { path: '^(test|bench|examples|scripts)/' },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^(src|packages)/', pathNot: '\\.spec\\.ts$|^packages/agent-kit/test/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-is-there',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'agents-know-only-the-kit',
      comment: 'An example agent is what a stranger could write.',
      severity: 'error',
      from: { path: '^examples/agents/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(src|test)/' },
    },
    {
      name: 'pages-know-schemas-alone',
      comment:
        'The web app talks to the server over HTTP; of its code it takes the schemas that validate, and the pure rules made for it.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|packages)/', pathNot: '\\.schema\\.ts$|^src/registry/brief-lint\\.ts$|^packages/agent-kit/' },
    },
    {
      name: 'nobody-knows-the-pages',
      severity: 'error',
      from: { path: '^(src|packages|examples)/' },
      to: { path: '^web/' },
    },
    {
      name: 'specs-are-not-imported',
      severity: 'error',
      from: {},
      to: { path: '\\.spec\\.ts$' },
    },
  ],
  options: {
    // The kit's build is what the server imports by name; its sources are what is looked into.
    doNotFollow: { path: 'node_modules|^packages/[^/]+/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
