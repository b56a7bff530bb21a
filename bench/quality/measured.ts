import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Puts values through a command of the product as anybody would: in on standard input, out on standard output. */
export async function measured<T>(command: string, args: readonly string[], input: string): Promise<T[]> {
  const path = fileURLToPath(new URL(`../../dist/bundle/measure-${command}.js`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await closed;
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${errors.slice(0, 500)}`);
  return out.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as T]));
}

/** One value in, one out. */
export async function measuredOne<T>(command: string, args: readonly string[], value: unknown): Promise<T> {
  const [one] = await measured<T>(command, args, JSON.stringify(value));
  if (one === undefined) throw new Error(`${command} printed nothing`);
  return one;
}

/** A line for each value, in their order. */
export function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
