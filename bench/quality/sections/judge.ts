import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Found, mean } from '../marks.ts';
import { ASSIGNMENTS } from '../sets/assignments.ts';

interface Breakdown {
  readonly total: { readonly low: number; readonly high: number };
}

/** Briefs of several task types, each with honest work and hollow work of the same length, through `npm run judge`. */
export async function judgeMarks({ most = Number.POSITIVE_INFINITY }: { most?: number } = {}): Promise<Found[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeoff-judge-'));
  try {
    const above: boolean[] = [];
    const upside: string[] = [];
    for (const { taskType, brief, file, honest, hollow } of ASSIGNMENTS.slice(0, most)) {
      const scores = [];
      for (const work of [honest, ...hollow]) scores.push(await scored(folder, taskType, brief, file, work));
      const [own = 0, ...rest] = scores;
      for (const other of rest) {
        above.push(own > other);
        if (own <= other) upside.push(taskType);
      }
    }
    return [
      {
        key: 'judge',
        value: mean(above.map(Number)),
        note: `${above.length} comparisons${upside.length > 0 ? `; not: ${[...new Set(upside)].join(', ')}` : ''}`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function scored(folder: string, taskType: string, brief: object, file: string, work: string): Promise<number> {
  const [briefPath, workPath] = [join(folder, 'brief.json'), join(folder, file)];
  await Promise.all([writeFile(briefPath, JSON.stringify(brief)), writeFile(workPath, work)]);
  const command = fileURLToPath(new URL('../../../dist/bundle/measure-judge.js', import.meta.url));
  const args = [command, '--task-type', taskType, '--brief', briefPath, '--json', workPath];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (out === '') throw new Error(`judge printed nothing: ${errors.slice(0, 300)}`);
  const { total }: Breakdown = JSON.parse(out);
  return (total.low + total.high) / 2;
}
