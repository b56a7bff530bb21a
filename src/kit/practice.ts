import {
  type PracticeBrief,
  type PracticeLevel,
  type PracticeTask,
  type PracticeWork,
  parseAnswer,
} from '@bakeoff/agent-kit';
import type { Fixture } from '../benchmark/fixtures/fixture.js';
import { fixtureOf } from '../benchmark/fixtures/makers.js';
import type { JudgedArtifact, JudgeInput } from '../judging/judge.js';
import type { Tests } from '../judging/tests/tests.schema.js';
import { InvalidInput } from '../platform/http/errors.js';
import { UnknownSlug } from '../registry/agents.errors.js';
import { nearest } from '../registry/nearest.js';
import {
  type CategorizedTaskType,
  categories,
  taskType,
  taskTypesOf,
  validateRequirements,
} from '../registry/taxonomy.js';

/** Whole credits that a practice task offers. */
const BUDGET = 500;

/** A task to practise on, as an agent sees it. The same type, level and seed give the same one. @throws UnknownSlug */
export function practiceTask(slug: string, level: PracticeLevel, seed: number): PracticeTask {
  const type = typeOf(slug);
  const { title, description, requirements, qualityRules, files } = fixtureAt(type, level, seed);
  return {
    ...{ title, description, category: type.category, task_type: type.slug, requirements },
    quality_rules: { rules: [...qualityRules] },
    budget: { amount: BUDGET, currency: 'credits' },
    files: files.map(({ name, mediaType, content }) => ({ name, media_type: mediaType, content })),
    ...{ level, seed },
  };
}

/**
 * What the judge gets to see of an answer that somebody sent here: the brief, and for a drawn task also what a right answer holds.
 *
 * @throws UnknownSlug
 * @throws InvalidInput the answer breaks the contract, declines, or has an artifact by URL; a brief does not fit its type
 */
export function practiceInput(work: PracticeWork): JudgeInput {
  const type = typeOf(work.task_type);
  const artifacts = artifactsOf(work.answer);
  if (work.brief) return ofBrief(type, work.brief, artifacts);
  const { title, description, requirements, qualityRules, answer, files } = fixtureAt(
    type,
    work.level ?? 'typical',
    work.seed ?? 1,
  );
  return {
    brief: { title, description, category: type.category, requirements },
    ...{ taskType: type, qualityRules: [...qualityRules, ...answer], artifacts },
    attachments: files.map(({ name, mediaType, content }) => ({ name, mediaType, bytes: Buffer.from(content) })),
  };
}

/** The tests of a drawn task whose answer is code; a brief of somebody's own has none. @throws UnknownSlug */
export function practiceTests({ task_type: slug, brief, level, seed }: PracticeWork): Tests | undefined {
  return brief ? undefined : fixtureAt(typeOf(slug), level ?? 'typical', seed ?? 1).tests;
}

function ofBrief(type: CategorizedTaskType, brief: PracticeBrief, artifacts: JudgedArtifact[]): JudgeInput {
  const { title, description, requirements, quality_rules: rules, files } = brief;
  const problems = validateRequirements(type, requirements);
  if (problems.length > 0)
    throw new InvalidInput(problems.map(({ field, message }) => ({ field: `brief.requirements.${field}`, message })));
  return {
    brief: { title, description, category: type.category, requirements },
    ...{ taskType: type, qualityRules: rules.rules, artifacts },
    attachments: files.map(({ name, media_type: mediaType, content }) => ({
      name,
      mediaType,
      bytes: Buffer.from(content),
    })),
  };
}

function typeOf(slug: string): CategorizedTaskType {
  const type = taskType(slug);
  if (!type) throw unknown(slug);
  return type;
}

function unknown(slug: string): UnknownSlug {
  const known = categories().flatMap((category) => taskTypesOf(category.slug).map((type) => type.slug));
  return new UnknownSlug('task_type', slug, nearest(slug, known), 'not_found');
}

/** Practice has a stream of draws of its own: no seed given here is one of a benchmark. */
function fixtureAt({ slug }: CategorizedTaskType, level: PracticeLevel, seed: number): Fixture {
  const fixture = fixtureOf(slug, level, `practice ${seed}`);
  if (!fixture) throw unknown(slug);
  return fixture;
}

/** Read by the same parser as the answer to a real call. */
function artifactsOf(answer: unknown): JudgedArtifact[] {
  const parsed = parseAnswer(Buffer.from(JSON.stringify(answer ?? null)));
  if (!parsed.ok) throw new InvalidInput([{ field: 'answer', message: parsed.problem }]);
  if (!parsed.answer) throw new InvalidInput([{ field: 'answer', message: 'declines: there is nothing to judge' }]);
  return parsed.answer.artifacts.map(({ type, name, media_type: mediaType, content, base64 }, at) => {
    if (content === undefined && base64 === undefined)
      throw new InvalidInput([
        { field: `answer.artifacts[${at}].url`, message: 'is not fetched here: send content or base64' },
      ]);
    return {
      type,
      name,
      mediaType,
      bytes: content === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(content),
    };
  });
}
