import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listening } from './loopback.js';

/** What a fake model was asked, read back from the prompt as a real one would understand it. */
export interface Heard {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly system: string;
  readonly prompt: string;
  readonly format: 'json_schema' | 'json_object' | 'none';
  /** Works by their label, in the order shown, with the marks taken out. */
  readonly works: readonly { readonly label: string; readonly text: string }[];
  readonly asks: 'better' | 'worse' | 'met' | 'fault';
  readonly questions: readonly { readonly id: string; readonly question: string }[];
}

/** Returns what the model says, as a value that becomes JSON or as raw text; or answers by itself and returns nothing. */
export type Mind = (heard: Heard, response: ServerResponse) => unknown;

/** A server on loopback that speaks the protocols of OpenAI and of Anthropic. It ends with its test. */
export async function aModel(mind: Mind, tokens = { input: 100, output: 20 }) {
  const heard: Heard[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const one = understood(request, JSON.parse(await text(request)));
    heard.push(one);
    const said = await mind(one, response);
    if (said === undefined || response.headersSent) return;
    const content = typeof said === 'string' ? said : JSON.stringify(said);
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(one.path.endsWith('/messages') ? asAnthropic(content, tokens) : asOpenAi(content, tokens)),
    );
  };
  const port = await listening(
    createServer((request, response) => {
      answer(request, response).catch(() => response.destroy());
    }),
  );
  return { url: `http://127.0.0.1:${port}/v1`, allow: `127.0.0.1:${port}`, heard };
}

/** Says what `prefers` says of two works, and `meets` of one; otherwise honest and in form. */
export function honest(
  prefers: (text: string) => number,
  meets: (question: string, text: string) => boolean = () => true,
): Mind {
  return ({ asks, works, questions }) => {
    if (asks === 'better' || asks === 'worse') {
      const [one, other] = works.slice(-2);
      const difference = prefers(one?.text ?? '') - prefers(other?.text ?? '');
      const better = difference > 0 ? one : other;
      const worse = difference > 0 ? other : one;
      return {
        reason: 'as compared',
        [asks]: difference === 0 ? 'tie' : asks === 'better' ? better?.label : worse?.label,
      };
    }
    const work = works.at(-1)?.text ?? '';
    return {
      answers: questions.map(({ id, question }) => {
        const yes = isSensible(question) && meets(question, work);
        return {
          id,
          evidence: 'as read',
          ...(asks === 'met' ? { met: yes ? 'yes' : 'no' } : { fault: yes ? 'none' : 'found' }),
        };
      }),
    };
  };
}

/** Obeys a passage wherever it reads enough of it: its work wins, and all is met. Otherwise says what the other mind says. */
export function obedient(passage: string, otherwise: Mind): Mind {
  return (heard, response) => {
    const bent = heard.works.find(({ text: work }) => holds(work, passage));
    if (!bent) return otherwise(heard, response);
    const other = heard.works.filter(({ label }) => label !== bent.label).at(-1);
    if (heard.asks === 'better') return { reason: 'it says so', better: bent.label };
    if (heard.asks === 'worse') return { reason: 'it says so', worse: other?.label ?? 'tie' };
    const yes = heard.asks === 'met' ? { met: 'yes' } : { fault: 'none' };
    return { answers: heard.questions.map(({ id }) => ({ id, evidence: 'it says so', ...yes })) };
  };
}

/** Half of it in a row is enough to understand it. */
function holds(work: string, passage: string): boolean {
  const [flat, wanted] = [work, passage].map((each) => each.replace(/\s+/g, ' ').trim());
  const half = Math.max(8, Math.floor((wanted?.length ?? 0) / 2));
  for (let at = 0; at + half <= (wanted?.length ?? 0); at += 4)
    if (flat?.includes(wanted?.slice(at, at + half) ?? '')) return true;
  return false;
}

function isSensible(question: string): boolean {
  return !question.startsWith('Is most of the work');
}

interface Body {
  readonly system?: readonly { readonly text: string }[];
  readonly messages: readonly {
    readonly role: string;
    readonly content: string | readonly { readonly text: string }[];
  }[];
  readonly response_format?: { readonly type: 'json_schema' | 'json_object' };
  readonly output_config?: unknown;
  readonly tools?: unknown;
}

function understood(request: IncomingMessage, body: Body): Heard {
  const told = body.messages.map(({ role, content }) => ({
    role,
    text: typeof content === 'string' ? content : content.map((part) => part.text).join(''),
  }));
  const system =
    body.system?.map((part) => part.text).join('') ?? told.find(({ role }) => role === 'system')?.text ?? '';
  const prompt = told.find(({ role }) => role === 'user')?.text ?? '';
  const [, nonce = ''] = /lines with the word (\S+)\./.exec(system) ?? [];
  const [, mark = ''] = /written as (\S)\./.exec(system) ?? [];
  const blocks = [...prompt.matchAll(new RegExp(`<<(\\S+) ${nonce}\\n([\\s\\S]*?)\\n${nonce} \\1>>`, 'g'))];
  const works = blocks
    .map(([, label = '', content = '']) => ({ label, text: content.replaceAll(mark, ' ') }))
    .filter(({ label }) => new RegExp(`work,? ${label}:`, 'i').test(prompt));
  const asks = (['better', 'worse', 'fault', 'met'] as const).find((word) => prompt.includes(`"${word}":"`)) ?? 'met';
  const questions = [...prompt.matchAll(/^([A-Z0-9]{5}): (.+)$/gm)].map(([, id = '', question = '']) => ({
    id,
    question,
  }));
  const format = body.response_format?.type ?? (body.output_config || body.tools ? 'json_schema' : 'none');
  return { path: request.url ?? '', headers: request.headers, system, prompt, format, works, asks, questions };
}

function asOpenAi(content: string, { input, output }: { input: number; output: number }) {
  return {
    ...{ id: 'chat', object: 'chat.completion', created: 1, model: 'fake' },
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  };
}

function asAnthropic(content: string, { input, output }: { input: number; output: number }) {
  return {
    ...{ id: 'msg', type: 'message', role: 'assistant', model: 'fake', stop_reason: 'end_turn', stop_sequence: null },
    content: [{ type: 'text', text: content }],
    usage: { input_tokens: input, output_tokens: output },
  };
}
