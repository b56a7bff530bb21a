// The marks of triage and judging on sets of our own, each beside its floor and its aim.
//   npm run -s bench:quality -- [--only rank,world,...] [--json | --markdown]
import { parseArgs } from 'node:util';
import { type Found, limitsOf, MARKS, type Mark, SECTIONS, type Section, shown, standing } from './marks.ts';
import { runSection } from './run.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: SECTIONS.join(',') },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
  },
});

const WORDS = { aim: 'OK, the aim', floor: 'OK', below: 'BELOW', '-': '' } as const;
const WIDTH = Math.max(...Object.values(MARKS).map(({ name }) => name.length));

const wanted = sections(values.only);
const all: Found[] = [];
for (const section of wanted) {
  const startedAt = performance.now();
  const found = await runSection(section, values.small ? 'small' : 'whole');
  all.push(...found);
  if (values.json || values.markdown) continue;
  console.log(
    `${`${section} (${((performance.now() - startedAt) / 1_000).toFixed(0)} s)`.padEnd(WIDTH + 5)} found  floor / aim`,
  );
  for (const one of found) console.log(line(one));
}
if (values.json) console.log(JSON.stringify(all.map(asJson), null, 2));
if (values.markdown) console.log(all.map(row).join('\n'));

function line({ key, value, note }: Found): string {
  const mark: Mark = MARKS[key];
  const word = WORDS[standing(mark, value)];
  return `  ${mark.name.padEnd(WIDTH)}  ${shown(value, mark).padStart(8)}  ${limitsOf(mark).padEnd(17)}  ${word.padEnd(11)}  ${note}`;
}

/** As docs/quality.md has it. */
function row({ key, value, note }: Found): string {
  const mark: Mark = MARKS[key];
  return `| ${mark.name} | ${limitsOf(mark)} | ${shown(value, mark)} | ${note.replaceAll('|', '/')} | \`${mark.section}\` |`;
}

function asJson({ key, value, note }: Found): object {
  const { section, name, floor, aim }: Mark = MARKS[key];
  return {
    section,
    name,
    value: Math.round(value * 1e4) / 1e4,
    floor,
    aim,
    standing: standing(MARKS[key], value),
    note,
  };
}

function sections(given: string): Section[] {
  const names = given.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !SECTIONS.some((section) => section === name));
  if (unknown.length > 0) {
    console.error(`There is no section ${unknown.join(', ')}. There are: ${SECTIONS.join(', ')}.`);
    process.exit(2);
  }
  return SECTIONS.filter((section) => names.includes(section));
}
