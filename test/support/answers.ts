import type { ArtifactType } from '@bakeoff/agent-kit';
import type { JudgedArtifact, JudgeInput } from '../../src/judging/judge.js';
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
