import { z } from 'zod';
import { plain } from '../caller/seen.js';
import { PracticeJudgement, type PracticeLevel, PracticeTask, type PracticeWork } from '../practice.js';
import { Unable } from './command.js';

/** Where practice tasks come from, and who judges what was made of them. */
export interface Practice {
  /** For a person: `http://127.0.0.1:8080`, or `this repository`. */
  readonly where: string;
  /** @throws Unable there is no such task type, or no way to ask */
  task(taskType: string, level: PracticeLevel, seed: number): Promise<PracticeTask>;
  /** @throws Unable it can't be judged */
  judge(work: PracticeWork): Promise<PracticeJudgement>;
}

const TIMEOUT_MS = 60_000;
const Envelope = z.object({
  data: z.unknown().optional(),
  error: z.object({ message: z.string(), suggestion: z.string().default('') }).optional(),
});

/** A Bakeoff server's own practice routes. @param origin such as `https://bakeoff.example` */
export function practiceOf(origin: string): Practice {
  const base = origin.replace(/\/+$/, '');
  return {
    where: base,
    task: async (taskType, level, seed) => {
      const path = `/practice/${encodeURIComponent(taskType)}?level=${level}&seed=${seed}`;
      return understood(PracticeTask, await asked(`${base}${path}`), base);
    },
    judge: async (work) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(work) };
      return understood(PracticeJudgement, await asked(`${base}/practice/judgements`, init), base);
    },
  };
}

async function asked(url: string, init: RequestInit = {}): Promise<unknown> {
  const { origin } = new URL(url);
  let answer: z.infer<typeof Envelope>;
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    answer = Envelope.parse(await response.json());
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Unable(`The server at ${origin} gave no answer: ${plain(why, 200)}. Name another with --server.`);
  }
  if (answer.error) throw new Unable(plain(`${origin} says: ${answer.error.message} ${answer.error.suggestion}`));
  return answer.data;
}

function understood<T>(schema: z.ZodType<T>, data: unknown, base: string): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new Unable(`What ${base} answered is not what this kit understands; take the kit from that server.`);
}
