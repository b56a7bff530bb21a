import { z } from 'zod';
import type { Brief } from '../judge.js';
import type { Question } from './client.js';
import type { Encoding } from './encoding.js';

/** One thing to be found out about a work. */
export interface Criterion {
  readonly key: string;
  readonly question: string;
}

/** What the buyer asked for, and if there is one, an answer known to be right. */
export interface Asked {
  readonly brief: Brief;
  /** What a good answer of this type consists of. */
  readonly about: string;
  readonly reference?: string | undefined;
}

const BRIEF_CHARS = 8_000;
const EVIDENCE_CHARS = 300;

const FAIR = [
  'You check work that was made for a brief. Be strict, literal and brief. Go by what stands there and not by how it is said.',
  'Length, headings, bold, lists, a confident tone and politeness are worth nothing. A short work that does what the brief says beats a long one that does something else.',
].join('\n');

/** Whether each criterion is met (template 0), or whether there is a fault that speaks against it (template 1). */
export type CriteriaTemplate = 0 | 1;

const Met = z.enum(['yes', 'no', 'unknown']);

const MetReply = z.object({ answers: z.array(z.object({ id: z.string(), met: Met, evidence: z.string() })) });
const FaultReply = z.object({
  answers: z.array(z.object({ id: z.string(), fault: z.enum(['found', 'none', 'unclear']), evidence: z.string() })),
});

export interface SaidOfCriterion {
  readonly key: string;
  readonly met: z.infer<typeof Met>;
  readonly evidence: string;
}

/** A question about one work, and how its reply is read. Ids are of this call alone. */
export function criteriaQuestion(
  encoding: Encoding,
  asked: Asked,
  work: string,
  criteria: readonly Criterion[],
  template: CriteriaTemplate,
) {
  const ids = new Map(criteria.map(({ key }) => [encoding.label(), key]));
  const label = encoding.label();
  const list = [...ids].map(([id, key]) => `${id}: ${criteria.find((each) => each.key === key)?.question ?? ''}`);
  const prompt = [
    briefPart(encoding, asked),
    `The work, ${label}:\n${encoding.fenced(label, work)}`,
    `${template === 0 ? 'The questions' : 'Each question, to which the work should deserve a yes'}:\n${list.join('\n')}`,
    CRITERIA_ORDERS[template],
  ].join('\n\n');
  const base = {
    name: 'criteria',
    system: `${FAIR}\n${encoding.rules}`,
    prompt,
    maxOutputTokens: 200 + 120 * criteria.length,
  };
  return {
    question: (template === 0
      ? { ...base, schema: MetReply }
      : { ...base, schema: FaultReply }) as Question<CriteriaReply>,
    read: (reply: CriteriaReply) => readCriteria(reply, ids),
  };
}

type CriteriaReply = z.infer<typeof MetReply> | z.infer<typeof FaultReply>;

const CRITERIA_ORDERS = [
  'Answer each question about the work with yes, no or unknown; unknown only where the work and the brief do not let anybody tell. Evidence is what in the work shows it, in at most 20 words.\nReply with JSON alone: {"answers":[{"id":"<id of the question>","met":"yes|no|unknown","evidence":"..."}]}',
  'Look for faults. For each question say whether the work has a concrete fault that makes the honest answer a no: found, none, or unclear where nobody can tell. Evidence is that fault, or what shows there is none, in at most 20 words.\nReply with JSON alone: {"answers":[{"id":"<id of the question>","fault":"found|none|unclear","evidence":"..."}]}',
] as const;

const MET_OF_FAULT = { found: 'no', none: 'yes', unclear: 'unknown' } as const;

/** Only the first word on a question counts, and only on one that was asked. */
function readCriteria({ answers }: CriteriaReply, ids: ReadonlyMap<string, string>): Map<string, SaidOfCriterion> {
  const said = new Map<string, SaidOfCriterion>();
  for (const answer of answers) {
    const key = ids.get(answer.id.trim());
    if (key === undefined || said.has(key)) continue;
    const met = 'met' in answer ? answer.met : MET_OF_FAULT[answer.fault];
    said.set(key, { key, met, evidence: plain(answer.evidence) });
  }
  return said;
}

/** Two wordings of the same question: which does it better, and which has more against it. */
export type PairTemplate = 0 | 1;

export type Side = 'first' | 'second' | 'tie';

export interface SaidOfPair {
  readonly side: Side;
  readonly evidence: string;
}

/** Which of two works is better. Their names are of this call alone, and say nothing about their order. */
export function pairQuestion(
  encoding: Encoding,
  asked: Asked,
  works: readonly [string, string],
  template: PairTemplate,
) {
  const names = [encoding.label(), encoding.label()] as const;
  const choice = z.enum([...names, 'tie']);
  const schema =
    template === 0 ? z.object({ reason: z.string(), better: choice }) : z.object({ reason: z.string(), worse: choice });
  const prompt = [
    briefPart(encoding, asked),
    ...names.map((name, at) => `Work ${name}:\n${encoding.fenced(name, works[at] ?? '')}`),
    pairOrders(names, template),
  ].join('\n\n');
  return {
    question: {
      name: 'pair',
      system: `${FAIR}\n${encoding.rules}`,
      prompt,
      schema,
      maxOutputTokens: 400,
    } as Question<PairReply>,
    read: (reply: PairReply) => readPair(reply, names),
  };
}

type PairReply = { readonly reason: string } & ({ readonly better: string } | { readonly worse: string });

function pairOrders([one, other]: readonly [string, string], template: PairTemplate): string {
  const steps =
    'First write down in a sentence what the brief asks for. Then say of each work whether it does exactly that, and what is wrong in it.';
  return template === 0
    ? `${steps} Which work does better what the brief asks for? Say tie where neither does.\nReply with JSON alone: {"reason":"at most 60 words","better":"${one}|${other}|tie"}`
    : `${steps} Which work falls further short of what the brief asks for? Say tie where both fall equally short, or neither does.\nReply with JSON alone: {"reason":"at most 60 words","worse":"${one}|${other}|tie"}`;
}

function readPair(reply: PairReply, [one, other]: readonly [string, string]): SaidOfPair {
  const evidence = plain(reply.reason);
  const named = 'better' in reply ? reply.better : reply.worse;
  if (named !== one && named !== other) return { side: 'tie', evidence };
  const isFirst = (named === one) === 'better' in reply;
  return { side: isFirst ? 'first' : 'second', evidence };
}

function briefPart(encoding: Encoding, { brief, about, reference }: Asked): string {
  const details = JSON.stringify(brief.requirements);
  const told = [brief.title, brief.description, ...(details === '{}' ? [] : [`Requirements: ${details}`])].join('\n\n');
  const parts = [`The brief:\n${encoding.quoted(encoding.label(), told.slice(0, BRIEF_CHARS))}`];
  if (about !== '') parts.push(`Work of this kind consists of: ${about}`);
  if (reference !== undefined)
    parts.push(
      `An answer that is known to be right:\n${encoding.quoted(encoding.label(), reference.slice(0, BRIEF_CHARS))}`,
    );
  return parts.join('\n\n');
}

/** What a model says is quoted as evidence, and may hold anything. */
function plain(text: string): string {
  return text
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, EVIDENCE_CHARS)
    .toWellFormed();
}
