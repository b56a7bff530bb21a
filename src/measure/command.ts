import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** What is wrong with what a command was given: said in one line, and the exit code is 2. */
export class Unusable extends Error {}

/**
 * Runs a command to its end: JSON on standard output, everything else on standard error. Exit code 0; 2 when it was asked
 * wrongly (one line says how); 1 when the fault is ours.
 */
export async function runCommand(usage: string, main: (args: readonly string[]) => Promise<void>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    await main(args);
  } catch (error) {
    process.exitCode = explain(error);
  }
}

function explain(error: unknown): number {
  if (!isAskedWrongly(error)) {
    console.error(error);
    return 1;
  }
  console.error(`${error.message.replaceAll(/\s+/g, ' ')} (--help prints the usage.)`);
  return 2;
}

/** Ours, or what `parseArgs` of Node says of an unknown option. */
function isAskedWrongly(error: unknown): error is Error {
  return (
    error instanceof Unusable ||
    (error instanceof TypeError && 'code' in error && `${error.code}`.startsWith('ERR_PARSE_ARGS'))
  );
}

/**
 * A file of JSON, checked; `-` is standard input.
 *
 * @throws Unusable it is missing, no JSON, or not of this shape
 */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const source = path === '-' ? await text(process.stdin) : await opened(path, readFile(path, 'utf8'));
  return parsed(source, schema, path);
}

/**
 * A file of JSON lines, one value at a time, so that it may be larger than memory; blank lines are skipped, `-` is standard input.
 *
 * @throws Unusable it is missing, or a line is no JSON or not of this shape
 */
export async function* readLines<T>(path: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  const input = path === '-' ? process.stdin : createReadStream(path, 'utf8');
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (line.trim() !== '') yield parsed(line, schema, `${path}:${number}`);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** One value a line. */
export function printLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** A count that an option gives. @throws Unusable it is no whole number from `min` to `max` */
export function wholeNumber(name: string, given: string, min: number, max: number): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Unusable(`${name} must be a whole number from ${min} to ${max}, not ${given}.`);
  return value;
}

function parsed<T>(source: string, schema: z.ZodType<T>, where: string): T {
  const checked = schema.safeParse(jsonOf(source, where));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const at = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new Unusable(`${where}: ${issue?.message ?? 'not of the expected shape'}${at}`);
}

function jsonOf(source: string, where: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new Unusable(`${where} is no JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

async function opened(path: string, reading: Promise<string>): Promise<string> {
  try {
    return await reading;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): unknown {
  return error instanceof Error && 'syscall' in error ? new Unusable(`${path} can't be read: ${error.message}`) : error;
}
