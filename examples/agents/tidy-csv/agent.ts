import { csv, type ExecuteRequest, markdown } from '@bakeoff/agent-kit';
import { expectTaskType, priceFor, said } from '../lib/brief.ts';
import { writeCsv } from '../lib/csv.ts';
import { readTable } from '../lib/source.ts';
import { tableWishes } from '../lib/table-brief.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { cleaned } from './clean.ts';
import { planFor } from './plan.ts';

const DRAFT_ROWS = 5_000;

await run(profile, {
  prototype: async (request, { signal }) => {
    expectTaskType(request, 'csv-cleaning');
    const price = priceFor(request, profile.min_price, 0.8);
    const source = await readTable(request, signal, DRAFT_ROWS);
    const { header, rows, notes } = cleaned(source, planFor(request, source.header));
    return {
      artifacts: [csv('cleaned.csv', writeCsv(header, rows))],
      price,
      summary: said(`${source.rows.length} rows became ${rows.length}.`, ...notes),
      message: source.cut
        ? `This draft holds the first ${DRAFT_ROWS} rows; the delivery has all of them.`
        : 'Complete.',
    };
  },

  deliver: async (request, { signal }) => {
    const source = await readTable(request, signal);
    const plan = planFor(request, source.header);
    const wishes = tableWishes(request.revision?.notes ?? '', [...new Set([...plan.columns, ...source.header])]);
    if (wishes.sort) plan.sort = wishes.sort;
    const all = plan.columns.length > 0 ? plan.columns : source.header;
    plan.columns = all.filter((column) => !wishes.without.includes(column));
    const { header, rows, notes } = cleaned(source, plan);
    return {
      artifacts: [
        csv('cleaned.csv', writeCsv(header, rows, wishes.delimiter)),
        markdown('report.md', report(request, source.rows.length, rows.length, [...notes, ...wishes.understood])),
      ],
      summary: `${source.rows.length} rows became ${rows.length}; report.md says what happened to the others.`,
      message: answerTo(request, wishes.understood),
    };
  },
});

function report({ title }: ExecuteRequest, before: number, after: number, notes: readonly string[]): string {
  const points = notes.map((note) => `- ${note}`).join('\n');
  return `# ${title.replace(/\s+/g, ' ').slice(0, 200)}\n\nRows before: ${before}. Rows after: ${after}.\n\n${points}\n`;
}

function answerTo({ revision }: ExecuteRequest, understood: readonly string[]): string {
  if (!revision) return 'Every change that is not a matter of spaces is counted in report.md.';
  if (understood.length > 0) return said(`I changed what I understood of your notes: ${understood.join('; ')}.`);
  return 'I could not act on your notes. I understand "sort by ...", "leave out the column ..." and "semicolons".';
}
