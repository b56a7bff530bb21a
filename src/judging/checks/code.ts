import { type Answer, unwrapped } from '../artifact-text.js';
import { type Language, scanCode } from '../code.js';
import { parseJson } from '../json.js';
import { JUDGED } from '../limits.js';
import { type Code, codesOf } from '../parts.js';
import { allThere, type Check, type Checks, type Finding, no, some, unknown, yesOrNo } from './check.js';
import { verbatim } from './seen.js';

type CodeKind = 'code_parses' | 'code_defines' | 'regex_matches';

/** Code in this language; where nothing says its language, all of it. */
function codesIn(answer: Answer, language: Language): readonly Code[] {
  const all = codesOf(answer);
  const declared = all.filter((code) => code.language === language);
  return declared.length > 0 ? declared : all.filter((code) => code.language === undefined);
}

const parses: Check<'code_parses'> = async ({ language }, context) => {
  const codes = codesIn(context.answer, language);
  if (codes.length === 0) return no(`there is no ${language}`);
  const findings = await Promise.all(codes.map((code) => parseOne(code, language, context)));
  return (
    findings.find(({ met }) => met === 'no') ??
    findings.find(({ met }) => met === 'unknown') ??
    findings[0] ??
    no('there is no code')
  );
};

async function parseOne(
  { name, code }: Code,
  language: Language,
  { limited }: Parameters<typeof parses>[1],
): Promise<Finding> {
  if (code.trim() === '') return no(`${name} is empty`);
  if (code.length > JUDGED.codeChars)
    return unknown(`${name} is too large to judge: more than ${JUDGED.codeChars} characters`);
  if (language === 'json') {
    const parsed = parseJson(code);
    return parsed.kind === 'too_much'
      ? unknown(`${name}: ${parsed.reason}`)
      : yesOrNo(parsed.kind === 'ok', parsed.kind === 'ok' ? `${name} parses` : `${name}: ${parsed.reason}`);
  }
  if (language !== 'javascript' && language !== 'typescript') return scanned(name, code, language);
  const outcome = await limited.run({ kind: language, code });
  if (outcome.kind !== 'done') return unknown(`${name} is more than the parser takes`);
  const [problem] = outcome.problems;
  return yesOrNo(
    problem === undefined,
    problem === undefined ? `${name} parses as ${language}` : `${name}: ${problem}`,
  );
}

function scanned(name: string, code: string, language: Language): Finding {
  const { problem } = scanCode(code, language);
  const isKnown = language === 'python' || language === 'sql' || language === 'css';
  if (isKnown && problem !== undefined) return no(`${name}: ${problem}`, 0.9);
  return unknown(
    `there is no parser for ${language} here; ${isKnown ? 'brackets and strings close' : 'nothing was looked at'}`,
  );
}

const defines: Check<'code_defines'> = ({ names }, { answer }) => {
  const code = codesOf(answer)
    .map((file) => scanCode(file.code.slice(0, JUDGED.codeChars), file.language ?? 'other').code)
    .join('\n');
  if (code.trim() === '') return no('there is no code');
  return allThere(
    names,
    names.filter((name) => !definition(name).test(code)),
    'definitions',
    0.95,
  );
};

/** How languages introduce a name: by a keyword, as a method or function with a body, or by assignment. */
function definition(name: string): RegExp {
  const own = name.replace(/[.$-]/g, '\\$&');
  const keyword =
    '(?:function\\*?|class|const|let|var|def|interface|type|enum|struct|fn|func|trait|module|table|view|index|procedure|trigger|schema|materialized view)';
  const edge = '(?![\\p{L}\\p{N}_$])';
  return new RegExp(
    [
      `(?<![\\p{L}\\p{N}_$])${keyword}\\s{1,20}(?:if\\s{1,5}not\\s{1,5}exists\\s{1,5})?["'\`]?(?:[\\w$]{1,60}\\.)?${own}${edge}`,
      `(?<![\\p{L}\\p{N}_$])${own}\\s{0,20}\\([^()\\n]{0,300}\\)[^;\\n{]{0,100}\\{`,
      `(?<![\\p{L}\\p{N}_$])${own}["']?\\s{0,20}(?::[^=\\n]{0,100})?[:=]\\s{0,20}(?:async\\s{1,5})?(?:function|\\(|lambda|[\\w$]{1,60}\\s{0,5}=>)`,
      `^[ \\t]{0,40}${own}\\s{0,20}(?:=[^=]|\\{|:)`,
    ].join('|'),
    'imu',
  );
}

const regexMatches: Check<'regex_matches'> = async ({ accept, reject, flags }, { answer, limited }) => {
  const found = expressionOf(answer);
  if (found.pattern === '') return no('there is no expression');
  const outcome = await limited.run({
    kind: 'match',
    pattern: found.pattern,
    flags: found.flags || flags,
    texts: [...accept, ...reject],
  });
  if (outcome.kind === 'refused') return no(`it is no regular expression: ${outcome.reason}`);
  if (outcome.kind === 'too_slow')
    return no(`it took longer than ${JUDGED.limitedMs} ms on ${accept.length + reject.length} short texts`);
  const missed = accept.filter((_text, at) => outcome.matches[at] === false);
  const wrong = reject.filter((_text, at) => outcome.matches[accept.length + at] === true);
  const evidence = `accepts ${accept.length - missed.length} of ${accept.length}, rejects ${reject.length - wrong.length} of ${reject.length}`;
  const examples = [
    ...(missed.length > 0 ? [`misses ${some(missed, 2)}`] : []),
    ...(wrong.length > 0 ? [`lets in ${some(wrong, 2)}`] : []),
  ];
  return yesOrNo(missed.length + wrong.length === 0, [evidence, ...examples].join('; '));
};

export const codeChecks: Checks<CodeKind> = { code_parses: parses, code_defines: defines, regex_matches: regexMatches };

/** A pattern as it is, between slashes, in a code fence, or under `pattern` or `regex` in JSON. */
function expressionOf(answer: Answer): { pattern: string; flags: string } {
  const [reading] = answer.readings.filter(({ format }) => format !== 'binary');
  const source = reading ? unwrapped(reading).trim() : verbatim(answer).trim();
  const json = reading?.format === 'json' ? parseJson(source) : undefined;
  const inJson =
    json?.kind === 'ok' && typeof json.value === 'object' && json.value !== null && !Array.isArray(json.value)
      ? (json.value.pattern ?? json.value.regex)
      : undefined;
  const line = (typeof inJson === 'string' ? inJson : (source.split('\n').find((each) => each.trim() !== '') ?? ''))
    .trim()
    .replace(/^`(.*)`$/, '$1');
  const slashed = /^\/(.*)\/([imsu]{0,4})$/.exec(line);
  const anchored = slashed ? (slashed[1] ?? '') : line;
  return { pattern: anchored.slice(0, 5_000), flags: slashed?.[2] ?? '' };
}
