import { ModelFailure } from '../model/client.js';
import type { Random } from '../model/encoding.js';
import type { Meter, Spent } from '../model/meter.js';
import { asideCanary, type Compared, type Contender, canary, compare, voided } from '../model/pairwise.js';
import type { Asked } from '../model/prompts.js';
import { shownWork } from '../model/shown.js';
import type { Vote } from '../vote.js';
import type { RuledPair, Side, Verdict } from './pair.js';

export interface JudgedPair {
  readonly ruled: RuledPair;
  readonly verdict: Verdict;
  readonly model?: {
    /** Null: it was not asked, or not heard. */
    readonly verdict: Verdict | null;
    /** The final verdict is the model's. */
    readonly decides: boolean;
    readonly flags: readonly string[];
    readonly note: string | null;
    readonly votes: readonly Vote[];
    readonly spent: Spent;
  };
}

/**
 * Asks a model which of two answers is better, in both orders. What the rules rule out is not asked. Where it does not agree with
 * itself it is a tie; where it can't be reached or was talked round, the rules' verdict stands.
 */
export async function judgePair(
  meter: Meter,
  ruled: RuledPair,
  reference: string | undefined,
  random: Random,
): Promise<JudgedPair> {
  if (ruled.gated)
    return { ruled, verdict: ruled.verdict, model: silent(meter, 'A gate decides: the model was not asked.') };
  try {
    const { request, taskType } = ruled;
    const brief = { title: '', description: request.prompt, category: 'any', requirements: {} };
    const asked: Asked = { brief, about: taskType.artifact.about, reference };
    const [a, b] = [
      await contender(meter, asked, 'a', ruled.a, ruled, random),
      await contender(meter, asked, 'b', ruled.b, ruled, random),
    ];
    const { winner, votes, flags, isVoid } = await confirmed(meter, asked, a.contender, b.contender, random);
    const verdict = winner === 'a' || winner === 'b' ? winner : 'tie';
    // An answer that speaks to its judge wins by the model only where the rules see nothing against it either.
    const decides = verdict !== 'tie' && !(ruled[verdict].speaksToJudge !== null && ruled.verdict !== verdict);
    const all = [...a.votes, ...b.votes, ...votes];
    const note = verdict !== 'tie' && !decides ? 'It wins and speaks to its judge: void.' : null;
    return {
      ruled,
      verdict: decides ? verdict : isVoid || note ? fallback(ruled) : 'tie',
      model: { verdict, decides, flags: [...flags, ...suspects(ruled)], note, votes: all, spent: meter.spent },
    };
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    return { ruled, verdict: ruled.verdict, model: silent(meter, `The model judge was not heard: ${error.message}`) };
  }
}

/** Compares two answers; one that wins by what has nothing to do with the prompt has not won. */
async function confirmed(meter: Meter, asked: Asked, a: Contender, b: Contender, random: Random): Promise<Compared> {
  const compared = await compare(meter, asked, a, b, random);
  const won = [a, b].find(({ subject }) => subject === compared.winner);
  if (!won) return compared;
  const { moves, votes } = await asideCanary(meter, asked, won, random);
  const found = moves ? voided(compared) : compared;
  return { ...found, votes: [...found.votes, ...votes] };
}

/** The rules' verdict, but none for an answer that speaks to its judge. */
function fallback({ verdict, a, b }: RuledPair): Verdict {
  const winner = verdict === 'a' ? a : verdict === 'b' ? b : null;
  return winner?.speaksToJudge ? 'tie' : verdict;
}

function suspects({ a, b }: RuledPair): string[] {
  return [...(a.speaksToJudge ? ['a_speaks_to_judge'] : []), ...(b.speaksToJudge ? ['b_speaks_to_judge'] : [])];
}

async function contender(
  meter: Meter,
  asked: Asked,
  subject: 'a' | 'b',
  { text }: Side,
  { taskType: { artifact } }: RuledPair,
  random: Random,
): Promise<{ contender: Contender; votes: readonly Vote[] }> {
  const { type, name, media_type: mediaType } = artifact;
  const shown = shownWork([{ type, name, mediaType, bytes: Buffer.from(text) }], asked.brief.description);
  const { moves, votes } =
    shown.spans.length > 0 ? await canary(meter, asked, subject, shown, random) : { moves: false, votes: [] };
  return { contender: { subject, shown, moves }, votes };
}

function silent(meter: Meter, note: string) {
  return { verdict: null, decides: false, flags: [], note, votes: [], spent: meter.spent };
}
