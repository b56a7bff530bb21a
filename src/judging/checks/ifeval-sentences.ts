import { STOP_WORDS } from '../lexicon.js';

/**
 * Sentences as Punkt finds them, the splitter that IFEval counts with: each full stop, question and exclamation mark
 * that something follows is a candidate; a full stop is none behind an abbreviation it knows, behind an initial before a name,
 * or behind a number before a small letter. `e.g.` and `etc.` are not among its abbreviations, and so they end a sentence.
 */

const ABBREVIATIONS = new Set(
  `ct t ms dr pa st dec lt adm p ga tenn yr sen inc vs n feb sr jan col d ft va chg minn k m gen okla aug ltd oct s vt ariz ore h
  mrs cie corp w ok ill nov prof conn mg g calif messrs wash tues sw bros l wis mr sep ave co reps c r wed v fla jr rep e ala f sept
  mich colo fri kan maj ky cos nev ph.d w.va p.m a.m p.a.m u.k u.s u.n u.s.a u.s.s.r n.y n.j n.c n.h n.d n.m s.c d.c r.i l.a a.c a.d
  m.j g.k h.m j.j d.h s.g s.p.a a.t s.a.y g.f c.o.m.b r.k e.f a.g a.h l.f f.j i.m.s s.a j.p m.d.c r.a j.c w.w b.v w.r e.h n.v r.j
  e.m w.c f.g h.f e.l s.s r.t h.c a.s r.h c.v m.b.a a.a c.i.t b.f j.b d.w j.k j.r l.p g.d a.m.e t.j`.split(/\s+/),
);

const END = /[.?!](?=[)";}\]*:@'({[!?]|\s+(\S+))/g;
const TOKEN =
  /-{2,}|\.{2,}|(?:\.\s){2,}\.|(?=[^("`{[:;&#*@)}\]\-,\s])\S+?(?=\s|$|[)";}\]*:@'({[!?]|-{2}|\.{2}|(?:\.\s){2}\.|,(?=$|\s|[)";}\]*:@'({[!?]|-{2}|\.{2}))|\S/g;
const NUMBER = /^-?[.,]?\d[\d,.-]*\.?$/;
const INITIAL = /^[^\W\d]\.$/;
const CLOSING = /["')\]}]+?(?:\s+|(?=--)|$)/my;

export function sentenceCount(text: string): number {
  let count = 0;
  let from = 0;
  for (const end of [...breaks(text), undefined]) {
    const sentence = text.slice(from, end ?? text.trimEnd().length);
    if (sentence !== '') count++;
    if (end === undefined) break;
    from = end + leading(text.slice(end, end + 2_000));
  }
  return count;
}

/** Space and closing quotes at the beginning of a sentence belong to the one before. */
function leading(rest: string): number {
  const space = rest.length - rest.trimStart().length;
  CLOSING.lastIndex = space;
  return space + (CLOSING.exec(rest)?.[0].length ?? 0);
}

/** Where sentences end, behind their mark. Of several marks in one word only the last can end one. */
function* breaks(text: string): Generator<number> {
  let open: { readonly word: number; readonly at: number; readonly next: string } | undefined;
  for (const match of text.matchAll(END)) {
    const at = match.index;
    const word = wordStart(text, open, at);
    if (open && open.at <= word && endsSentence(text.slice(open.word, open.at + 1), open.next)) yield open.at + 1;
    open = { word, at, next: match[1] ?? text[at + 1] ?? '' };
  }
  if (open && endsSentence(text.slice(open.word, open.at + 1), open.next)) yield open.at + 1;
}

function wordStart(text: string, open: { word: number; at: number } | undefined, at: number): number {
  const first = open?.at ?? 0;
  let from = at;
  while (from > first && !/[ \t-\r]/.test(text[from - 1] ?? '')) from--;
  return from > first + 1 || (from > first && !open) ? from : (open?.word ?? 0);
}

function endsSentence(word: string, next: string): boolean {
  const tokens = [...`${word.slice(-500)} ${next.slice(0, 200)}`.matchAll(TOKEN)].map(([token]) => token);
  return tokens.slice(0, -1).some((token, at) => isEnd(token, tokens[at + 1] ?? ''));
}

/** `sure`: seen at the beginning of sentences. `never`: it goes on in small letters or with a mark. */
type Start = 'sure' | 'never' | 'open';

function isEnd(token: string, next: string): boolean {
  if (token === '?' || token === '!' || token === '.') return true;
  if (!token.endsWith('.')) return false;
  const start = startOf(next);
  const plain = token.slice(0, -1).toLowerCase();
  const isEllipsis = token.endsWith('..');
  const isShort = ABBREVIATIONS.has(plain) || ABBREVIATIONS.has(plain.split('-').at(-1) ?? '');
  if (INITIAL.test(token)) return !isShort && (start === 'sure' || (start === 'open' && !/^\p{Lu}/u.test(next)));
  if (isEllipsis || isShort) return start === 'sure';
  return !(NUMBER.test(token) && start === 'never');
}

function startOf(next: string): Start {
  if (/^[;:,.!?]$/.test(next) || /^\p{Ll}/u.test(next)) return 'never';
  return /^\p{Lu}/u.test(next) && next !== 'I' && STOP_WORDS.has(next.toLowerCase().replace(/[.,]$/, ''))
    ? 'sure'
    : 'open';
}
