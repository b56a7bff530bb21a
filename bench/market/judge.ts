// The product's own judge over made-up answers, each judged once for all runs: policies change who is asked, and no judgement.
import { RuleJudge, taskType } from './product.ts';
import type { Brief, Job, Style } from './work.ts';

/** Points, 0-100. */
export interface Verdict {
  readonly low: number;
  readonly high: number;
}

/** `naive` likes what is long and dressed up, and believes what it is told: what judging would be without its defences. */
export type JudgeKind = 'rules' | 'naive';

/** Judged in this wording: what a rule looks for is worded alike by all. */
const PLAIN_VOICE = [0];

export class CachedJudge {
  private readonly judge = new RuleJudge();
  private readonly known = new Map<string, Promise<Verdict>>();

  /** How many different answers were judged. */
  get judged(): number {
    return this.known.size;
  }

  verdict(kind: JudgeKind, job: Job, variant: number, wrong: number, style: Style): Promise<Verdict> {
    const key = [kind, job.taskType, variant, wrong, style].join(' ');
    const known = this.known.get(key);
    if (known) return known;
    const text = job.answer(variant, wrong, style, PLAIN_VOICE);
    const found = kind === 'rules' ? this.byRules(job, variant, text) : Promise.resolve(naive(text));
    this.known.set(key, found);
    return found;
  }

  close(): Promise<void> {
    return this.judge.close();
  }

  private async byRules(job: Job, variant: number, text: string): Promise<Verdict> {
    const type = taskType(job.taskType);
    if (!type) throw new Error(`The taxonomy has no task type ${job.taskType}.`);
    const { title, description, requirements, attachment } = job.brief(variant);
    const { total } = await this.judge.judge({
      brief: { title, description, category: job.category, requirements },
      taskType: type,
      qualityRules: [],
      artifacts: [
        { type: type.artifact.type, name: type.artifact.name, mediaType: type.artifact.media_type, bytes: bytes(text) },
      ],
      attachments: attachmentsOf(attachment),
    });
    return { low: total.low, high: total.high };
  }
}

function attachmentsOf(attachment: Brief['attachment']) {
  return attachment ? [{ ...attachment, bytes: bytes(attachment.content) }] : [];
}

function naive(text: string): Verdict {
  const score = /100 of 100/.test(text) ? 100 : 100 * (1 - Math.exp(-text.length / 800));
  return { low: score, high: score };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
