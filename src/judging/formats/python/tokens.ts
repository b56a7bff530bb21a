import { type Field, type Line, PythonError, type Token, type TokenKind } from './token.js';

/** A Python file as its tokens and logical lines, by the rules of the language's lexical analysis (3.12). */

const NAME =
  /[\p{L}\p{Nl}_\u2118\u212e\u309b\u309c][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}\u00b7\u0387\u1369-\u1371\u19da]*/uy;
const NUMBER =
  /(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?)/y;
const OPERATOR =
  /<>|\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|->|:=|\*\*|\/\/|>>|<<|<=|>=|==|[+\-*/%@&|^]=|[+\-*/%@&|^~<>()[\]{},:.;=]/y;
const PREFIX = /(?:[rRuU]|[bB][rR]?|[rR][bB]?|[fF][rR]?|[rR][fF])?(?="|')/y;
const CLOSES: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
const MOST_NESTED = 150;
const OPENING = new Set('if elif else for while try except finally with def class async match case'.split(' '));

/** @throws PythonError for what is no sequence of tokens, or is not indented in steps */
export function pythonLines(source: string): Line[] {
  return new Reader(source).lines();
}

class Reader {
  private at = 0;
  private readonly open: { char: string; at: number }[] = [];
  private readonly done: Line[] = [];
  private tokens: Token[] = [];
  private indent = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  lines(): Line[] {
    const { source } = this;
    let isFresh = true;
    while (this.at < source.length) {
      if (isFresh) isFresh = !this.indentation();
      else isFresh = this.next();
    }
    const bracket = this.open.at(-1);
    if (bracket) this.fail(`"${bracket.char}" is never closed`, bracket.at);
    this.endLine();
    if (this.isOpener()) this.fail('expected an indented block at the end', source.length);
    return this.done;
  }

  /** Reads the space at the beginning of a line. False for a blank line or a comment alone, which it reads as well. */
  private indentation(): boolean {
    const { source } = this;
    const from = this.at;
    let column = 0;
    let narrow = 0;
    for (; this.at < source.length; this.at++) {
      const char = source[this.at];
      if (char === ' ') {
        column++;
        narrow++;
      } else if (char === '\t') {
        column = (Math.floor(column / 8) + 1) * 8;
        narrow++;
      } else if (char === '\f') {
        column = 0;
        narrow = 0;
      } else break;
    }
    const char = source[this.at];
    if (char === '#') this.skipComment();
    if (this.at >= source.length) return false;
    if (source[this.at] === '\n') {
      this.at++;
      return false;
    }
    this.indented(column, narrow, from);
    return true;
  }

  private readonly steps: { column: number; narrow: number }[] = [{ column: 0, narrow: 0 }];

  /** As Python does it: widths with tabs of eight and of one must tell the same story. */
  private indented(column: number, narrow: number, at: number): void {
    const { steps } = this;
    const top = steps.at(-1) ?? { column: 0, narrow: 0 };
    const mixed = () => this.fail('tabs and spaces are mixed in the indentation', at);
    if (column === top.column) {
      if (narrow !== top.narrow) mixed();
    } else if (column > top.column) {
      if (narrow <= top.narrow) mixed();
      if (!this.isOpener()) this.unexpected();
      steps.push({ column, narrow });
      this.indent = column;
      return;
    } else {
      while ((steps.at(-1)?.column ?? 0) > column) steps.pop();
      const now = steps.at(-1) ?? { column: 0, narrow: 0 };
      if (now.column !== column) this.fail('unindent does not match any outer level', this.at);
      if (now.narrow !== narrow) mixed();
    }
    if (this.isOpener()) this.fail('expected an indented block', this.at);
    this.indent = column;
  }

  /** More often than a stray space it is the colon before it that is missing. */
  private unexpected(): never {
    const before = this.done.at(-1)?.tokens ?? [];
    const end = before.at(-1)?.to ?? 0;
    if (OPENING.has(before[0]?.text ?? '')) this.fail('a ":" is missing', end);
    this.fail('unexpected indent', this.at);
  }

  private isOpener(): boolean {
    return this.done.at(-1)?.tokens.at(-1)?.text === ':';
  }

  /** Reads one token. True at the end of a logical line. */
  private next(): boolean {
    const { source } = this;
    const char = source[this.at] ?? '';
    if (char === ' ' || char === '\t' || char === '\f') this.at++;
    else if (char === '#') this.skipComment();
    else if (char === '\n') {
      this.at++;
      if (this.open.length > 0) return false;
      this.endLine();
      return true;
    } else if (char === '\\') this.continuation();
    else this.token();
    return false;
  }

  private continuation(): void {
    if (this.source[this.at + 1] !== '\n') this.fail('a character after the line continuation "\\"', this.at);
    this.at += 2;
    if (this.at >= this.source.length) this.fail('the file ends after a line continuation', this.at);
  }

  private skipComment(): void {
    const end = this.source.indexOf('\n', this.at);
    this.at = end < 0 ? this.source.length : end;
  }

  private endLine(): void {
    if (this.tokens.length > 0) this.done.push({ tokens: this.tokens, indent: this.indent });
    this.tokens = [];
  }

  private token(): void {
    const { source, at } = this;
    const prefix = this.match(PREFIX);
    const name = prefix === undefined ? this.match(NAME) : undefined;
    if (prefix !== undefined) this.string(prefix);
    else if (name !== undefined) this.push('name', name);
    else if (/^\.?\d/.test(source.slice(at, at + 2))) this.number();
    else {
      const operator = this.match(OPERATOR);
      if (operator === '<>') this.fail('"<>" is written "!="', at);
      if (operator === undefined) this.fail(`an invalid character "${source[at] ?? ''}"`, at);
      this.bracket(operator, at);
      this.push('op', operator);
    }
  }

  private number(): void {
    const from = this.at;
    const text = this.match(NUMBER) ?? '';
    // "1if x" is allowed: a keyword may follow a number at once.
    const after = /^[\p{L}\p{Nd}_]+/u.exec(this.source.slice(this.at, this.at + 20))?.[0];
    const isKeyword = after !== undefined && /^(?:and|else|for|if|in|is|or|not)/.test(after);
    if (text === '' || (after !== undefined && !isKeyword)) this.fail('an invalid number', from);
    if (/^0[\d_]*[1-9]/.test(text) && /^[\d_]+$/.test(text)) this.fail('a number with leading zeros', from);
    this.push('number', text, from);
  }

  private bracket(operator: string, at: number): void {
    if ('([{'.includes(operator)) {
      this.open.push({ char: operator, at });
      if (this.open.length > MOST_NESTED) this.fail('too many nested brackets', at);
    }
    const wanted = CLOSES[operator];
    if (wanted === undefined) return;
    const opened = this.open.pop();
    if (!opened) this.fail(`unmatched "${operator}"`, at);
    if (opened.char !== wanted) this.fail(`"${operator}" does not match "${opened.char}"`, at);
  }

  private string(prefix: string): void {
    const from = this.at - prefix.length;
    const { source } = this;
    const char = source[this.at] ?? '';
    const quote = source.startsWith(char.repeat(3), this.at) ? char.repeat(3) : char;
    this.at += quote.length;
    const fields: Field[] | undefined = /f/i.test(prefix) ? [] : undefined;
    this.stringEnd(quote, fields, from, 0);
    if (/b/i.test(prefix) && /[^\p{ASCII}]/u.test(source.slice(from, this.at)))
      this.fail('bytes can only hold ASCII characters', from);
    const token: Token = { kind: fields ? 'fstring' : 'string', text: prefix.toLowerCase(), from, to: this.at };
    this.tokens.push(fields ? { ...token, fields } : token);
  }

  private stringEnd(quote: string, fields: Field[] | undefined, from: number, depth: number): void {
    const { source } = this;
    for (; this.at < source.length; this.at++) {
      const char = source[this.at];
      if (char === '\\') {
        // In an f-string a backslash escapes no brace, but in the name of a character there are some.
        if (fields && source.startsWith('\\N{', this.at)) this.at = this.endOfName(this.at);
        else if (!(fields && '{}'.includes(source[this.at + 1] ?? ' '))) this.at++;
      } else if (source.startsWith(quote, this.at)) {
        this.at += quote.length;
        return;
      } else if (char === '\n' && quote.length === 1) this.fail('a string that does not end in its line', from);
      else if (fields && char === '{' && source[this.at + 1] === '{') this.at++;
      else if (fields && char === '}' && source[this.at + 1] === '}') this.at++;
      else if (fields && char === '}') this.fail('a single "}" in an f-string', this.at);
      else if (fields && char === '{') this.field(quote, fields, from, depth);
    }
    this.fail('a string that is never closed', from);
  }

  private endOfName(at: number): number {
    const found = /^\\N\{[A-Za-z0-9 -]{1,80}\}/.exec(this.source.slice(at, at + 90))?.[0];
    return found === undefined ? at : at + found.length - 1;
  }

  /** `{expression=!r:format}`; afterwards the place is at its closing brace. */
  private field(quote: string, fields: Field[], outer: number, depth: number): void {
    if (depth > 8) this.fail('fields nest too deep in an f-string', this.at);
    const from = ++this.at;
    const before = this.tokens;
    const base = this.open.length;
    this.tokens = [];
    let to = -1;
    while (to < 0) {
      const { source, at } = this;
      const char = source[at];
      if (char === undefined) this.fail('a string that is never closed', outer);
      const isOutside = this.open.length === base;
      const isEnd = char === '}' || char === ':' || (char === '!' && source[at + 1] !== '=');
      if (isOutside && isEnd) to = at;
      else if (char === '\n') this.at++;
      else this.next();
    }
    if (this.tokens.length === 0) this.fail('an empty expression in an f-string', from);
    const isShown = this.tokens.at(-1)?.text === '=';
    fields.push({ from, to: isShown ? (this.tokens.at(-1)?.from ?? to) : to });
    this.tokens = before;
    this.fieldEnd(quote, fields, outer, depth);
  }

  private fieldEnd(quote: string, fields: Field[], outer: number, depth: number): void {
    const { source } = this;
    if (source[this.at] === '!') {
      if (!/^![rsa]\s*[:}]/.test(source.slice(this.at, this.at + 6))) this.fail('an unknown conversion', this.at);
      this.at = source.slice(this.at).search(/[:}]/) + this.at;
    }
    if (source[this.at] === '}') return;
    for (this.at++; source[this.at] !== '}'; this.at++) {
      if (source[this.at] === '{') this.field(quote, fields, outer, depth + 1);
      else if (
        source[this.at] === undefined ||
        (quote.length === 1 && source[this.at] === '\n') ||
        source.startsWith(quote, this.at)
      )
        this.fail('a "{" in an f-string is never closed', outer);
    }
  }

  private push(kind: TokenKind, text: string, from = this.at - text.length): void {
    this.tokens.push({ kind, text, from, to: from + text.length });
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private fail(message: string, at: number): never {
    throw new PythonError(this.source, at, message);
  }
}
