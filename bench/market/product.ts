// The product as it is built, with the types of its source: the simulator decides, judges and presents with nothing else.
const built = <T>(path: string): Promise<T> => import(new URL(`../../dist/${path}`, import.meta.url).href);

export const { decided } = await built<typeof import('../../src/triage/decide.ts')>('triage/decide.js');
export const { POLICY } = await built<typeof import('../../src/triage/policy.ts')>('triage/policy.js');
export const { PolicyChanges, changedPolicy } =
  await built<typeof import('../../src/triage/policy.schema.ts')>('triage/policy.schema.js');
export const { random } = await built<typeof import('../../src/platform/random.ts')>('platform/random.js');
export const { growths, rowKey, KEPT_REMEMBERED, REMEMBERED } =
  await built<typeof import('../../src/triage/standing.ts')>('triage/standing.js');
export const { lessons } = await built<typeof import('../../src/triage/lessons.ts')>('triage/lessons.js');
export const { asVersion, NOTHING, summary } =
  await built<typeof import('../../src/triage/learning.ts')>('triage/learning.js');
export const { NEW_RATING } = await built<typeof import('../../src/triage/rating.ts')>('triage/rating.js');
export const { docOf } = await built<typeof import('../../src/triage/relevance/doc.ts')>('triage/relevance/doc.js');
export const { queryOf } =
  await built<typeof import('../../src/triage/relevance/query.ts')>('triage/relevance/query.js');
export const { RelevanceIndex } = await built<typeof import('../../src/triage/relevance/relevance-index.ts')>(
  'triage/relevance/relevance-index.js',
);
export const { relevances } =
  await built<typeof import('../../src/triage/relevance/score.ts')>('triage/relevance/score.js');
export const { stemsOf } =
  await built<typeof import('../../src/triage/relevance/words.ts')>('triage/relevance/words.js');
export const { fingerprint, presentation } =
  await built<typeof import('../../src/tasks/presentation.ts')>('tasks/presentation.js');
export const { ranking } = await built<typeof import('../../src/tasks/ranking.ts')>('tasks/ranking.js');
export const { RuleJudge } = await built<typeof import('../../src/judging/rule-judge.ts')>('judging/rule-judge.js');
export const { taskType } = await built<typeof import('../../src/registry/taxonomy.ts')>('registry/taxonomy.js');
export const { gini } = await built<typeof import('../../src/measure/world/marks.ts')>('measure/world/marks.js');
export const { runCommand, Unusable, wholeNumber } =
  await built<typeof import('../../src/measure/command.ts')>('measure/command.js');
export const { keptShare } = await built<typeof import('../../src/tasks/kept.ts')>('tasks/kept.js');
