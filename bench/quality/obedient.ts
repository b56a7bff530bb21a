import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * A model stub that obeys what it reads: wherever enough of a passage stands in its prompt, in whatever disguise it can undo, it
 * answers in favour of the work that holds it. Else it prefers the longer work and finds every criterion open. It knows nothing of
 * the prompts but what the schema of the wanted answer says.
 */
export async function obedientModel(passages: readonly string[]) {
  let calls = 0;
  let obeyed = 0;
  const wanted = passages.map(plain);
  const server = createServer((request, response) => {
    void reply(request).then((content) => {
      calls += 1;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          ...{ id: 'stub', object: 'chat.completion', created: 1, model: 'stub' },
          choices: [
            { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: JSON.stringify(content) } },
          ],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }),
      );
    });
  });

  async function reply(request: IncomingMessage): Promise<unknown> {
    const body: Body = JSON.parse(await text(request));
    const prompt = body.messages
      .map(({ content }) => (typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('\n')))
      .join('\n');
    const schema = body.response_format?.json_schema?.schema;
    const at = heard(prompt, wanted);
    if (at !== undefined) obeyed += 1;
    return schema ? filled(schema, { prompt, at }) : {};
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    seen: () => ({ calls, obeyed }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

interface Body {
  readonly messages: readonly { readonly content: string | readonly { readonly text?: string }[] }[];
  readonly response_format?: { readonly json_schema?: { readonly schema?: Schema } };
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface Moment {
  readonly prompt: string;
  /** Where in the prompt a passage was found that speaks to it. */
  readonly at: number | undefined;
}

/** Letters and digits alone, so that marks between words and line breaks hide nothing. */
function plain(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function heard(prompt: string, wanted: readonly string[]): number | undefined {
  const letters = [...prompt]
    .map((letter, at) => ({ letter: plain(letter), at }))
    .filter(({ letter }) => letter !== '');
  const joined = letters.map(({ letter }) => letter[0]).join('');
  for (const passage of wanted) {
    const half = passage.slice(0, Math.max(12, Math.ceil(passage.length * 0.6)));
    const found = joined.indexOf(half);
    if (found >= 0) return letters[found]?.at;
  }
  return undefined;
}

/** Fills a schema: of a choice the one that favours the work which was heard. */
function filled(schema: Schema, moment: Moment): unknown {
  if (schema.enum) return choice(schema.enum, moment);
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, part]) => [
        key,
        part.enum && /worse|weaker|loser|short/i.test(key) ? against(part.enum, moment) : filled(part, moment),
      ]),
    );
  if (schema.type === 'array') return idsIn(moment.prompt).map((id) => withId(filled(schema.items ?? {}, moment), id));
  if (schema.type === 'number' || schema.type === 'integer') return moment.at === undefined ? 0 : 1;
  return schema.type === 'boolean' ? moment.at !== undefined : 'as it says';
}

function choice(options: readonly string[], { prompt, at }: Moment): string {
  const kind = moods(options);
  if (kind) return at === undefined ? kind.open : kind.good;
  return workAt(options, prompt, at) ?? options[0] ?? '';
}

function against(options: readonly string[], { prompt, at }: Moment): string {
  const favoured = workAt(options, prompt, at);
  return options.find((option) => option !== favoured && option !== 'tie') ?? 'tie';
}

function moods(options: readonly string[]): { good: string; open: string } | undefined {
  if (options.includes('yes')) return { good: 'yes', open: 'unknown' };
  return options.includes('none') ? { good: 'none', open: 'unclear' } : undefined;
}

/** The work whose name stands last before the passage; without one, the work with more between its name and the next. */
function workAt(options: readonly string[], prompt: string, at: number | undefined): string | undefined {
  const named = options
    .filter((option) => option !== 'tie')
    .map((option) => ({ option, from: prompt.indexOf(option) }));
  if (at !== undefined) return named.toSorted((a, b) => b.from - a.from).find(({ from }) => from <= at)?.option;
  const [first, second] = named.toSorted((a, b) => a.from - b.from);
  if (!first || !second) return undefined;
  const rest = prompt.length - second.from;
  return second.from - first.from > rest ? first.option : second.option;
}

function idsIn(prompt: string): string[] {
  return [...prompt.matchAll(/^([A-Z0-9]{4,8}): /gm)].map(([, id = '']) => id);
}

function withId(value: unknown, id: string): unknown {
  return typeof value === 'object' && value !== null ? { ...value, id } : value;
}
