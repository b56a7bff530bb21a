import { describe, expect, test } from 'vitest';
import { KINDS, makeWorld } from './made.js';
import { gini, marks } from './marks.js';
import { type RecordedWorld, WorldFile } from './recorded.js';
import { simulate } from './simulate.js';

const play = (world: RecordedWorld, seed = '1') => {
  const run = simulate(world, { places: 5, experimentation: 0.3, seed });
  return { run, marks: marks(world, run, 5) };
};

describe('a world file', () => {
  const tasks = [{ id: 't1', category: 'a' }, { id: 2 }];
  const wanted = [
    [500, 700],
    [null, 300],
  ];

  test('gives scores by position, by id or mixed, for agents with capabilities or as ids', () => {
    const files = [
      {
        agents: ['x', 'y'],
        tasks,
        score: [
          [500, 700],
          [null, 300],
        ],
      },
      { agents: ['x', { id: 'y', capabilities: [] }], tasks, score: { x: { t1: 500, '2': 700 }, y: { '2': 300 } } },
      { agents: [{ id: 'x' }, 'y'], tasks, score: { x: [500, 700], y: { t1: null, 2: 300 } } },
    ];
    for (const file of files) expect(WorldFile.parse(file).scores).toEqual(wanted);
  });

  test('with a category that nobody declares opens it to all', () => {
    const agents = [{ id: 'x', capabilities: ['a'] }, 'y'];
    const world = WorldFile.parse({ agents, tasks: [...tasks, { id: 't3', category: 'b' }], score: [[1, 2, 3]] });
    expect(world.agents.map(({ capabilities }) => capabilities)).toEqual([['a', 'all', 'b'], null]);
  });

  test('without any score is refused', () => {
    expect(WorldFile.safeParse({ agents: ['x'], tasks, score: { z: [1, 2] } }).success).toBe(false);
    expect(WorldFile.safeParse({ agents: ['x'], tasks, score: [[1_001, 0]] }).success).toBe(false);
  });
});

describe('a simulated market', () => {
  test('calls K that fit, each once, only after they joined, and gives the buyer the best of their scores', () => {
    const world = makeWorld('specialists-declared', '1');
    const { run } = play(world);
    expect(run.steps).toHaveLength(world.tasks.length);
    for (const [step, { task, called, got }] of run.steps.entries()) {
      const category = world.tasks[task]?.category ?? '';
      expect(new Set(called).size).toBe(5);
      expect(called.every((agent) => world.agents[agent]?.capabilities?.includes(category))).toBe(true);
      expect(called.every((agent) => (run.joined[agent] ?? 0) <= step)).toBe(true);
      expect(got).toBe(Math.max(...called.map((agent) => world.scores[agent]?.[task] ?? 0)));
    }
    expect(run.joined.filter((step) => step > 0)).toHaveLength(Math.floor(world.agents.length / 3));
  });

  test('is the same for the same seed and another for another', () => {
    const world = makeWorld('generalists-few', '1');
    expect(play(world).run).toEqual(play(world).run);
    expect(play(world, '2').run).not.toEqual(play(world).run);
  });

  test('goes on when agents do not answer', () => {
    const world = makeWorld('generalists-few', '1');
    const scores = world.scores.map((row, agent) => (agent % 2 === 0 ? row : row.map(() => null)));
    expect(play({ ...world, scores }).marks.share_of_best_k.whole).toBeGreaterThan(0.9);
  });

  test.each(['generalists', 'generalists-few', 'drifting', 'pass-or-fail'])(
    'finds the good generalists: %s',
    (kind) => {
      const { marks: found } = play(makeWorld(kind, '1'));
      expect(found.share_of_best_k.whole).toBeGreaterThan(0.975);
      expect(found.newcomers_tried_twice_early).toBeGreaterThan(0.85);
      expect(found.never_tried).toBe(0);
    },
  );

  test.each(['specialists', 'specialists-declared', 'specialists-few', 'specialists-rare'])(
    'finds the good specialists: %s',
    (kind) => {
      const { marks: found } = play(makeWorld(kind, '1'));
      expect(found.share_of_best_k.whole).toBeGreaterThan(0.94);
      expect(found.share_of_best_k.last_quarter).toBeGreaterThan(0.97);
      expect(found.never_tried).toBe(0);
    },
  );
});

describe('the marks', () => {
  test('are 1 for who always calls the best, and tell who was never tried', () => {
    const tasks = Array.from({ length: 8 }, (_, index) => ({ id: `${index}`, category: 'a' }));
    const agents = ['good', 'bad', 'idle'].map((id) => ({ id, capabilities: null }));
    const scores = [900, 300, 0].map((score) => tasks.map(() => score));
    const run = {
      steps: tasks.map((_, task) => ({ task, called: [0, 1], got: 900 })),
      joined: [0, 0, 4],
    };
    expect(marks({ agents, tasks, scores }, run, 2)).toEqual({
      share_of_best_k: { whole: 1, last_quarter: 1 },
      share_of_best: { whole: 1, last_quarter: 1 },
      newcomers_tried_twice_early: 0,
      gini: 0.3333,
      never_tried: 1,
    });
  });

  test('hold a fixed choice to what it could have been', () => {
    const tasks = [0, 1].map((id) => ({ id: `${id}`, category: 'a' }));
    const agents = ['x', 'y', 'z'].map((id) => ({ id, capabilities: null }));
    // The best one agent in hindsight is x with 1,000 of the 1,400 that two tasks could give.
    const scores = [
      [500, 500],
      [700, 0],
      [0, 700],
    ];
    const run = { steps: tasks.map((_, task) => ({ task, called: [0], got: 500 })), joined: [0, 0, 0] };
    const found = marks({ agents, tasks, scores }, run, 1);
    expect(found.share_of_best_k.whole).toBe(1);
    expect(found.share_of_best.whole).toBe(0.7143);
  });

  test('have a Gini of 0 for equals and near 1 for one alone', () => {
    expect(gini([5, 5, 5])).toBeCloseTo(0, 9);
    expect(gini([0, 0, 0, 100])).toBe(0.75);
  });
});

test('made worlds are of the size they say', () => {
  for (const [kind, { agents, tasks }] of Object.entries(KINDS)) {
    const world = makeWorld(kind, '1');
    expect([world.agents.length, world.tasks.length, world.scores.length]).toEqual([agents, tasks, agents]);
  }
});
