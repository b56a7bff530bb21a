import type { Line, Token } from './token.js';

/**
 * The same program, character for character in its place, in the part of the language that the grammar of
 * @lezer/python has: strings are empty, numbers are 0, and forms that it doesn't know stand there as ones that it does.
 */
export function simplified(source: string, lines: readonly Line[]): string {
  const out = source.replace(/[^\n\t]/g, ' ').split('');
  for (const { tokens } of lines) {
    const line = new Simplifier(tokens);
    const first = tokens[0]?.from ?? 0;
    const last = tokens.at(-1)?.to ?? first;
    for (let at = first; at < last; at++) if (out[at] !== ' ') out[at] = ' ';
    for (const [at, text] of line.texts().entries()) {
      const { from } = tokens[at] as Token;
      for (let i = 0; i < text.length; i++) out[from + i] = text[i] ?? ' ';
    }
  }
  return out.join('');
}

const OPENS = new Set(['(', '[', '{']);
const CLOSES = new Set([')', ']', '}']);
const ENDS_YIELD = new Set([')', ']', '}', ',', ';', ':', '=']);

class Simplifier {
  private readonly out: string[];
  /** For each token, how many brackets are open around it; a bracket counts as outside of itself. */
  private readonly depth: number[] = [];
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
    this.out = tokens.map(plain);
    let depth = 0;
    for (const { kind, text } of tokens) {
      if (kind === 'op' && CLOSES.has(text)) depth--;
      this.depth.push(depth);
      if (kind === 'op' && OPENS.has(text)) depth++;
    }
  }

  texts(): string[] {
    const start = this.is(0, 'async') ? 1 : 0;
    this.yields();
    this.prints();
    this.stars();
    if (this.is(0, '@')) this.decorator();
    if (this.is(0, 'match')) this.match();
    this.lambdas();
    if (this.is(start, 'with')) this.withItems(start);
    if (this.is(0, 'case') && !this.is(1, ':') && !this.is(1, '=') && !this.is(1, '.')) this.pattern();
    if (this.is(0, 'except') && this.is(1, '*')) this.out[1] = '';
    if ((this.is(start, 'def') || this.is(start, 'class')) && this.is(start + 2, '[')) this.blankGroup(start + 2);
    if (this.is(0, 'type') && this.tokens[1]?.kind === 'name' && (this.is(2, '=') || this.is(2, '['))) this.typeAlias();
    return this.out;
  }

  /** Any expression may follow: `~` makes one statement of it, in the same column. */
  private decorator(): void {
    this.out[0] = '~';
    if (/^(?:lambda|not|await)$/.test(this.tokens[1]?.text ?? '')) this.blankTo(1, this.tokens.length, '0');
    const at = this.tokens.findIndex(({ text }, i) => text === ':=' && this.depth[i] === 0);
    if (at > 0) this.out[at] = '+';
  }

  /** A subject may be several; and where nothing is matched, `match` is a name. */
  private match(): void {
    const last = this.tokens.length - 1;
    const isName = /^[=.,)\]:]$/.test(this.tokens[1]?.text ?? '') || this.tokens.length === 1;
    const isTuple = this.tokens.some((_token, at) => this.is(at, ',') && this.depth[at] === 0);
    if (isName) this.out[0] = 'matc_';
    else if (isTuple && this.is(last, ':')) this.blankTo(1, last, '_');
  }

  /** Marks among the parameters of a lambda, and a comma behind the last one. */
  private lambdas(): void {
    for (const [at] of this.tokens.entries()) {
      if (!this.is(at, 'lambda')) continue;
      const depth = this.depth[at];
      const end = this.tokens.findIndex((_token, i) => i > at && this.depth[i] === depth && this.is(i, ':'));
      const hasMarks = this.range(at + 1, end).some((i) => this.is(i, '/') || (this.is(i, ',') && this.is(i + 1, ':')));
      if (hasMarks) this.blankTo(at + 1, end, '');
    }
  }

  private blankTo(from: number, to: number, first: string): void {
    for (let at = from; at < to; at++) this.out[at] = at === from ? first : '';
  }

  private is(at: number, text: string): boolean {
    const token = this.tokens[at];
    return token?.text === text && (token.kind === 'op' || token.kind === 'name');
  }

  /** A `yield` without a value is an expression like any other. */
  private yields(): void {
    for (const [at, { kind, text }] of this.tokens.entries()) {
      const next = this.tokens[at + 1];
      if (kind !== 'name' || text !== 'yield') continue;
      if (next === undefined || (next.kind === 'op' && ENDS_YIELD.has(next.text))) this.out[at] = '0';
    }
  }

  /** `print >> file, text` is a useless expression; the grammar still knows it as the statement it once was. */
  private prints(): void {
    for (const [at] of this.tokens.entries())
      if (this.is(at, 'print') && (this.is(at + 1, '>>') || this.is(at + 1, '<<'))) this.out[at] = 'prin_';
  }

  /** Stars before the items of lists, subscripts, loops and tuples without brackets. */
  private stars(): void {
    const around: string[] = [];
    for (const [at, { kind, text }] of this.tokens.entries()) {
      if (kind === 'op' && OPENS.has(text)) around.push(text);
      if (kind === 'op' && CLOSES.has(text)) around.pop();
      if (!this.is(at, '*') || at === 0 || this.is(at + 1, ',')) continue;
      const before = this.tokens[at - 1]?.text ?? '';
      const isPrefix = ['[', '(', ',', '=', ':', 'return', 'yield', 'in', 'for', 'match'].includes(before);
      if (isPrefix && around.at(-1) !== '(' && around.at(-1) !== '{') this.out[at] = '';
      else if (isPrefix && (before === 'for' || before === ':' || this.isLoopTarget(at))) this.out[at] = '';
    }
  }

  private isLoopTarget(at: number): boolean {
    const depth = this.depth[at] ?? 0;
    for (let i = at - 1; i >= 0 && (this.depth[i] ?? 0) >= depth; i--) {
      if (this.depth[i] !== depth) continue;
      if (this.is(i, 'for')) return true;
      if (!this.is(i, ',') && !this.is(i, '*') && this.tokens[i]?.kind !== 'name') return false;
      if (this.is(i, 'in')) return false;
    }
    return false;
  }

  private withItems(start: number): void {
    const open = start + 1;
    const end = this.is(open, '(') ? this.closing(open) : -1;
    const isGrouped =
      end > 0 &&
      this.is(end + 1, ':') &&
      this.range(open + 1, end).some((at) => this.is(at, 'as') && this.depth[at] === 1);
    if (isGrouped) {
      this.out[open] = '';
      this.out[end] = '';
      if (this.is(end - 1, ',')) this.out[end - 1] = '';
    }
    const level = isGrouped ? 1 : 0;
    for (const [at] of this.tokens.entries())
      if (this.is(at, 'as') && this.depth[at] === level) this.target(at + 1, level);
  }

  /** What a context manager is bound to becomes one name; a target must be there. */
  private target(from: number, level: number): void {
    let to = from;
    while (
      to < this.tokens.length &&
      !((this.depth[to] ?? 0) < level || (this.depth[to] === level && (this.is(to, ',') || this.is(to, ':'))))
    )
      to++;
    if (to === from || to - from === 1) return;
    this.blankTo(from, to, '_');
  }

  private pattern(): void {
    const end = this.tokens.findIndex((_token, at) => this.depth[at] === 0 && (this.is(at, ':') || this.is(at, 'if')));
    if (end < 2) return;
    const isOdd = this.range(2, end).some((at) => isWord(this.tokens[at - 1]) && isWord(this.tokens[at]));
    if (isOdd) return;
    // "case(" has no space for a name of its own at the bracket.
    const isTight = this.tokens[0]?.to === this.tokens[1]?.from;
    this.blankTo(1, end, isTight ? '' : '_');
    if (isTight) this.out[2] = '_';
  }

  /** `type X[T] = ...` is an assignment. */
  private typeAlias(): void {
    this.out[1] = '';
    if (this.is(2, '[')) this.blankGroup(2);
  }

  private blankGroup(open: number): void {
    this.blankTo(open, this.closing(open) + 1, '');
  }

  private closing(open: number): number {
    return this.tokens.findIndex(
      (_token, at) => at > open && this.depth[at] === this.depth[open] && CLOSES.has(this.tokens[at]?.text ?? ''),
    );
  }

  private range(from: number, to: number): number[] {
    return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  }
}

/** `as`, `or` and such part two words of a pattern. */
function isWord(token: Token | undefined): boolean {
  return token?.kind === 'name' && token.text !== 'as';
}

function plain({ kind, text }: Token): string {
  if (kind === 'number') return '0';
  return kind === 'string' || kind === 'fstring' ? '""' : text;
}
