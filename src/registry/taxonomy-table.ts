import { decidableShare } from './decidable.js';
import type { RequirementField } from './rubric.schema.js';
import { type CategorizedTaskType, categories, taskTypesOf } from './taxonomy.js';

/** From this share on, a task type is one that a program can judge for the most part. */
export const MOSTLY_DECIDABLE = 0.6;

/** `docs/taxonomy.md`: every category with its task types, what they ask of a brief, and how they are judged. */
export function taxonomyTable(): string {
  const types = categories().flatMap(({ slug }) => taskTypesOf(slug));
  const mostly = types.filter((type) => decidableShare(type.rubric) >= MOSTLY_DECIDABLE).length;
  const parts = categories().map(({ slug, name, about }) =>
    [`## ${name} (\`${slug}\`)`, about, table(taskTypesOf(slug))].join('\n\n'),
  );
  return `${[intro(categories().length, types.length, mostly), ...parts].join('\n\n')}\n`;
}

function intro(categoryCount: number, typeCount: number, mostly: number): string {
  return `# Categories and task types

<!-- Made by "npm run generate" from src/registry/taxonomy/*.json: change those. -->

${categoryCount} categories, ${typeCount} task types. Each type has fields that a brief fills in, a rubric of yes/no
criteria, rules that every answer has to keep, and a benchmark task. "Without a model" is the share of the rubric's
weight that a program decides; it is ${percent(MOSTLY_DECIDABLE)} or more in ${mostly} types. The other criteria are *unknown* until a
model or a person has looked. \`GET /categories/{category}/task-types/{slug}\` gives the whole type. Required fields are in **bold**.`;
}

function table(types: readonly CategorizedTaskType[]): string {
  const rows = types.map((type) =>
    [
      `\`${type.slug}\``,
      type.name,
      type.artifact.about,
      fields(type),
      dimensions(type),
      percent(decidableShare(type.rubric)),
    ]
      .map(cell)
      .join(' | '),
  );
  return [
    '| Slug | Name | Answer | Fields | Rubric | Without a model |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function fields({ requirements }: CategorizedTaskType): string {
  return requirements.map(fieldName).join(', ');
}

function fieldName({ key, required }: RequirementField): string {
  return required ? `**\`${key}\`**` : `\`${key}\``;
}

function dimensions({ rubric }: CategorizedTaskType): string {
  return rubric.dimensions.map(({ name, weight }) => `${name} ${percent(weight)}`).join(', ');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
