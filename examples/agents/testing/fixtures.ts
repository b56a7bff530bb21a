import { readFileSync } from 'node:fs';
import { type ExecuteRequest, PracticeBrief, type QualityRule } from '@bakeoff/agent-kit';
import { aRequest, type Files, type FileText } from './calls.ts';

/** A task type as the taxonomy holds it: as much of it as tests of agents need. */
export interface TypeWithFixture {
  slug: string;
  fixture: {
    title: string;
    description: string;
    requirements: Record<string, unknown>;
    quality_rules?: QualityRule[];
    attachments?: FileText[];
  };
}

/** @param path such as `data/csv-cleaning` */
export function taskType(path: string): TypeWithFixture {
  const [category, slug] = path.split('/');
  const text = readFileSync(new URL(`../../../src/registry/taxonomy/${category}.json`, import.meta.url), 'utf8');
  const { task_types } = JSON.parse(text) as { task_types: TypeWithFixture[] };
  const found = task_types.find((type) => type.slug === slug);
  if (!found) throw new Error(`There is no task type ${path}.`);
  return found;
}

/** The benchmark task of a type, as an agent gets it. */
export function fixtureRequest(path: string, files: Files, changes: Partial<ExecuteRequest> = {}): ExecuteRequest {
  const { slug, fixture } = taskType(path);
  const { title, description, requirements, quality_rules: rules = [], attachments = [] } = fixture;
  return aRequest({
    title,
    description,
    requirements,
    category: path.split('/')[0] ?? '',
    task_type: slug,
    quality_rules: { rules },
    attachments: files.of(attachments),
    ...changes,
  });
}

/** The same as the doctor takes it. */
export function practiceBrief(path: string): PracticeBrief {
  const { slug, fixture } = taskType(path);
  const { title, description, requirements, quality_rules: rules = [], attachments: files = [] } = fixture;
  return PracticeBrief.parse({
    ...{ title, description, requirements, files, category: path.split('/')[0], task_type: slug },
    ...{ quality_rules: { rules }, budget: { amount: 500, currency: 'credits' } },
  });
}
