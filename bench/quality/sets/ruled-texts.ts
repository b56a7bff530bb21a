import { chanceOf } from '../chance.ts';

/** A rule on a text, and whether it holds: known since the text was made to have it, or by hand. */
export interface Ruled {
  readonly of: 'own' | 'ifeval';
  readonly rule: { readonly kind: string; readonly [argument: string]: unknown };
  readonly text: string;
  readonly holds: boolean;
  readonly prompt?: string;
}

const WORDS =
  'harbour lantern copper meadow signal window paper silver garden engine river basket market candle thunder pocket mirror ladder winter orchard ribbon saddle tunnel velvet whistle anchor bucket cotton'.split(
    ' ',
  );

/** Texts that are put together with a known number of everything, held against limits at, just above and just below it. */
export function madeTexts(seed: number, rounds: number): Ruled[] {
  const chance = chanceOf(seed);
  const all: Ruled[] = [];
  const add = (of: Ruled['of'], rule: Ruled['rule'], text: string, holds: boolean) =>
    all.push({ of, rule, text, holds });
  /** Every limit around the true count, in the words of both vocabularies. */
  const counted = (
    count: number,
    text: string,
    own: (range: object) => Ruled['rule'],
    theirs?: (limit: object) => Ruled['rule'],
  ) => {
    for (const off of [-1, 0, 1]) {
      const limit = count + off;
      if (limit < 1) continue;
      add('own', own({ min: limit }), text, count >= limit);
      add('own', own({ max: limit }), text, count <= limit);
      if (theirs) {
        add('ifeval', theirs({ limit, relation: 'at least' }), text, count >= limit);
        add('ifeval', theirs({ limit, relation: 'less than' }), text, count < limit);
      }
    }
  };
  const words = (count: number) => Array.from({ length: count }, () => chance.one(WORDS));
  const sentence = (length: number) => {
    const [first = 'One', ...rest] = words(length);
    return `${first.replace(/^./, (letter) => letter.toUpperCase())} ${rest.join(' ')}.`;
  };
  for (let round = 0; round < rounds; round++) {
    const lengths = Array.from({ length: 2 + chance.below(5) }, () => 4 + chance.below(9));
    const prose = lengths.map(sentence).join(' ');
    const total = lengths.reduce((sum, length) => sum + length, 0);
    counted(
      total,
      prose,
      (range) => ({ kind: 'words', ...range }),
      (limit) => named('length_constraints:number_words', 'num_words', limit),
    );
    counted(
      lengths.length,
      prose,
      (range) => ({ kind: 'sentences', ...range }),
      (limit) => named('length_constraints:number_sentences', 'num_sentences', limit),
    );
    const paragraphs = Array.from({ length: 2 + chance.below(4) }, () => sentence(6 + chance.below(6)));
    counted(paragraphs.length, paragraphs.join('\n\n'), (range) => ({ kind: 'paragraphs', ...range }));
    for (const off of [-1, 0, 1])
      add(
        'ifeval',
        { kind: 'length_constraints:number_paragraphs', num_paragraphs: paragraphs.length + off },
        paragraphs.join('\n\n***\n\n'),
        off === 0,
      );
    const items = Array.from({ length: 2 + chance.below(6) }, () => `${chance.one(['- ', '* '])}${words(3).join(' ')}`);
    const mark = items[0]?.slice(0, 2) ?? '- ';
    const list = `${sentence(5)}\n\n${items.map((item) => mark + item.slice(2)).join('\n')}`;
    counted(items.length, list, (range) => ({ kind: 'bullets', ...range }));
    for (const off of [-1, 0, 1])
      add(
        'ifeval',
        { kind: 'detectable_format:number_bullet_lists', num_bullets: items.length + off },
        list,
        off === 0,
      );
    const term = chance.one(WORDS);
    const times = 1 + chance.below(4);
    const others = WORDS.filter((word) => word !== term);
    const mixed = [
      ...Array.from({ length: 30 }, () => chance.one(others)),
      ...Array.from({ length: times }, () => term),
    ];
    const shuffled = `${chance.some(mixed, mixed.length).join(' ')}.`;
    counted(
      times,
      shuffled,
      (range) => ({ kind: 'includes_count', term, ...range }),
      (limit) => ({
        ...named('keywords:frequency', 'frequency', limit),
        keyword: term,
      }),
    );
    add('own', { kind: 'includes', terms: [term] }, shuffled, true);
    add('own', { kind: 'excludes', terms: [term.toUpperCase()] }, shuffled, false);
    add('own', { kind: 'excludes', terms: ['windmill'] }, shuffled, true);
    add('ifeval', { kind: 'keywords:existence', keywords: [term, 'windmill'] }, shuffled, false);
    add('ifeval', { kind: 'keywords:forbidden_words', forbidden_words: [term] }, shuffled, false);
    add('ifeval', { kind: 'keywords:forbidden_words', forbidden_words: ['arbour'] }, shuffled, true);
    const letter = chance.one([...'abcdefgi']);
    const many = shuffled.split(letter).length - 1;
    counted(
      many,
      shuffled,
      (range) => ({ kind: 'letters', letter, ...range }),
      (limit) => {
        const { kind, let_frequency, relation } = named('keywords:letter_frequency', 'let_frequency', limit);
        return { kind, let_frequency, letter, let_relation: relation };
      },
    );
    const capitals = 1 + chance.below(5);
    const loud = `${words(8).join(' ')} ${words(capitals).join(' ').toUpperCase()} ${words(3).join(' ')}.`;
    counted(
      capitals,
      loud,
      (range) => ({ kind: 'capital_words', ...range }),
      (limit) => {
        const { kind, capital_frequency, relation } = named(
          'change_case:capital_word_frequency',
          'capital_frequency',
          limit,
        );
        return { kind, capital_frequency, capital_relation: relation };
      },
    );
    const blanks = Array.from({ length: 1 + chance.below(4) }, () => `[${chance.one(WORDS)}]`);
    const form = `Dear ${blanks.join(', welcome to ')}, we are glad.`;
    counted(blanks.length, form, (range) => ({ kind: 'placeholders', ...range }));
    for (const off of [0, 1])
      add(
        'ifeval',
        { kind: 'detectable_content:number_placeholders', num_placeholders: blanks.length + off },
        form,
        off === 0,
      );
  }
  return all;
}

function named(
  kind: string,
  argument: string,
  { limit, relation }: { limit?: number; relation?: string },
): Ruled['rule'] {
  return { kind, [argument]: limit, relation };
}
