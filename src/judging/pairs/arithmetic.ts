/** Sums that stand in a text, worked out. No names, no functions: numbers, signs and brackets. */
const NUMBER = String.raw`-?\d[\d,]{0,14}(?:\.\d{1,10})?`;
/** Bounded in every part: texts of strangers are searched with it. */
const EXPRESSION = String.raw`(?<![\w.,])(?:\(?${NUMBER}\)? ?(?:\*\*|[-+*/×÷^x]) ?){1,10}\(?${NUMBER}\)?(?!\w)`;
const EXPRESSIONS = new RegExp(EXPRESSION, 'g');
const EQUATIONS = new RegExp(`(${EXPRESSION}) ?(?:=|equals|is) ?\\$?(${NUMBER})`, 'g');
const READ_CHARS = 20_000;

/** The value of an expression such as `3 * (4 + 5)`; undefined for a date, a range, or what is none. */
export function worth(source: string): number | undefined {
  const text = source
    .replace(/,(?=\d{3})/g, '')
    .replace(/\*\*/g, '^')
    .replace(/[×x]/g, '*')
    .replace(/÷/g, '/')
    .replace(/\s+/g, '');
  if (text.length > 100 || /^\d+([-/])\d+(?:\1\d+)*$/.test(text)) return undefined;
  const parser = new Parser(text);
  const value = parser.sum();
  return parser.ended && value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** The sums that a text asks for. */
export function askedSums(text: string): number[] {
  return [...text.slice(0, READ_CHARS).matchAll(EXPRESSIONS)].flatMap(([source]) => worth(source) ?? []);
}

/** How many of the equations that a text states are right, and one that is not. */
export function equations(text: string): { right: number; wrong: number; example: string | null } {
  const found = [...text.slice(0, READ_CHARS).matchAll(EQUATIONS)].flatMap(([whole, left = '', right = '']) => {
    const value = worth(left);
    return value === undefined ? [] : [{ whole, holds: same(value, Number(right.replace(/,/g, ''))) }];
  });
  const wrong = found.filter(({ holds }) => !holds);
  return { right: found.length - wrong.length, wrong: wrong.length, example: wrong[0]?.whole.trim() ?? null };
}

/** Rounded results count. */
export function same(value: number, said: number): boolean {
  return Math.abs(value - said) <= Math.max(0.006, Math.abs(value) * 0.005);
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  get ended(): boolean {
    return this.at === this.text.length;
  }

  sum(): number | undefined {
    let value = this.product();
    while (value !== undefined && /[+-]/.test(this.next)) {
      const sign = this.take();
      const right = this.product();
      if (right === undefined) return undefined;
      value = sign === '+' ? value + right : value - right;
    }
    return value;
  }

  private product(): number | undefined {
    let value = this.power();
    while (value !== undefined && /[*/]/.test(this.next)) {
      const sign = this.take();
      const right = this.power();
      if (right === undefined) return undefined;
      value = sign === '*' ? value * right : value / right;
    }
    return value;
  }

  private power(): number | undefined {
    const base = this.atom();
    if (base === undefined || this.next !== '^') return base;
    this.take();
    const exponent = this.power();
    return exponent === undefined ? undefined : base ** exponent;
  }

  private atom(): number | undefined {
    if (this.next === '(') {
      this.take();
      const value = this.sum();
      return this.take() === ')' ? value : undefined;
    }
    const [number] = /^-?\d+(?:\.\d+)?/.exec(this.text.slice(this.at)) ?? [];
    if (number === undefined) return undefined;
    this.at += number.length;
    return Number(number);
  }

  private get next(): string {
    return this.text[this.at] ?? '';
  }

  private take(): string {
    return this.text[this.at++] ?? '';
  }
}
