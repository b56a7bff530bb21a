import { type Line, PythonError, type Token } from './token.js';

/** What the grammar lets through and Python refuses all the same, told from tokens and indentation. */

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
const VALUES = new Set(['None', 'True', 'False']);
const OPENS = '([{';
const CLOSES = ')]}';

interface Block {
  readonly indent: number;
  readonly kind: 'def' | 'async def' | 'class' | 'loop' | 'try' | 'other';
  readonly from: number;
}

/** @throws PythonError at the first breach */
export function checkRules(source: string, lines: readonly Line[]): void {
  const blocks: Block[] = [];
  for (const [at, line] of lines.entries()) {
    while ((blocks.at(-1)?.indent ?? -1) >= line.indent) checkTry(source, blocks.pop(), line);
    blocks.push({ indent: line.indent, kind: kindOf(line), from: line.tokens[0]?.from ?? 0 });
    checkCommas(source, line);
    checkPlace(source, line, blocks);
    checkDecorator(source, line, lines[at + 1]);
    checkBrackets(source, line);
    for (const statement of statementsOf(line)) checkTargets(source, statement);
  }
  while (blocks.length > 0) checkTry(source, blocks.pop(), undefined);
}

function checkTry(source: string, block: Block | undefined, next: Line | undefined): void {
  const word = next?.indent === block?.indent ? next?.tokens[0]?.text : undefined;
  if (block?.kind === 'try' && word !== 'except' && word !== 'finally')
    throw new PythonError(source, block.from, 'a "try" without "except" or "finally"');
}

/** Commas that Python 2 had, or that need brackets around them. */
function checkCommas(source: string, { tokens }: Line): void {
  const first = tokens[0]?.text;
  const last = tokens.at(-1);
  if ((first === 'from' || first === 'import') && last?.text === ',')
    throw new PythonError(source, last.from, 'a comma at the end of an import without brackets');
  if (first !== 'raise' && first !== 'except') return;
  const depths = depthsOf(tokens);
  const end = tokens.findIndex(({ kind, text }, at) => kind === 'op' && /^[:;]$/.test(text) && depths[at] === 0);
  const comma = tokens.findIndex(({ kind, text }, at) => kind === 'op' && text === ',' && depths[at] === 0);
  const isBefore =
    comma >= 0 && (end < 0 || comma < end) && !tokens.slice(0, comma).some(({ text }) => text === 'lambda');
  if (isBefore) throw new PythonError(source, tokens[comma]?.from ?? 0, `a comma after "${first}"`);
}

function kindOf({ tokens }: Line): Block['kind'] {
  const [first, second] = tokens.map(({ text }) => text);
  const isAsync = first === 'async';
  const word = isAsync ? second : first;
  if (word === 'def') return isAsync ? 'async def' : 'def';
  if (word === 'class') return 'class';
  if (word === 'try' && tokens.length === 2) return 'try';
  return word === 'for' || word === 'while' ? 'loop' : 'other';
}

/** Words that need a function or a loop around them. */
function checkPlace(source: string, { tokens }: Line, blocks: readonly Block[]): void {
  const scope = blocks.findLast(({ kind }) => /def|class/.test(kind))?.kind;
  const isInFunction = scope === 'def' || scope === 'async def';
  const inner = blocks.slice(blocks.findLastIndex(({ kind }) => /def|class/.test(kind)) + 1);
  const hasLambda = tokens.some(({ text }) => text === 'lambda');
  // A generator in brackets may wait even where the function around it may not.
  const hasGenerator = tokens.some(({ text }, at) => text === 'for' && at > 0);
  for (const { kind, text, from } of tokens) {
    if (kind !== 'name') continue;
    const fail = (message: string) => {
      throw new PythonError(source, from, message);
    };
    if (text === 'return' && !isInFunction) fail('"return" outside of a function');
    if (text === 'yield' && !isInFunction && !hasLambda) fail('"yield" outside of a function');
    if (text === 'await' && scope !== 'async def' && !hasGenerator) fail('"await" outside of an async function');
    if ((text === 'break' || text === 'continue') && !inner.some((block) => block.kind === 'loop'))
      fail(`"${text}" outside of a loop`);
  }
}

