import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { KINDS, type KindName, labelled, type Side, type World, world } from './juries.ts';

/** How often each is right on the pairs without a label. */
export interface JuryMark {
  readonly kind: KindName;
  readonly panel: number;
  /** The best judge in hindsight, whom nobody can name beforehand. */
  readonly best: number;
  readonly majority: number;
  /** Each judge by itself weighed log((right + 1) / (wrong + 1)). */
  readonly plainWeights: number;
}

export interface JuryOptions {
  readonly pairs?: number;
  readonly labels?: number;
  readonly worlds?: number;
}

/** Puts made-up juries through `measure:panel`, as anybody would, and compares with what was hidden from it. */
export async function juryMarks({ pairs = 300, labels = 20, worlds = 10 }: JuryOptions = {}): Promise<JuryMark[]> {
  const marks: JuryMark[] = [];
  for (const kind of Object.keys(KINDS) as KindName[]) {
    const seeds = Array.from({ length: worlds }, (_, at) => at + 1);
    const each: Omit<JuryMark, 'kind'>[] = [];
    for (const seed of seeds) each.push(await oneWorld(world(kind, pairs, seed), labels, seed));
    const mean = (of: (mark: Omit<JuryMark, 'kind'>) => number) =>
      each.reduce((sum, mark) => sum + of(mark), 0) / each.length;
    marks.push({
      kind,
      panel: mean(({ panel }) => panel),
      best: mean(({ best }) => best),
      majority: mean(({ majority }) => majority),
      plainWeights: mean(({ plainWeights }) => plainWeights),
    });
  }
  return marks;
}

async function oneWorld(made: World, labels: number, seed: number): Promise<Omit<JuryMark, 'kind'>> {
  const known = labelled(made, labels, seed + 1_000);
  const lines = made.votes.map((vote) =>
    JSON.stringify(known.has(vote.item) ? { ...vote, label: made.truth.get(vote.item) } : vote),
  );
  const { verdicts } = await measuredPanel(`${lines.join('\n')}\n`);
  const rest = [...made.truth].filter(([item]) => !known.has(item));
  const share = (right: (item: string, truth: Side) => number) =>
    rest.reduce((sum, [item, truth]) => sum + right(item, truth), 0) / rest.length;
  const byItem = new Map(verdicts.map(({ item, verdict }) => [item, verdict]));
  const leans = leansOf(made);
  const judges = [...leans.keys()];
  const alone = new Map(judges.map((judge) => [judge, plainWeight(made, leans.get(judge) ?? new Map(), known)]));
  const weighed = (weight: (judge: string) => number) =>
    share((item, truth) =>
      credit(
        judges.reduce((sum, judge) => sum + weight(judge) * (leans.get(judge)?.get(item) ?? 0), 0),
        truth,
      ),
    );
  return {
    panel: share((item, truth) => (byItem.get(item) === truth ? 1 : 0)),
    best: Math.max(...judges.map((judge) => weighed((other) => (other === judge ? 1 : 0)))),
    majority: weighed(() => 1),
    plainWeights: weighed((judge) => alone.get(judge) ?? 0),
  };
}

function leansOf({ votes }: World): Map<string, Map<string, number>> {
  const leans = new Map<string, Map<string, number>>();
  for (const { judge, item, vote } of votes) {
    const own = leans.get(judge) ?? new Map<string, number>();
    own.set(item, (own.get(item) ?? 0) + (vote === 'a' ? 0.5 : vote === 'b' ? -0.5 : 0));
    leans.set(judge, own);
  }
  return leans;
}

function plainWeight({ truth }: World, leans: ReadonlyMap<string, number>, known: ReadonlySet<string>): number {
  const signed = [...known].map((item) => (truth.get(item) === 'a' ? 1 : -1) * (leans.get(item) ?? 0));
  const right = signed.filter((lean) => lean > 0).length;
  const wrong = signed.filter((lean) => lean < 0).length;
  return Math.log((right + 1) / (wrong + 1));
}

function credit(sum: number, truth: Side): number {
  return sum === 0 ? 0.5 : sum > 0 === (truth === 'a') ? 1 : 0;
}

async function measuredPanel(input: string): Promise<{ verdicts: { item: string; verdict: Side }[] }> {
  const command = fileURLToPath(new URL('../../dist/bundle/measure-panel.js', import.meta.url));
  const child = spawn(process.execPath, [command, '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  return JSON.parse(await text(child.stdout));
}

if (import.meta.main) for (const mark of await juryMarks()) console.log(JSON.stringify(mark));
