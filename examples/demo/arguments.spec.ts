import { describe, expect, test } from 'vitest';
import { optionsFrom, USAGE } from './arguments.ts';
import { WrongArguments } from './failure.ts';

const NONE = {
  brief: null,
  taskType: null,
  budget: null,
  attach: [],
  requirements: null,
  keep: false,
  data: null,
  help: false,
};

describe('the arguments of the demo', () => {
  test('may all be absent', () => {
    expect(optionsFrom([])).toEqual(NONE);
  });

  test('take a whole brief, with more than one file', () => {
    const argv =
      '--brief b.md --task-type summary --budget 40 --attach a.txt --attach b.txt --requirements r.json'.split(' ');
    expect(optionsFrom(argv)).toEqual({
      ...NONE,
      brief: 'b.md',
      taskType: 'summary',
      budget: 40,
      attach: ['a.txt', 'b.txt'],
      requirements: 'r.json',
    });
  });

  test.each([
    [['--bugdet', '5'], "Unknown option '--bugdet'."],
    [['file.md'], "Unexpected argument 'file.md'."],
    [['--budget'], "Option '--budget <value>' argument missing."],
    [['--budget', '1.5'], '--budget is a whole number of credits above 0, not "1.5".'],
    [['--budget', '0'], '--budget is a whole number of credits above 0, not "0".'],
    [['--brief='], '--brief is empty.'],
    [['--task-type', 'summary'], '--task-type belongs to a brief: add --brief FILE.'],
    [['--attach', 'a.txt'], '--attach belongs to a brief: add --brief FILE.'],
  ])('are refused in one sentence: %j', (argv, sentence) => {
    expect(() => optionsFrom(argv)).toThrow(new WrongArguments(sentence));
  });

  test('all stand in the usage', () => {
    for (const name of ['brief', 'task-type', 'budget', 'attach', 'requirements', 'keep', 'data', 'help']) {
      expect(USAGE).toContain(`\n  --${name}`);
    }
  });
});
