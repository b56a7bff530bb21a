import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../packages/agent-kit/test/any-text.js';
import { startApp } from './support/app.js';
import { brief, signUp, wallet } from './support/market.js';
import { expectEnvelope } from './support/refusals.js';

/** Texts that readers and databases stumble over, besides what fast-check thinks of. */
const nastyText = fc.oneof(
  anyText(40),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    '\udc00\ud800',
    '__proto__',
    'constructor',
    'toString',
    '$field',
    '\u202e',
    'NaN',
    '1e999',
    '%00',
    "'; DROP TABLE tasks; --",
  ),
);
const nastyNumber = fc.oneof(
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0, 1e308, 5e-324, 2 ** 31, 2 ** 53, -1),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    nastyNumber,
    nastyText,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(nastyText, tie('value'), { maxKeys: 5 }),
  ),
})).value;

/** A good brief of which a few fields, also new ones, are anything. */
const names = fc.oneof(
  fc.constantFrom(...Object.keys(brief()), 'metadata', 'attachments', 'quality_rules', 'max_revisions'),
  nastyText,
);
const changed = fc
  .array(fc.tuple(names, json), { minLength: 1, maxLength: 3 })
  .map((changes) => ({ ...brief(), ...Object.fromEntries(changes) }));
const rules = fc.array(
  fc.oneof(
    json,
    fc.record(
      {
        kind: fc.constantFrom('words', 'regex', 'json_schema', 'includes', 'sections'),
        min: json,
        terms: json,
        pattern: json,
        schema: json,
      },
      { requiredKeys: ['kind'] },
    ),
  ),
  { maxLength: 3 },
);
const requirements = fc.record(
  { max_words: json, format: json, must_mention: json, reader: json },
  { requiredKeys: [] },
);
const bodies = fc.oneof(
  changed.map((body) => JSON.stringify(body)),
  rules.map((list) => JSON.stringify(brief({ quality_rules: { rules: list } }))),
  requirements.map((fields) => JSON.stringify(brief({ requirements: fields }))),
  json.map((body) => JSON.stringify(body)),
  fc.tuple(changed, fc.nat(400)).map(([body, at]) => JSON.stringify(body).slice(0, at)),
  anyText(),
  fc.uint8Array({ maxLength: 200 }),
);

test('posting whatever JSON there is makes a task or is refused, and is never a fault of ours', async () => {
  const app = await startApp({ env: { ROLE: 'api', SIGNUP_GIFT_CREDITS: '1000000' } });
  const { key } = await signUp(app);
  let posted = 0;
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const answer = await app.call('POST', '/tasks', { key, body, headers: { 'content-type': 'application/json' } });
      if (answer.status === 201) posted++;
      else expectEnvelope(answer, JSON.stringify(answer.body));
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
  const [{ count = 0, held = 0 } = {}] = await app.db.query(
    'SELECT count(*)::int AS count, coalesce(sum(budget), 0)::int AS held FROM tasks',
  );
  expect(count).toBe(posted);
  expect(await wallet(app, { key, accountId: '' })).toMatchObject({ held });
});
