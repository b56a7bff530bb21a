import { lintBrief } from '../../../../../src/registry/brief-lint.ts';
import { type Draft, fieldOf, postOf, requirementsOf, shapeProblems, type TaskTypeView } from './draft.ts';

/** Something about a brief: what is missing or weak, and what to do. */
export interface Finding {
  /** The form's field it is about. */
  readonly field: string;
  /** What is missing keeps the brief from being posted. */
  readonly level: 'missing' | 'advice';
  readonly message: string;
  readonly suggestion: string;
}

/** What the server would refuse, in words, where the lint says nothing of that field. */
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

/** All there is to say about a draft: what is missing first, in the order of the form. */
export function lint(draft: Draft, type: TaskTypeView | null): Finding[] {
  const said = type === null ? [] : ofType(draft, type);
  const shape = Object.entries(shapeProblems(postOf(draft, type?.requirements ?? [])));
  const refused = shape
    .filter(([field]) => field !== 'category' && !said.some((one) => one.field === field && one.level === 'missing'))
    .map(([field, message]): Finding => {
      const words = WORDS[field] ?? { message: 'This cannot be sent as it is.', suggestion: message };
      return { field, level: 'missing', ...words };
    });
  return [...refused, ...said].toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** What the market's own lint says, as it says it to programs in the preview. */
function ofType(draft: Draft, type: TaskTypeView): Finding[] {
  const { title, description, rules, attachments, budget } = draft;
  const brief = { title, description, quality_rules: rules, attachments: attachments.length };
  const found = lintBrief(type, {
    ...brief,
    requirements: requirementsOf(draft, type.requirements),
    budget: budget === '' ? null : budget,
  });
  return found.map(({ severity, field, message, suggestion }) => ({
    ...{ message, suggestion, field: fieldOf(field.split('.')) },
    level: severity === 'missing' ? 'missing' : 'advice',
  }));
}

const ORDER = ['task_type', 'title', 'description', 'requirements', 'rules', 'attachments', 'budget'];

function placeOf({ field, level }: Finding): number {
  const place = ORDER.indexOf(field.split('.')[0] ?? '');
  return (level === 'missing' ? 0 : ORDER.length + 1) + (place < 0 ? ORDER.length : place);
}