function checkDecorator(source: string, { tokens, indent }: Line, next: Line | undefined): void {
  if (tokens[0]?.text !== '@') return;
  const word = next?.indent === indent ? next.tokens[0]?.text : undefined;
  if (word === undefined || !['@', 'def', 'class', 'async'].includes(word))
    throw new PythonError(source, tokens[0].from, 'a decorator without a function or class');
}

/** Calls and parameter lists, as the parts of each bracket between its commas. */
function checkBrackets(source: string, { tokens }: Line): void {
  const start = tokens[0]?.text === 'async' ? 1 : 0;
  const isDef = tokens[start]?.text === 'def';
  const open: { parts: Token[][]; kind: 'call' | 'parameters' | 'other'; lambdas: number }[] = [];
  let hasParameters = false;
  for (const [at, token] of tokens.entries()) {
    const isBracket = token.kind === 'op' && (OPENS + CLOSES).includes(token.text);
    if (isBracket && OPENS.includes(token.text)) {
      const isParameters: boolean = isDef && !hasParameters && open.length === 0 && token.text === '(';
      hasParameters ||= isParameters;
      open.at(-1)?.parts.at(-1)?.push(token);
      const kind = isParameters ? 'parameters' : token.text === '(' && isCallee(tokens[at - 1]) ? 'call' : 'other';
      open.push({ parts: [[]], kind, lambdas: 0 });
    } else if (isBracket) {
      const closed = open.pop();
      if (closed?.kind === 'call') checkCall(source, closed.parts);
      if (closed?.kind === 'parameters') checkParameters(source, closed.parts);
    } else {
      const around = open.at(-1);
      if (!around) continue;
      // Commas between a lambda and its colon part its parameters.
      if (token.text === 'lambda') around.lambdas++;
      if (token.kind === 'op' && token.text === ':' && around.lambdas > 0) around.lambdas--;
      if (token.kind === 'op' && token.text === ',' && around.lambdas === 0) around.parts.push([]);
      else around.parts.at(-1)?.push(token);
    }
  }
}

function isCallee(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === 'name') return !KEYWORDS.has(token.text);
  return token.kind === 'op' && CLOSES.includes(token.text);
}

function checkCall(source: string, parts: readonly Token[][]): void {
  const names = new Set<string>();
  let isNamed = false;
  let isDoubleStarred = false;
  for (const [first, second, ...rest] of parts) {
    if (!first) continue;
    const fail = (message: string) => {
      throw new PythonError(source, first.from, message);
    };
    if (second?.text === '=' && second.kind === 'op') {
      if (first.kind !== 'name' || KEYWORDS.has(first.text)) fail(`"${first.text}" can not be the name of an argument`);
      if (names.has(first.text)) fail(`the argument "${first.text}" is given twice`);
      if (rest.length === 0) fail('an argument without a value');
      names.add(first.text);
      isNamed = true;
    } else if (first.text === '**') isDoubleStarred = true;
    else if (first.text === '*' && isDoubleStarred) fail('"*" after "**" in a call');
    else if (first.text !== '*' && (isNamed || isDoubleStarred)) fail('a positional argument after a named one');
  }
}

function checkParameters(source: string, parts: readonly Token[][]): void {
  const names = new Set<string>();
  let hasDefault = false;
  let isKeywordOnly = false;
  let isLast = false;
  for (const part of parts) {
    const [first] = part;
    if (!first) continue;
    const fail = (message: string) => {
      throw new PythonError(source, first.from, message);
    };
    if (isLast) fail('a parameter after "**"');
    if (first.text === '/') continue;
    if (first.text === '*' || first.text === '**') {
      if (first.text === '*' && isKeywordOnly) fail('"*" twice among the parameters');
      isKeywordOnly = true;
      isLast = first.text === '**';
    }
    const name = first.text.startsWith('*') ? part[1] : first;
    if (name === undefined) continue;
    if (name.kind !== 'name' || KEYWORDS.has(name.text)) fail(`"${name.text}" can not be the name of a parameter`);
    if (names.has(name.text)) fail(`the parameter "${name.text}" is there twice`);
    names.add(name.text);
    const isOptional = part.some(({ kind, text }) => kind === 'op' && text === '=');
    if (!isOptional && hasDefault && !isKeywordOnly) fail('a parameter without a default after one with a default');
    hasDefault ||= isOptional;
  }
}

