import { type Db, rows, type Tx } from '../platform/database/db.js';
import { BOUNDS, type Doc } from './relevance/doc.js';
import { type MarketWords, usualOf } from './relevance/market.js';
import { type Packed, packed } from './relevance/packed.js';
import type { Query } from './relevance/query.js';
import type { Profile } from './relevance/relevance.js';

/** How many agents a text cut gives at most. */
export const TEXT_CUT = 500;
/** How many profiles a cut looks at: the words are taken, rarest first, until they hold so many. */
const LOOKED_AT = 2_000;
/** A single word may stand for a capability: its lexeme begins with this, and a category's with the other. */
const CAPABILITY = '=';
const CATEGORY = '@';
const KEPT_TEXTS = 20;
const LONGEST_TEXT = 2_000;

/** The market in numbers, and how common some words and capabilities are. */
export interface Counts {
  readonly agents: number;
  readonly usualDeclared: number;
  readonly meanOwn: number;
  readonly meanPast: number;
  /** When it was counted, in ms; 0: never. */
  readonly countedAt: number;
  /** By lexeme; absent: it was not asked for, or nobody has it. */
  readonly holders: ReadonlyMap<string, number>;
}

const COUNTS = `
  SELECT m.agents, m.usual_declared AS "usualDeclared", m.mean_own AS "meanOwn", m.mean_past AS "meanPast",
         (extract(epoch FROM m.counted_at) * 1000)::float8 AS "countedAt",
         (SELECT COALESCE(jsonb_object_agg(w.word, w.agents), '{}')
          FROM unnest($1::text[]) asked CROSS JOIN LATERAL (SELECT * FROM profile_words WHERE word = asked OFFSET 0) w) AS holders
  FROM profile_market m`;

/** What is known of these lexemes. Before the first count everybody is a stranger: empty. */
export async function countsOf(db: Db, lexemes: readonly string[]): Promise<Counts> {
  const [row] = await db.query<Omit<Counts, 'holders'> & { holders: Record<string, number> }>(COUNTS, [lexemes]);
  if (!row) return { agents: 0, usualDeclared: 3, meanOwn: 1, meanPast: 1, countedAt: 0, holders: new Map() };
  return { ...row, holders: new Map(Object.entries(row.holders)) };
}

/** The words of a brief and the capabilities that it asks for. */
export function lexemesAsked({ words, asked }: Query): string[] {
  return [...words, ...[...asked].map(lexemeOf)];
}

export function lexemeOf(capability: string): string {
  return `${CAPABILITY}${capability}`;
}

export function marketOf(counts: Counts, query: Query): MarketWords {
  return {
    ...counts,
    holders: query.words.map((word) => counts.holders.get(word) ?? 0),
    declarers: (key) => counts.holders.get(lexemeOf(key)) ?? 0,
  };
}

/**
 * Agents of a category whose texts share the brief's rarest words, most and rarest first. Each word's list is read only until
 * enough are found, so that common words cost nothing.
 *
 * @param category as the agents declare it; null: all
 */
export async function textCut(
  db: Db,
  query: Query,
  counts: Counts,
  category: string | null,
  most: number = TEXT_CUT,
): Promise<string[]> {
  const lists = rarest(query, counts, category);
  if (lists.length === 0) return [];
  const branches = lists.map(
    (_, i) =>
      `(SELECT agent_id, ${lists.length - i} AS worth FROM agent_profiles WHERE lexemes @@ $${i + 2}::tsquery LIMIT ${LOOKED_AT})`,
  );
  const sql = `
    SELECT agent_id AS id FROM (SELECT * FROM (${branches.join(' UNION ALL ')}) found LIMIT ${LOOKED_AT}) looked
    GROUP BY agent_id ORDER BY sum(worth) DESC, agent_id LIMIT $1`;
  const found = await db.query<{ id: string }>(sql, [most, ...lists]);
  return found.map(({ id }) => id);
}

