import { type Answer, csv, type ExecuteRequest, type WorkContext } from '@bakeoff/agent-kit';
import { expectTaskType, priceFor, said } from '../lib/brief.ts';
import { columnAt, writeCsv } from '../lib/csv.ts';
import { sortedRows } from '../lib/rows.ts';
import { readTable } from '../lib/source.ts';
import { tableBrief, tableWishes } from '../lib/table-brief.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { quicklyCleaned } from './quick.ts';

await run(profile, {
  prototype: async (request, context) => {
    expectTaskType(request, 'csv-cleaning');
    const price = priceFor(request, profile.min_price, 0.35);
    return { ...(await work(request, context)), price };
  },
  deliver: work,
});

async function work(request: ExecuteRequest, { signal }: WorkContext): Promise<Answer> {
  const source = await readTable(request, signal);
  const { header, rows } = quicklyCleaned(source, tableBrief(request));
  const wishes = tableWishes(request.revision?.notes ?? '', header);
  const sorted = wishes.sort ? sortedRows(rows, columnAt(header, wishes.sort.column), wishes.sort.order) : rows;
  return {
    artifacts: [csv('cleaned.csv', writeCsv(header, sorted))],
    summary: `${source.rows.length} rows became ${rows.length}. Dates and case are as they were.`,
    message: said(
      request.revision
        ? `Of your notes I did: ${wishes.sort ? 'the sorting' : 'nothing; I sort by a column, and no more'}.`
        : null,
    ),
  };
}
