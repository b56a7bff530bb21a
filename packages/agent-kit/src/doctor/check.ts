import type { Patient } from './patient.js';

export type Verdict = 'pass' | 'fail' | 'warn' | 'skipped';

export interface Finding {
  verdict: Verdict;
  /** What was seen, in words, with numbers. */
  seen: string;
  /** What to change, where it is not what the check says in general. */
  fix?: string;
}

/** One thing that the platform, a network or a stranger does to an agent. */
export interface Check {
  /** Stable: programs and `--only` name a check by it. */
  key: string;
  /** What holds true of a good agent. */
  title: string;
  /** One sentence: what to change. */
  fix: string;
  /** Where it is explained, in the repository and in the package. */
  docs: string;
  /** Makes no sense before the agent has taken one plain call, or has answered one with work; or for one that never answers later. */
  needs?: 'taken' | 'answered' | 'async';
  run(patient: Patient): Promise<Finding>;
}

export const passed = (seen: string): Finding => ({ verdict: 'pass', seen });
export const failed = (seen: string): Finding => ({ verdict: 'fail', seen });
export const warned = (seen: string): Finding => ({ verdict: 'warn', seen });
export const skipped = (seen: string): Finding => ({ verdict: 'skipped', seen });
