/** Which model does the work, from the environment. */
export interface Settings {
  /** Such as `https://api.example/v1`: `/chat/completions` is added. */
  baseUrl: string;
  /** Null for servers that ask for none. */
  apiKey: string | null;
  model: string;
  /** US dollars for a million tokens; null: not reported. */
  costPerMillion: { input: number; output: number } | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings, or one sentence for each thing that is missing or wrong. */
export function settingsFrom(env: Environment): Settings | string[] {
  const baseUrl = env.OPENAI_BASE_URL?.trim() ?? '';
  const model = (env.MODEL ?? env.OPENAI_MODEL ?? '').trim();
  const problems = [
    ...(isWebAddress(baseUrl)
      ? []
      : ['OPENAI_BASE_URL is missing: the address of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1.']),
    ...(model === '' ? ['MODEL (or OPENAI_MODEL) is missing: the name of the model, as that server knows it.'] : []),
  ];
  if (problems.length > 0) return problems;
  const [input, output] = [Number(env.OPENAI_COST_IN ?? Number.NaN), Number(env.OPENAI_COST_OUT ?? Number.NaN)];
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    apiKey: env.OPENAI_API_KEY?.trim() || null,
    model,
    costPerMillion: input >= 0 && output >= 0 ? { input, output } : null,
  };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
