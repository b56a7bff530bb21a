import { type Answer, unwrapped } from '../artifact-text.js';
import { type Language, scanCode } from '../code.js';
import { codeValidity } from '../formats/formats.js';
import { jsonPlace } from '../formats/json-place.js';
import type { Validity } from '../formats/validity.js';
import { parseJson } from '../json.js';
import { JUDGED } from '../limits.js';
import { type Code, codesOf } from '../parts.js';
import {
  allThere,
  type Check,
  type Checks,
  type Context,
  type Finding,
  no,
  type RuleOf,
  some,
  unknown,
  yesOrNo,
} from './check.js';
import { verbatim } from './seen.js';

type CodeKind = 'code_parses' | 'sql_reads_only' | 'code_defines' | 'regex_matches';

/** Code in this language; where nothing says its language, all of it. */
function codesIn(answer: Answer, language: Language): readonly Code[] {
  const all = codesOf(answer);
  const declared = all.filter((code) => code.language === language);
  return declared.length > 0 ? declared : all.filter((code) => code.language === undefined);
}

const parses: Check<'code_parses'> = ({ language, dialect }, context) =>
  eachCode(language, context, async ({ name, code }) => {
    const { met, evidence, confidence } = await parsed(code, language, context, dialect);
    return met === 'unknown'
      ? unknown(`${name}: ${evidence}`)
      : yesOrNo(met === 'yes', `${name}: ${evidence}`, confidence);
  });

const readsOnly: Check<'sql_reads_only'> = ({ dialect }, context) =>
  eachCode('sql', context, async ({ name, code }) => {
    const { met, evidence, confidence, details } = await parsed(code, 'sql', context, dialect);
    const { writes = [] } = details;
    if (met === 'unknown') return unknown(`${name}: ${evidence}`);
    if (met === 'no') return no(`${name}: ${evidence}`, confidence);
    // A function that is called may write for all that the text says.
    return yesOrNo(
      writes.length === 0,
      writes.length === 0 ? `${name} only reads` : `${name} has ${some(writes)}`,
      0.95,
    );
  });

/** The worst finding of all code in this language. */
async function eachCode(
  language: Language,
  { answer }: Context,
  judge: (code: Code) => Promise<Finding>,
): Promise<Finding> {
  const codes = codesIn(answer, language);
  const findings: Finding[] = [];
  for (const code of codes) findings.push(await judge(code));
  return (
    findings.find(({ met }) => met === 'no') ??
    findings.find(({ met }) => met === 'unknown') ??
    findings[0] ??
    no(`there is no ${language}`)
  );
}

async function parsed(
  code: string,
  language: Language,
  { limited }: Context,
  dialect: RuleOf<'code_parses'>['dialect'],
): Promise<Validity> {
  if (language === 'other') return { met: 'unknown', evidence: 'nothing was looked at', confidence: 0, details: {} };
  if (language !== 'json') return codeValidity(code, language, limited, dialect);
  const json = parseJson(code);
  if (json.kind === 'bad') return jsonPlace(code, json.reason);
  const isOk = json.kind === 'ok';
  return { met: isOk ? 'yes' : 'unknown', evidence: isOk ? 'it parses' : json.reason, confidence: 1, details: {} };
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
    return no(
      `it took more than ${JUDGED.limitedMs} ms of processor time on ${accept.length + reject.length} short texts`,
    );
  const missed = accept.filter((_text, at) => outcome.matches[at] === false);
  const wrong = reject.filter((_text, at) => outcome.matches[accept.length + at] === true);
  const evidence = `accepts ${accept.length - missed.length} of ${accept.length}, rejects ${reject.length - wrong.length} of ${reject.length}`;
  const examples = [
    ...(missed.length > 0 ? [`misses ${some(missed, 2)}`] : []),
    ...(wrong.length > 0 ? [`lets in ${some(wrong, 2)}`] : []),
  ];
  return yesOrNo(missed.length + wrong.length === 0, [evidence, ...examples].join('; '));
};

export const codeChecks: Checks<CodeKind> = {
  code_parses: parses,
  sql_reads_only: readsOnly,
  code_defines: defines,
  regex_matches: regexMatches,
};

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
