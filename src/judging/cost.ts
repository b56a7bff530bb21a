import type { Usage } from '@bakeoff/agent-kit';
import { z } from 'zod';
import table from './prices.json' with { type: 'json' };

/** Whether what an agent says its work cost can be so. Nobody but its provider knows; this is what the numbers themselves tell. */

/** US dollars for a million tokens, in and out. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

export type Prices = ReadonlyMap<string, Price>;

export interface Checked {
  /** `claimed`: nothing to hold it against. `plausible`: it fits. `implausible`: it can't be, and `reason` says why. */
  readonly status: 'claimed' | 'plausible' | 'implausible';
  readonly reason: string;
}

const Table = z.object({ models: z.record(z.string(), z.tuple([z.number(), z.number()])) });

/** List prices of well-known models. */
export const LIST_PRICES: Prices = new Map(
  Object.entries(Table.parse(table).models).map(([model, [input, output]]) => [model, { input, output }]),
);

/**
 * A token holds seldom more than 6 bytes of a text; 10 leaves room for runs of spaces and rules. The other way, thinking
 * is counted as output and never shown: no model thinks this much for one answer.
 */
const MOST_BYTES_A_TOKEN = 10;
const MOST_TOKENS = 2_000_000;

/** Caches and batches take up to nine tenths off the list price; resellers, regions and long contexts put as much as that on. */
const LEAST_OF_LIST = 0.1;
const MOST_OF_LIST = 3;

/** Of so few bytes the least number of tokens says nothing. */
const FEW_BYTES = 200;
const ROUNDING = 0.0005;

/**
 * @param outputBytes of the texts that the agent sent; other files are no tokens
 * @param prices by model; a name that is not there is priced like the longest name that it starts with
 */
export function checkedUsage(usage: Usage, outputBytes: number, prices: Prices = LIST_PRICES): Checked {
  const { output_tokens: output } = usage;
  const fewest = Math.ceil(outputBytes / MOST_BYTES_A_TOKEN);
  if (output !== undefined && outputBytes > FEW_BYTES && output < fewest)
    return no(
      `${outputBytes} bytes of text take at least ${fewest} tokens, and ${output} are claimed; a program may have made part of it`,
    );
  if (output !== undefined && output > MOST_TOKENS) return no(`no answer takes ${output} tokens`);
  return checkedCost(usage, fewest, prices) ?? checkedTokens(usage);
}

/** The list with an installation's own prices: `model=in/out`, comma separated, as the setting MODEL_PRICES has them. */
export function pricesWith(own: string): Prices {
  const added = own.split(',').flatMap((entry) => {
    const [, model, input, output] = /^\s*(\S+)=([\d.]+)\/([\d.]+)\s*$/.exec(entry) ?? [];
    return model ? [[model.toLowerCase(), { input: Number(input), output: Number(output) }] as const] : [];
  });
  return new Map([...LIST_PRICES, ...added]);
}

/** The model's price, if its name or the beginning of it is known. Providers' prefixes and dates behind it don't matter. */
export function priceOf(model: string, prices: Prices): Price | null {
  const name = (model.toLowerCase().split('/').at(-1) ?? '').replace(/[:@].*$/, '');
  const known = [...prices.keys()].filter((key) => name === key || name.startsWith(`${key}-`));
  const [longest] = known.toSorted((a, b) => b.length - a.length);
  return longest === undefined ? null : (prices.get(longest) ?? null);
}

function checkedCost({ model, cost, ...usage }: Usage, fewest: number, prices: Prices): Checked | null {
  if (cost === undefined) return null;
  const price = model === undefined ? null : priceOf(model, prices);
  if (!price) return { status: 'claimed', reason: model ? `no price is known of ${model}` : 'no model is named' };
  const { input_tokens: input, output_tokens: output } = usage;
  const list = ((input ?? 0) * price.input + (output ?? fewest) * price.output) / 1e6;
  const money = (dollars: number) => `$${dollars.toPrecision(2)}`;
  if (cost < list * LEAST_OF_LIST - ROUNDING)
    return no(`${money(cost)} is less than a tenth of the list price, ${money(list)}`);
  if (input === undefined || output === undefined)
    return { status: 'claimed', reason: 'without both numbers of tokens the cost has nothing to be held against' };
  if (cost > list * MOST_OF_LIST + ROUNDING)
    return no(`${money(cost)} is more than three times the list price, ${money(list)}`);
  return { status: 'plausible', reason: `the list price of these tokens is ${money(list)}` };
}

function checkedTokens({ output_tokens: output }: Usage): Checked {
  if (output === undefined) return { status: 'claimed', reason: 'it holds no numbers that could be checked' };
  return { status: 'plausible', reason: 'the tokens fit the size of the output' };
}

function no(reason: string): Checked {
  return { status: 'implausible', reason };
}
