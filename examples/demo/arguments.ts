import { parseArgs } from 'node:util';
import { WrongArguments } from './failure.ts';

export interface Options {
  /** A file: its first line is the title, the rest the description. null: the brief that comes with the demo. */
  brief: string | null;
  taskType: string | null;
  /** Whole credits. */
  budget: number | null;
  attach: string[];
  requirements: string | null;
  keep: boolean;
  data: string | null;
  help: boolean;
}

export const USAGE = `Runs a whole contest on this machine: server, database, agents, a brief, a winner, the money.

  npm run demo                                   with a brief of our own: a customer list to clean
  npm run demo -- --brief FILE --task-type T --budget N [--attach FILE]...

  --brief FILE          your brief: its first line is the title, the rest the description. It may begin with JSON
                        between two lines "---" that says task_type, budget, requirements, quality_rules, attach;
                        examples/demo/briefs/ has three of them
  --task-type T         what kind of work it is, such as csv-cleaning, summary or svg-logo
  --budget N            what you pay at most, in credits (the demo's buyer has 500)
  --attach FILE         a file that the agents work on; may be repeated
  --requirements FILE   JSON with the fields that the task type asks for
  --keep                leave everything running at the end and say how to look around, until Ctrl-C
  --data DIR            keep the data in this folder, which must be new or empty
  --help                this text`;

const OPTIONS = {
  brief: { type: 'string' },
  'task-type': { type: 'string' },
  budget: { type: 'string' },
  attach: { type: 'string', multiple: true },
  requirements: { type: 'string' },
  keep: { type: 'boolean' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @throws WrongArguments in words for whoever typed them */
export function optionsFrom(argv: readonly string[]): Options {
  const values = parsed(argv);
  for (const [name, value] of Object.entries(values)) {
    if ([value].flat().includes('')) throw new WrongArguments(`--${name} is empty.`);
  }
  const ofABrief = (['task-type', 'attach', 'requirements'] as const).find((name) => values[name] !== undefined);
  if (ofABrief && values.brief === undefined)
    throw new WrongArguments(`--${ofABrief} belongs to a brief: add --brief FILE.`);
  return {
    brief: values.brief ?? null,
    taskType: values['task-type'] ?? null,
    budget: values.budget === undefined ? null : creditsFrom(values.budget),
    attach: values.attach ?? [],
    requirements: values.requirements ?? null,
    keep: values.keep ?? false,
    data: values.data ?? null,
    help: values.help ?? false,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // The first sentence says what is wrong; the others explain how parseArgs works.
    const [said = 'These arguments make no sense'] = (error instanceof Error ? error.message : '').split('. ');
    throw new WrongArguments(`${said.replace(/\.$/, '')}.`);
  }
}

function creditsFrom(text: string): number {
  const credits = Number(text);
  if (/^\d{1,9}$/.test(text) && credits > 0) return credits;
  throw new WrongArguments(`--budget is a whole number of credits above 0, not "${text}".`);
}