/** The searches of a cut, the rarest word first. */
function rarest(query: Query, { holders }: Counts, category: string | null): string[] {
  const known = lexemesAsked(query)
    .flatMap((lexeme) => {
      const agents = holders.get(lexeme) ?? 0;
      return agents > 0 ? [{ lexeme, agents }] : [];
    })
    .toSorted((a, b) => a.agents - b.agents || (a.lexeme < b.lexeme ? -1 : 1));
  let left = LOOKED_AT;
  const taken: string[] = [];
  for (const { lexeme, agents } of known) {
    if (taken.length > 0 && agents > left) break;
    taken.push(category === null ? quoted(lexeme) : `${quoted(`${CATEGORY}${category}`)} & ${quoted(lexeme)}`);
    left -= agents;
  }
  return taken;
}

function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** The profiles of these agents. */
export async function docsOf(db: Db, agentIds: readonly string[]): Promise<{ doc: Packed; version: number }[]> {
  return db.query<{ doc: Packed; version: number }>(
    `SELECT p.doc, p.version
     FROM unnest($1::uuid[]) id CROSS JOIN LATERAL (SELECT * FROM agent_profiles WHERE agent_id = id OFFSET 0) p`,
    [agentIds],
  );
}

const PROVEN = '(SELECT count(*)::int FROM agent_capabilities WHERE agent_id = a.id AND passed_at IS NOT NULL)';

/** Agents whose profile is missing or older than they are; at most `most`. */
export async function staleProfiles(db: Db, most: number): Promise<string[]> {
  const found = await db.query<{ id: string }>(
    `SELECT a.id FROM agents a LEFT JOIN agent_profiles p ON p.agent_id = a.id
     WHERE p.agent_id IS NULL OR p.source_at < a.updated_at OR p.proven <> ${PROVEN} ORDER BY a.id LIMIT $1`,
    [most],
  );
  return found.map(({ id }) => id);
}

/** What a profile is made from. */
export interface Source {
  readonly profile: Profile;
  readonly categories: readonly string[];
  readonly updatedAt: Date;
  readonly proven: number;
}

type SourceRow = Pick<Source, 'updatedAt' | 'proven'> &
  Pick<Profile, 'agentId' | 'name' | 'description' | 'finished'> & {
    declared: { category: string; task_type: string | null; proven: boolean }[];
  };

/** Agents as they are now, locked against being made into profiles twice at once. */
export async function sourcesOf(tx: Tx, agentIds: readonly string[]): Promise<Source[]> {
  const found = await rows<SourceRow>(
    tx,
    `SELECT a.id AS "agentId", a.name, a.description, a.updated_at AS "updatedAt", ${PROVEN} AS proven,
            COALESCE((SELECT jsonb_agg(jsonb_build_object('category', category, 'task_type', task_type, 'proven', passed_at IS NOT NULL)
                                       ORDER BY passed_at IS NULL, specialist DESC, category, task_type)
                      FROM agent_capabilities WHERE agent_id = a.id), '[]') AS declared,
            ARRAY(SELECT text FROM agent_finished WHERE agent_id = a.id ORDER BY finished_at DESC, task_id LIMIT ${KEPT_TEXTS}) AS finished
     FROM agents a WHERE a.id = ANY($1::uuid[]) ORDER BY a.id`,
    [agentIds],
  );
  return found.map(({ updatedAt, proven, declared, ...agent }) => ({
    profile: {
      ...agent,
      capabilities: declared.map((one) => ({ name: one.task_type ?? one.category, proven: one.proven })),
    },
    categories: [...new Set(declared.map(({ category }) => category))],
    updatedAt,
    proven,
  }));
}

/** What agents say of themselves, as much as counts, by id. */
export async function textsOf(db: Db, agentIds: readonly string[]): Promise<Map<string, string>> {
  const found = await db.query<{ id: string; text: string }>(
    `SELECT id, name || '. ' || left(description, $2) AS text FROM agents WHERE id = ANY($1::uuid[])`,
    [agentIds, BOUNDS.description],
  );
  return new Map(found.map(({ id, text }) => [id, text]));
}

