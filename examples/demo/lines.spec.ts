import { describe, expect, test } from 'vitest';
import { agentLine, bar, bidderLine, bidLines, heading, telling, triageLines } from './lines.ts';
import { paint } from './paint.ts';
import { widthOf } from './text.ts';
import type { Bid, Criterion, Judgement } from './views.ts';

const page = { paint: paint(false), width: 80 };

function criterion(key: string, met: Criterion['met'], weight: number, changes: Partial<Criterion> = {}): Criterion {
  return {
    key,
    met,
    weight,
    dimension: 'heavy',
    source: 'rubric',
    question: `Is it ${key}?`,
    evidence: `${key} was seen`,
    ...changes,
  };
}

function judgement(criteria: Criterion[], changes: Partial<Judgement> = {}): Judgement {
  const dimensions = [
    { key: 'heavy', name: 'Records', weight: 0.8, low: 60, high: 60 },
    { key: 'light', name: 'Order', weight: 0.2, low: 0, high: 100 },
  ];
  return { total: { low: 48, high: 68 }, dimensions, criteria, gates: [], ...changes };
}

function bid(changes: Partial<Bid> = {}): Bid {
  return {
    id: 'b',
    agent: { id: 'a', name: 'Tidy CSV' },
    status: 'received',
    reason: null,
    took_ms: 420,
    presented: true,
    rank: 1,
    price: 48,
    summary: 'Sixty rows became\nforty-four.',
    judgement: judgement([criterion('unique', 'yes', 1), criterion('sorted', 'no', 1, { dimension: 'light' })]),
    artifacts: [],
    ...changes,
  };
}

describe('an agent on its way', () => {
  const run = {
    status: 'passed',
    reason: null,
    cases: [{ task_type: 'summary', result: 'passed', reason: null, decided_score: 95.42, took_ms: 300 }],
  } as const;
  const state = { name: 'Rank', run: null, problem: null };

  test('turns where lines change, and stands still elsewhere', () => {
    expect(agentLine({ ...state, stage: 'benchmark' }, 6, 2, page)).toBe('  ⠹ Rank    benchmark ...');
    expect(agentLine({ ...state, stage: 'benchmark' }, 6, null, page)).toBe('  · Rank    benchmark ...');
  });

  test('is live with what its benchmark gave, or not, with the reason', () => {
    expect(agentLine({ ...state, stage: 'live', run: { ...run, cases: [...run.cases] } }, 4, 0, page)).toBe(
      '  ✓ Rank  live: benchmark summary 95.4 in 0.3 s',
    );
    expect(agentLine({ ...state, stage: 'not live', problem: 'It ended.' }, 4, 0, page)).toBe('  ✗ Rank  It ended.');
  });
});

test('triage says who is called and why, who is not, and who was left out', () => {
  const agent = (name: string) => ({ id: name, name });
  const lines = triageLines(
    {
      chosen: [
        {
          agent: agent('Tidy'),
          why: 'Called: 1st of 2 by score 0.50 (fit 1.15 as a specialist, record 0.50 expected, speed 0.50).',
        },
      ],
      candidates: [
        { agent: agent('Tidy'), called: true, why: '' },
        { agent: agent('Quick'), called: false, why: 'Not called: 2nd of 2.' },
      ],
      left_out: [{ reason: 'paused', agents: 2, meaning: 'are paused' }],
    },
    page,
  );
  expect(lines).toEqual([
    '  → Tidy   1st of 2 by score 0.50 (fit 1.15 as a specialist, record 0.50',
    '           expected, speed 0.50).',
    '  - Quick  Not called: 2nd of 2.',
    '  Left out: agents that are paused (2).',
  ]);
});

test.each([
  [{ status: 'called', ms: 1_250, reason: null }, 3, '  ⠸ Tidy  working 1.3 s'],
  [{ status: 'called', ms: 1_250, reason: null }, null, '  · Tidy  is called'],
  [{ status: 'received', ms: 420, reason: null }, null, '  ✓ Tidy  answered after 0.4 s'],
  [{ status: 'declined', ms: 90, reason: 'too\nlittle' }, null, '  ✗ Tidy  declined after 0.1 s: too little'],
  [{ status: 'not_called', ms: 0, reason: null }, null, '  ✗ Tidy  could not be called by us'],
])('a bidder is shown as it is: %j', (state, tick, line) => {
  expect(bidderLine({ name: 'Tidy', ...state }, 4, tick, page)).toBe(line);
});

describe('a presented bid', () => {
  test('shows score, price, time, each dimension and the evidence', () => {
    expect(bidLines(bid(), 1, 8, page)).toEqual([
      '  1. Tidy CSV  ██████████▒▒▒▒░░░░░░ 48-68      48 credits  0.4 s',
      '     "Sixty rows became forty-four."',
      '     Records 60  Order 0-100',
      '     ✗ Is it sorted? sorted was seen',
      '     ✓ Is it unique? unique was seen',
    ]);
  });

  test('shows the gates that closed, and what they cost', () => {
    const gates = [
      { key: 'near_copy', evidence: 'alike', cap: null },
      { key: 'padding', evidence: 'hollow', cap: 15 },
    ];
    const lines = bidLines(bid({ summary: null, judgement: judgement([], { gates }) }), 2, 8, page);
    expect(lines.slice(2)).toEqual(['     ! near copy: alike', '     ! padding (no more than 15 points): hollow']);
  });

  test('fits the page and obeys nobody, whatever an agent wrote', () => {
    const long = '\u001b[2J'.concat('long words '.repeat(60));
    const criteria = [criterion('a', 'no', 1, { question: long, evidence: long })];
    const lines = bidLines(
      bid({ summary: long, agent: { id: 'a', name: 'Tidy\u001b[8m' }, judgement: judgement(criteria) }),
      1,
      8,
      page,
    );
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80);
    expect(lines.join('')).not.toContain('\u001b');
  });

  test('tells first what was missed, then what weighs most; gates and the undecided come last or not at all', () => {
    const criteria = [
      criterion('light miss', 'no', 1, { dimension: 'light' }),
      criterion('met', 'yes', 5),
      criterion('rule', 'no', 30, { dimension: null, source: 'rule' }),
      criterion('open', 'unknown', 9),
      criterion('gate', 'no', 0, { dimension: null, source: 'gate' }),
      criterion('heavy miss', 'no', 1),
    ];
    expect(telling(judgement(criteria), 9).map(({ key }) => key)).toEqual([
      'heavy miss',
      'rule',
      'light miss',
      'met',
      'open',
    ]);
    expect(telling(judgement(criteria), 2)).toHaveLength(2);
  });
});

test('a bar is full for what is certain and shaded for what is open', () => {
  expect(bar({ low: 0, high: 100 }, page)).toBe('▒'.repeat(20));
  expect(bar({ low: 100, high: 100 }, page)).toBe('█'.repeat(20));
  expect(bar({ low: 50, high: 52 }, page)).toBe('██████████░░░░░░░░░░');
});

test('a heading stands apart', () => {
  expect(heading('Gallery', page, 'best first')).toEqual(['', 'Gallery  best first']);
});