/** The simple statements of a line: parted by semicolons, and behind the colon of a block in one line. */
function statementsOf({ tokens }: Line): Token[][] {
  const statements: Token[][] = [[]];
  let depth = 0;
  let lambdas = 0;
  let isHead = isCompound(tokens);
  for (const token of tokens) {
    if (token.kind === 'op' && OPENS.includes(token.text)) depth++;
    if (token.kind === 'op' && CLOSES.includes(token.text)) depth--;
    if (depth === 0 && token.text === 'lambda') lambdas++;
    const isColon = depth === 0 && token.kind === 'op' && token.text === ':';
    if (isColon && lambdas > 0) lambdas--;
    else if (isColon && isHead) {
      isHead = false;
      statements.length = 0;
      statements.push([]);
      continue;
    }
    if (depth === 0 && token.kind === 'op' && token.text === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return isHead ? [] : statements;
}

const COMPOUND = new Set('if elif else for while try except finally with def class async'.split(' '));

function isCompound(tokens: readonly Token[]): boolean {
  const first = tokens[0]?.text ?? '';
  const isSoft = (first === 'match' || first === 'case') && tokens[1]?.text !== ':' && tokens[1]?.text !== '=';
  return COMPOUND.has(first) || (isSoft && tokens.some(({ text }) => text === ':') && !tokens.some(isAssigning));
}

function isAssigning({ kind, text }: Token): boolean {
  return kind === 'op' && text === '=';
}

/** What stands before `=`, `+=` and the like must be something that can be assigned to. */
function checkTargets(source: string, statement: readonly Token[]): void {
  const [start] = statement;
  if (!start || (start.kind === 'name' && KEYWORDS.has(start.text) && !VALUES.has(start.text))) return;
  let depth = 0;
  let target: Token[] = [];
  for (const token of statement) {
    if (token.text === 'lambda') return;
    if (token.kind === 'op' && OPENS.includes(token.text)) depth++;
    if (token.kind === 'op' && CLOSES.includes(token.text)) depth--;
    const isAssignment = depth === 0 && token.kind === 'op' && /^(?:[^<>=!:]+=|=)$/.test(token.text);
    if (isAssignment) {
      checkTarget(source, target, token.text !== '=');
      target = [];
    } else target.push(token);
  }
}

function checkTarget(source: string, whole: readonly Token[], isAugmented: boolean): void {
  const depths = depthsOf(whole);
  const annotation = whole.findIndex(({ kind, text }, at) => kind === 'op' && text === ':' && depths[at] === 0);
  const target = annotation < 0 ? whole : whole.slice(0, annotation);
  const last = target.at(-1);
  const [first] = target;
  if (!first || !last) return;
  const fail = (what: string, { from }: Token) => {
    throw new PythonError(source, from, `${what} can not be assigned to`);
  };
  for (const [at, token] of target.entries()) {
    if (depths[at] !== 0) continue;
    const before = target[at - 1];
    const isStar = token.text === '*' && (before === undefined || before.text === ',') && !isAugmented;
    if (token.kind === 'op' && !'()[]{}.,'.includes(token.text) && !isStar) fail('an expression', token);
    if (token.kind === 'name' && KEYWORDS.has(token.text)) fail(`"${token.text}"`, token);
    if (token.kind === 'name' && before && before.kind !== 'op') return;
  }
  if (last.kind === 'number' || last.kind === 'string' || last.kind === 'fstring') fail('a literal', last);
  if (last.kind === 'op' && last.text === ')' && isCallee(target[opening(target) - 1])) fail('a call', first);
  if (last.kind === 'op' && last.text === '}') fail('a literal', first);
}

/** How many brackets are open before each token. */
function depthsOf(tokens: readonly Token[]): number[] {
  let depth = 0;
  return tokens.map(({ kind, text }) => {
    const before = depth;
    if (kind === 'op' && OPENS.includes(text)) depth++;
    if (kind === 'op' && CLOSES.includes(text)) depth--;
    return before;
  });
}

/** Where the bracket was opened that the last token closes. */
function opening(tokens: readonly Token[]): number {
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const { kind, text } = tokens[at] as Token;
    if (kind !== 'op') continue;
    if (CLOSES.includes(text)) depth++;
    if (OPENS.includes(text) && --depth === 0) return at;
  }
  return -1;
}
