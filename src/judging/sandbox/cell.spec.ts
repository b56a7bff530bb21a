import { expect, onTestFinished, test } from 'vitest';
import { Cell } from './cell.js';

function running(code: string): Cell {
  const cell = new Cell({ command: process.execPath, args: ['-e', `const fs = require('fs'); ${code}`] });
  onTestFinished(() => cell.kill('the test is over'));
  return cell;
}

/** Nothing of this process goes on meanwhile. */
const stopped = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

test('what a process says last is heard, although its end may be noticed first', async () => {
  const second = running(`fs.writeSync(3, 'ready\\n'); fs.readSync(3, Buffer.alloc(9)); fs.writeSync(3, 'last\\n');`);
  expect(await second.next(60_000)).toEqual({ kind: 'line', line: 'ready' });
  const first = running(`fs.writeSync(3, 'first\\n');`);
  stopped(800);
  // The first one's word and end are there at once; between the two, the second one says its last and ends.
  expect(await first.next(60_000)).toEqual({ kind: 'line', line: 'first' });
  second.send('go');
  stopped(400);
  expect(await second.next(60_000)).toEqual({ kind: 'line', line: 'last' });
  expect(await second.next(60_000)).toEqual({ kind: 'gone', reason: 'the program ended' });
});
