/** Who made a model, told by its name. Models of one maker like their own kind's work. */
const FAMILIES: readonly (readonly [family: string, names: RegExp])[] = [
  ['openai', /\b(?:gpt|chatgpt|o[1345](?=\b|-)|davinci|codex|openai)/],
  ['anthropic', /\b(?:claude|anthropic|opus|sonnet|haiku)/],
  ['google', /\b(?:gemini|gemma|palm|bard|google)/],
  ['meta', /\b(?:llama|codellama|meta-)/],
  ['mistral', /\b(?:mistral|mixtral|codestral|ministral|magistral|devstral)/],
  ['qwen', /\b(?:qwen|qwq|tongyi)/],
  ['deepseek', /\bdeepseek/],
  ['xai', /\bgrok/],
  ['cohere', /\b(?:command-[ra]|command-r|cohere|aya)/],
  ['microsoft', /\b(?:phi-?\d|wizardlm|orca)/],
  ['amazon', /\b(?:nova-|titan)/],
  ['moonshot', /\b(?:kimi|moonshot)/],
  ['zhipu', /\b(?:glm|chatglm)/],
  ['01', /\byi-/],
  ['ibm', /\bgranite/],
  ['nvidia', /\bnemotron/],
];

/** Null: it can't be told, or none was named. An unknown name is its own family, by its first word. */
export function familyOf(model: string | null | undefined): string | null {
  const name = (model ?? '').trim().toLowerCase().replace(/_/g, '-');
  if (name === '') return null;
  const known = FAMILIES.find(([, names]) => names.test(name));
  if (known) return known[0];
  return /^(?:.*\/)?([a-z]{2,})/.exec(name)?.[1] ?? null;
}

/** Whether a judge of this model would judge its own kind. A bidder that names no model can't be told. */
export function isOwnKind(judge: string, bidder: string | null | undefined): boolean {
  const family = familyOf(bidder);
  return family !== null && family === familyOf(judge);
}
