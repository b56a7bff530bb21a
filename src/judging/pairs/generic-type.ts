import type { Criterion, TaskType } from '../../registry/rubric.schema.js';
import type { Request } from './request.js';

/** The rubric of a bare prompt: what anybody may ask of any answer. All of it takes a model or a person to say. */
const ASKED: readonly Criterion[] = [
  {
    key: 'does_the_task',
    question: 'Does it do exactly what the prompt asks, and not something similar?',
    weight: 2,
    check: null,
  },
  { key: 'keeps_conditions', question: 'Does it keep every condition that the prompt states?', weight: 1, check: null },
  { key: 'correct', question: 'Is everything that it states correct?', weight: 1, check: null },
];

/** The task type of a prompt that has none. */
export function genericType({ form, kind }: Request): TaskType {
  const criteria = [...ASKED];
  const artifact =
    form === 'json'
      ? ({ type: 'json', media_type: 'application/json', name: 'answer.json' } as const)
      : kind === 'code'
        ? ({ type: 'text', media_type: 'text/markdown', name: 'answer.md' } as const)
        : ({ type: 'text', media_type: 'text/plain', name: 'answer.txt' } as const);
  return {
    slug: 'any-text',
    name: 'Anything in text',
    requirements: [],
    rubric: { version: 1, dimensions: [{ key: 'asked', name: 'Does what is asked', weight: 0.6, criteria }] },
    quality_rules: [],
    artifact: { ...artifact, about: 'What the prompt asks for, and nothing else.' },
    fixture: {
      title: 'Any text',
      description: 'There is no benchmark for a prompt without a task type.',
      requirements: {},
    },
  };
}
