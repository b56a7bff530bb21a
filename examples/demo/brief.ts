import { WrongArguments } from './failure.ts';

/** What a buyer wants, before the server has seen it. */
export interface Brief {
  title: string;
  description: string;
  taskType: string;
  /** Whole credits. */
  budget: number;
  requirements: Record<string, unknown>;
  qualityRules: Record<string, unknown> | null;
  /** Paths as they were written. */
  attach: string[];
}

export interface BriefFile {
  front: Front;
  title: string;
  description: string;
}

/** What the JSON at the head of a brief may say. */
export interface Front {
  task_type?: string;
  budget?: number;
  requirements?: Record<string, unknown>;
  quality_rules?: Record<string, unknown>;
  attach?: string[];
}

const FRONT = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/**
 * Reads a brief: JSON between two lines "---" if it begins with them, then the title in one line, then the description.
 *
 * @throws WrongArguments
 */
export function briefFrom(text: string, name: string): BriefFile {
  const whole = text.replace(/^\ufeff/, '');
  const head = FRONT.exec(whole);
  if (!head && /^---[ \t]*\r?\n/.test(whole))
    throw new WrongArguments(`${name} begins with "---", and no second "---" ends its JSON.`);
  const [title = '', ...rest] = whole
    .slice(head?.[0].length ?? 0)
    .trim()
    .split(/\r?\n/);
  if (title.trim() === '')
    throw new WrongArguments(`${name} has no text: its first line is the title, the rest the description.`);
  const description = unwrapped(rest.join('\n').trim());
  if (description === '')
    throw new WrongArguments(`${name} has a title and no description: write what you want below the first line.`);
  return { front: head ? frontFrom(head[1] ?? '', name) : {}, title: title.replace(/^#+\s*/, '').trim(), description };
}

/** Lines that an editor broke become one again; lists and blank lines stay. */
function unwrapped(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(\S)\n(?=[^\s\-*#>|\d])/g, '$1 ');
}

/** @throws WrongArguments */
export function objectFrom(json: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new WrongArguments(`${name} is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (isObject(value)) return value;
  throw new WrongArguments(`${name} must be a JSON object.`);
}

function frontFrom(json: string, name: string): Front {
  const where = `the head of ${name}`;
  const { task_type, budget, requirements, quality_rules, attach, ...others } = objectFrom(json, where);
  const stranger = Object.keys(others)[0];
  if (stranger !== undefined) {
    throw new WrongArguments(
      `"${stranger}" in ${where} is unknown; known are task_type, budget, requirements, quality_rules, attach.`,
    );
  }
  const must = (fits: boolean, key: string, what: string) => {
    if (!fits) throw new WrongArguments(`"${key}" in ${where} must be ${what}.`);
  };
  must(task_type === undefined || typeof task_type === 'string', 'task_type', 'a text');
  must(budget === undefined || (Number.isInteger(budget) && Number(budget) > 0), 'budget', 'a whole number above 0');
  must(requirements === undefined || isObject(requirements), 'requirements', 'an object');
  must(quality_rules === undefined || isObject(quality_rules), 'quality_rules', 'an object');
  must(
    attach === undefined || (Array.isArray(attach) && attach.every((path) => typeof path === 'string')),
    'attach',
    'a list of file names',
  );
  return { task_type, budget, requirements, quality_rules, attach } as Front;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface Field {
  key: string;
  label: string;
  type: string;
  required: boolean;
  options?: string[];
  help: string;
  example: unknown;
}

/** What a brief must still say for its task type: nothing, or a text that names each field, what it means and how it looks. */
export function missingFields(
  taskType: string,
  fields: readonly Field[],
  given: Readonly<Record<string, unknown>>,
): string | null {
  const missing = fields.filter(({ key, required }) => required && isBlank(given[key]));
  if (missing.length === 0) return null;
  const lines = missing.map(({ key, type, options, help, example }) => {
    const form = options ? options.map((option) => `"${option}"`).join(' or ') : type;
    return `  ${key} (${form}): ${help} For example ${JSON.stringify(example)}`;
  });
  const sample = JSON.stringify(Object.fromEntries(missing.map(({ key, example }) => [key, example])));
  return [
    `The task type "${taskType}" needs more than the brief says:`,
    ...lines,
    `Write them into a file, such as ${sample}, and add --requirements FILE.json.`,
  ].join('\n');
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}
