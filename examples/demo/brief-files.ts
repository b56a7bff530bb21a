import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from './arguments.ts';
import { type Brief, briefFrom, objectFrom } from './brief.ts';
import { WrongArguments } from './failure.ts';

const OURS = fileURLToPath(new URL('briefs/customers.md', import.meta.url));
const MAX_TEXT_BYTES = 200_000;

/**
 * The brief that the options name, or ours. What was typed counts more than what the file says.
 *
 * @param base what relative paths that were typed start from; those in a brief start from its own folder
 * @throws WrongArguments
 */
export function readBrief(options: Options, base: string): Brief {
  const path = options.brief === null ? OURS : resolve(base, options.brief);
  const { front, title, description } = briefFrom(textOf(path, 'brief'), basename(path));
  const more =
    options.requirements === null
      ? {}
      : objectFrom(textOf(resolve(base, options.requirements), 'requirements'), options.requirements);
  const attach = [
    ...(front.attach ?? []).map((file) => resolve(dirname(path), file)),
    ...options.attach.map((file) => resolve(base, file)),
  ];
  for (const file of attach) expectFile(file, 'attach');
  return {
    title,
    description,
    taskType:
      options.taskType ?? front.task_type ?? missing('--task-type T', 'what kind of work it is, such as csv-cleaning'),
    budget: options.budget ?? front.budget ?? missing('--budget N', 'what you pay at most, in credits'),
    requirements: { ...front.requirements, ...more },
    qualityRules: front.quality_rules ?? null,
    attach,
  };
}

function missing(option: string, meaning: string): never {
  throw new WrongArguments(`${option} is missing: ${meaning}.`);
}

function textOf(path: string, option: string): string {
  const { size } = expectFile(path, option);
  if (size > MAX_TEXT_BYTES)
    throw new WrongArguments(`--${option}: ${path} has ${size} bytes, which is too much to be one.`);
  return readFileSync(path, 'utf8');
}

function expectFile(path: string, option: string) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new WrongArguments(`--${option}: there is no file ${path}.`);
  if (!found.isFile()) throw new WrongArguments(`--${option}: ${path} is no file.`);
  return found;
}
