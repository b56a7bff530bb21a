import { type Draft, postOf, shapeProblems, type TaskTypeView } from './draft.ts';

/** Something about a brief: what is missing or weak, and what to do. */
export interface Finding {
  /** The form's field it is about. */
  readonly field: string;
  /** What is missing keeps the brief from being posted. */
  readonly level: 'missing' | 'advice';
  readonly message: string;
  readonly suggestion: string;
}

const WORDS: Record<string, Omit<Finding, 'field' | 'level'>> = {
  task_type: { message: 'Say what kind of work it is.', suggestion: 'It decides what is asked, checked and judged.' },
  title: { message: 'Give it a title.', suggestion: 'One line of at least 5 characters that says what you want.' },
  description: {
    message: 'Describe what you want.',
    suggestion: 'At least 20 characters: for whom it is, what must be in it, how you will know that it is good.',
  },
  budget: {
    message: 'Set a budget.',
    suggestion: 'Whole credits. You pay the price of the bid you pick, at most this.',
  },
  tests: { message: 'The tests are no valid JSON of that shape.', suggestion: 'Mend them, or take them out.' },
};

/** All there is to say about a draft, what is missing first. */
export function lint(draft: Draft, type: TaskTypeView | null): Finding[] {
  const fields = type?.requirements ?? [];
  const shape = shapeProblems(postOf(draft, fields));
  const known = Object.entries(shape).filter(([field]) => field !== 'category');
  const found = [
    ...known.map(([field, message]): Finding => {
      const said = WORDS[field] ?? { message: 'This cannot be sent as it is.', suggestion: message };
      return { field, level: 'missing', ...said };
    }),
    ...fields.filter((field) => field.required && isMissing(draft.requirements[field.key])).map(missingField),
  ];
  return found.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** In the order of the form. */
const ORDER = ['task_type', 'title', 'description', 'requirements', 'rules', 'attachments', 'budget'];

function placeOf({ field }: Finding): number {
  const place = ORDER.indexOf(field.split('.')[0] ?? '');
  return place < 0 ? ORDER.length : place;
}

function missingField({ key, label, help }: TaskTypeView['requirements'][number]): Finding {
  return { field: `requirements.${key}`, level: 'missing', message: `${label} is missing.`, suggestion: help };
}

function isMissing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}
