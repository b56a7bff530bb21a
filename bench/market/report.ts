// What the terminal shows.
import type { AttackMarks, AttackResult, PolicyResult, Sizes } from './compare.ts';
import type { Estimate, Marks } from './marks.ts';

export interface Result {
  readonly sizes: Sizes;
  /** How many different answers the product's judge has judged. */
  readonly judged: number;
  readonly honest: readonly PolicyResult[];
  readonly attacked: readonly PolicyResult[];
  readonly attacks: readonly AttackResult[];
}

const COLUMNS: readonly (readonly [key: keyof Marks, heading: string])[] = [
  ['welfare', 'welfare'],
  ['best_choice', 'best choice'],
  ['picked_best', 'best picked'],
  ['newcomers_tried', 'new tried'],
  ['newcomers_thrive', 'new thrive'],
  ['newcomers_parity', 'new/old'],
  ['gini', 'Gini'],
  ['never_tried', 'never'],
  ['lost_calls', 'lost'],
  ['no_pick', 'no pick'],
  ['bad_calls', 'bad calls'],
  ['bad_credits', 'bad credits'],
];

export function report({ sizes, judged, honest, attacked, attacks }: Result): string {
  const { seeds, market, attackSeeds, attacked: small } = sizes;
  const parts = [
    `${market.tasks} tasks, ${market.honest} honest agents, ${seeds} markets; ${judged} different answers judged. Mean +- half of the 95 % interval.`,
    ...(honest.length > 0 ? [`Nobody attacks\n${policyTable(honest, false)}`] : []),
    ...(attacked.length > 0 ? [`One person of each kind attacks\n${policyTable(attacked, true)}`] : []),
    ...(attacked[0]
      ? [`What each kind had under "${attacked[0].policy}", against its share by heads\n${gainTable(attacked[0])}`]
      : []),
    ...(attacks.length > 0
      ? [
          `Two persons of one kind alone in an honest market (${small.tasks} tasks, ${small.honest} honest agents, ${attackSeeds} markets), for each person and 100 tasks`,
          attackTable(attacks),
        ]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function policyTable(results: readonly PolicyResult[], isAttacked: boolean): string {
  const columns = COLUMNS.filter(([key]) => isAttacked || !key.startsWith('bad_'));
  const rows = results.map(({ policy, marks, more_welfare: more }) => [
    policy,
    said(more),
    ...columns.map(([key]) => said(marks[key])),
  ]);
  return table([['policy', 'against the first', ...columns.map(([, heading]) => heading)], ...rows]);
}

function gainTable({ gains }: PolicyResult): string {
  const rows = Object.entries(gains)
    .toSorted(([, a], [, b]) => b.credits.mean - a.credits.mean)
    .map(([kind, { calls, fair_calls: fair, picks, credits }]) => [
      kind,
      ...[calls, fair, picks].map(({ mean }) => mean.toFixed(1)),
      (calls.mean / fair.mean).toFixed(2),
      credits.mean.toFixed(0),
    ]);
  return table([['attack', 'calls', 'by heads', 'picks', 'calls/heads', 'credits'], ...rows]);
}

function attackTable(attacks: readonly AttackResult[]): string {
  const cells = (marks: AttackMarks | null) =>
    marks
      ? [marks.calls, marks.picks, marks.credits].map(({ mean }) => mean.toFixed(mean < 100 ? 1 : 0))
      : ['-', '-', '-'];
  const rows = attacks.map(({ attack, twin, attacked, undefended }) => [
    ...[attack, ...cells(twin), ...cells(attacked), ...cells(undefended)],
    `${twin.welfare.mean.toFixed(3)} > ${attacked.welfare.mean.toFixed(3)}`,
  ]);
  const heading = ['calls', 'picks', 'credits'];
  return table([
    ['', 'honest', 'twin', '', 'with', 'attack', '', 'without', 'defence', '', 'buyers'],
    ['attack', ...heading, ...heading, ...heading, 'welfare'],
    ...rows,
  ]);
}

function said({ mean, half }: Estimate): string {
  if (Number.isNaN(mean)) return '-';
  return Number.isNaN(half) ? mean.toFixed(3) : `${mean.toFixed(3)} +-${half.toFixed(3).replace(/^0/, '')}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
