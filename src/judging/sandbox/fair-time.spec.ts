import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Cell } from './cell.js';
import { FairTime } from './fair-time.js';

const tells = existsSync('/proc/self/schedstat');

function busy(): number {
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
}

test('what is slept counts', async () => {
  const time = new FairTime([process.pid]);
  const from = performance.now();
  await sleep(300);
  time.look();
  expect(time.now()).toBeGreaterThan(100);
  expect(time.now()).toBeLessThanOrEqual(performance.now() - from + 100);
});

test.skipIf(!tells)('what a process waits for a processor does not', async () => {
  const pids = Array.from({ length: 2 * availableParallelism() }, busy);
  const time = new FairTime(pids.slice(0, 1));
  await sleep(1_000);
  const counted = time.now();
  time.look();
  expect(time.now()).toBeLessThan(counted - 100);
});

test('a process is waited for as long as its time is not over, and no longer', async () => {
  const says = (ms: number) => ({
    command: process.execPath,
    args: ['-e', `setTimeout(() => require('fs').writeSync(3, 'here\\n'), ${ms})`],
  });
  /** Of which it turns out, once it is looked for, that a minute was waiting. */
  class Slow extends FairTime {
    private waitedMs = 0;
    override now(): number {
      return super.now() - this.waitedMs;
    }
    override look(): void {
      this.waitedMs = 60_000;
    }
  }
  const late = new Cell(says(200));
  onTestFinished(() => late.kill('the end'));
  expect(await late.next(1, new Slow([]))).toEqual({ kind: 'line', line: 'here' });
  const never = new Cell(says(60_000));
  expect(await never.next(50, new FairTime([]))).toEqual({ kind: 'gone', reason: 'it took too long' });
});
