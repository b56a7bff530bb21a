import type { ArtifactType, QualityRule } from '@bakeoff/agent-kit';
import { readAnswer } from '../../src/judging/artifact-text.js';
import { checkRule } from '../../src/judging/checks/all.js';
import type { Context, Finding } from '../../src/judging/checks/check.js';
import type { JudgedArtifact, JudgeInput } from '../../src/judging/judge.js';
import { Limited } from '../../src/judging/limited.js';
import type { TaskType } from '../../src/registry/rubric.schema.js';

/** Answers and tasks for the tests of judging. */

export function anArtifact(
  content: string | Uint8Array,
  over: Partial<Omit<JudgedArtifact, 'bytes'>> = {},
): JudgedArtifact {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { type: 'markdown', name: 'answer.md', mediaType: 'text/markdown', ...over, bytes };
}

/** A file as the task type wants it to be called. */
export function aFileFor({ artifact }: TaskType, content: string | Uint8Array): JudgedArtifact {
  return anArtifact(content, { type: artifact.type, name: artifact.name, mediaType: artifact.media_type });
}

/** The benchmark task of a type with this answer. */
export function anInput(
  taskType: TaskType,
  artifacts: readonly JudgedArtifact[],
  over: Partial<JudgeInput> = {},
): JudgeInput {
  const { fixture } = taskType;
  return {
    brief: {
      title: fixture.title,
      description: fixture.description,
      category: 'any',
      requirements: fixture.requirements,
    },
    taskType,
    qualityRules: fixture.quality_rules ?? [],
    artifacts,
    attachments: (fixture.attachments ?? []).map(({ name, media_type, content }) => ({
      name,
      mediaType: media_type,
      bytes: new TextEncoder().encode(content),
    })),
    ...over,
  };
}

/** One file of each type of artifact, whatever is in it. */
export const FILE_OF: Record<ArtifactType, { name: string; mediaType: string }> = {
  text: { name: 'answer.txt', mediaType: 'text/plain' },
  markdown: { name: 'answer.md', mediaType: 'text/markdown' },
  html: { name: 'answer.html', mediaType: 'text/html' },
  code: { name: 'answer.js', mediaType: 'text/javascript' },
  json: { name: 'answer.json', mediaType: 'application/json' },
  image: { name: 'answer.svg', mediaType: 'image/svg+xml' },
  file: { name: 'answer.csv', mediaType: 'text/csv' },
};

const shared = new Limited();

/** What a rule finds in one artifact, or in several. */
export function findingOf(
  rule: QualityRule,
  answer: string | readonly JudgedArtifact[],
  over: Partial<Context> = {},
): Promise<Finding> {
  const artifacts =
    typeof answer === 'string'
      ? [anArtifact(answer, { type: 'text', name: 'answer.txt', mediaType: 'text/plain' })]
      : answer;
  return checkRule(rule, {
    answer: readAnswer(artifacts),
    brief: { title: '', description: '', details: '' },
    attachments: [],
    limited: shared,
    ...over,
  });
}