/** Takes the place of the agents' profiles. */
export async function storeProfiles(
  tx: Tx,
  made: readonly { readonly source: Source; readonly doc: Doc }[],
  now: Date,
): Promise<void> {
  const given = made.map(({ source, doc }) => ({
    agent_id: doc.agentId,
    source_at: source.updatedAt,
    proven: source.proven,
    tasks: doc.tasks,
    declared: doc.declared,
    doc: packed(doc),
    lexemes: lexemesOf(doc, source.categories),
  }));
  await rows(
    tx,
    `INSERT INTO agent_profiles (agent_id, source_at, proven, built_at, version, tasks, declared, doc, lexemes)
     SELECT agent_id, source_at, proven, $2, 1, tasks, declared, doc, array_to_tsvector(lexemes)
     FROM jsonb_to_recordset($1::jsonb)
       AS g (agent_id uuid, source_at timestamptz, proven int, tasks int, declared int, doc jsonb, lexemes text[])
     ON CONFLICT (agent_id) DO UPDATE SET source_at = excluded.source_at, proven = excluded.proven, built_at = excluded.built_at,
       version = agent_profiles.version + 1, tasks = excluded.tasks, declared = excluded.declared, doc = excluded.doc, lexemes = excluded.lexemes`,
    [JSON.stringify(given), now],
  );
}

export function lexemesOf(doc: Doc, categories: readonly string[]): string[] {
  return [
    ...new Set([
      ...doc.own,
      ...doc.past.map(([word]) => word),
      ...doc.capabilities.map(({ key }) => `${CAPABILITY}${key}`),
      ...categories.map((category) => `${CATEGORY}${category}`),
    ]),
  ];
}

/** Keeps the text of a finished task, and of each agent only the newest. A repeat changes nothing. */
export async function keepFinished(
  tx: Tx,
  { agentId, taskId, text }: { readonly agentId: string; readonly taskId: string; readonly text: string },
  now: Date,
): Promise<void> {
  await rows(
    tx,
    'INSERT INTO agent_finished (agent_id, task_id, text, finished_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [...[agentId, taskId, text.slice(0, LONGEST_TEXT)], now],
  );
  await rows(
    tx,
    `DELETE FROM agent_finished WHERE agent_id = $1 AND task_id NOT IN (
       SELECT task_id FROM agent_finished WHERE agent_id = $1 ORDER BY finished_at DESC, task_id LIMIT ${KEPT_TEXTS})`,
    [agentId],
  );
  // Older than the agent by this: so it is made anew.
  await rows(tx, `UPDATE agent_profiles SET source_at = '-infinity' WHERE agent_id = $1`, [agentId]);
}

/** Counts how many profiles hold each word, and what is usual. */
export async function countWords(tx: Tx, now: Date): Promise<void> {
  await rows(tx, 'SELECT pg_advisory_xact_lock(hashtext($1))', ['profile_words']);
  await rows(tx, 'DELETE FROM profile_words');
  await rows(
    tx,
    `INSERT INTO profile_words (word, agents) SELECT word, ndoc FROM ts_stat('SELECT lexemes FROM agent_profiles')`,
  );
  const declared = await rows<{ declared: number; agents: number }>(
    tx,
    'SELECT declared, count(*)::int AS agents FROM agent_profiles GROUP BY declared',
  );
  const counts: number[] = [];
  for (const one of declared) counts[Math.min(one.declared, 100)] = one.agents;
  const agents = declared.reduce((total, one) => total + one.agents, 0);
  await rows(
    tx,
    `INSERT INTO profile_market (agents, usual_declared, mean_own, mean_past, counted_at)
     SELECT $1, $2, COALESCE(avg((doc ->> 'ownLength')::int), 1),
            COALESCE(avg((doc ->> 'pastLength')::int) FILTER (WHERE tasks > 0), 1), $3 FROM agent_profiles
     ON CONFLICT (single) DO UPDATE SET agents = excluded.agents, usual_declared = excluded.usual_declared,
       mean_own = excluded.mean_own, mean_past = excluded.mean_past, counted_at = excluded.counted_at`,
    [
      agents,
      usualOf(
        Array.from(counts, (count) => count ?? 0),
        agents,
      ),
      now,
    ],
  );
}
