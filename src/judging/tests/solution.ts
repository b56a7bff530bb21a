import { readAnswer } from '../artifact-text.js';
import { languageOf } from '../code.js';
import type { JudgedArtifact } from '../judge.js';
import { blocks } from '../markdown.js';
import { type Code, codesOf } from '../parts.js';
import type { Tests } from './tests.schema.js';

/** What is never the work itself. */
const IS_TEST = /(?:^|[._/-])(?:tests?|spec)(?=[._/-]|$)/i;
const IS_MAIN = /^(?:solution|main|index|app)\./i;

/**
 * The one file of an answer that tests are run on: in their language, and of several the one that has the names that are
 * called, then one called solution, main or index, then the longest. Undefined where there is none.
 */
export function solutionIn(artifacts: readonly JudgedArtifact[], { language, cases }: Tests): string | undefined {
  const names = [...new Set(cases.flatMap(({ call }) => call?.split('.')[0] ?? []))];
  const accepted: readonly string[] = language === 'typescript' ? ['typescript', 'javascript'] : [language];
  const all = codesOf(readAnswer(artifacts)).map(withEnding).flatMap(withoutFences);
  const fitting = all.filter((code) => code.language !== undefined && accepted.includes(code.language));
  const candidates = fitting.length > 0 ? fitting : all.filter((code) => code.language === undefined);
  const worth = ({ name, code }: { name: string; code: string }) =>
    names.filter((each) => code.includes(each)).length * 4 +
    (IS_MAIN.test(name) ? 2 : 0) -
    (IS_TEST.test(name) ? 8 : 0);
  const [best] = candidates.toSorted((a, b) => worth(b) - worth(a) || b.code.length - a.code.length);
  return best?.code;
}

function withEnding(code: Code): Code {
  const dot = code.name.lastIndexOf('.');
  const ending = dot < 0 ? undefined : languageOf(code.name.slice(dot).toLowerCase());
  return { ...code, language: code.language ?? ending };
}

/** A file of code may turn out to be a text with code in it. */
function withoutFences({ name, language, code }: Code): Code[] {
  if (!/^(?:```|~~~)/m.test(code)) return [{ name, language, code }];
  const fenced = blocks(code).flatMap((block) =>
    block.kind === 'code' ? [{ name, language: languageOf(block.language) ?? language, code: block.text }] : [],
  );
  return fenced.length > 0 ? fenced : [{ name, language, code }];
}
