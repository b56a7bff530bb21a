import { hash } from 'node:crypto';
import type { Assignment } from '../dispatch/execute-request.js';
import type { JudgeInput } from '../judging/judge.js';
import { random } from '../platform/random.js';
import type { CategorizedTaskType } from '../registry/taxonomy.js';
import type { BenchmarkCase } from './benchmark.entity.js';
import { Chance } from './fixtures/chance.js';
import type { Fixture, Level } from './fixtures/fixture.js';
import { fixtureOf } from './fixtures/makers.js';

/** What a buyer might offer, in tens of credits. */
const BUDGET_TENS = { min: 30, max: 90 };

type Drawn = Pick<BenchmarkCase, 'taskType' | 'level' | 'seed'>;

/** Whole credits that a fixture offers; more where the agent's minimum is higher. */
export function fixtureBudget({ taskType, level, seed, minPrice }: Drawn & Pick<BenchmarkCase, 'minPrice'>): number {
  const tens = new Chance(random(seed, 'budget', taskType, level)).whole(BUDGET_TENS.min, BUDGET_TENS.max);
  return Math.max(10 * tens, minPrice);
}

/** @throws Error the taxonomy has no such task type any more */
export function drawnFixture(taskType: string, level: Level, seed: string): Fixture {
  const fixture = fixtureOf(taskType, level, seed);
  if (!fixture) throw new Error(`The task type ${taskType} is gone from the taxonomy.`);
  return fixture;
}

export function digestOf(fixture: Fixture): string {
  return hash('sha256', JSON.stringify(fixture));
}

/**
 * The fixture of a case, drawn again.
 *
 * @throws Error other code draws by now, or its task type is gone: what was sent is not known any more
 */
export function fixtureOfCase({ taskType, level, seed, digest }: Drawn & Pick<BenchmarkCase, 'digest'>): Fixture {
  const fixture = drawnFixture(taskType, level, seed);
  if (digestOf(fixture) !== digest) throw new Error(`${taskType} ${level} is drawn otherwise by now.`);
  return fixture;
}

/** A fixture as the agent sees it: a task like any other. */
export function fixtureAssignment(one: BenchmarkCase, fixture: Fixture): Assignment {
  return {
    id: one.taskId,
    round: 1,
    title: fixture.title,
    description: fixture.description,
    category: one.category,
    taskType: one.taskType,
    requirements: fixture.requirements,
    qualityRules: { rules: [...fixture.qualityRules] },
    budget: fixtureBudget(one),
  };
}

/** The same fixture as the judge sees it, with what a right answer holds. */
export function fixtureJudged(
  taskType: CategorizedTaskType,
  { title, description, requirements, qualityRules, files, answer }: Fixture,
  artifacts: JudgeInput['artifacts'],
): JudgeInput {
  return {
    brief: { title, description, category: taskType.category, requirements },
    taskType,
    qualityRules,
    artifacts,
    attachments: files.map(({ name, mediaType, content }) => ({ name, mediaType, bytes: Buffer.from(content) })),
    known: answer,
  };
}
