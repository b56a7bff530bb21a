import type { Found } from './find.ts';
import { isSame } from './same.ts';
import type { Wanted } from './schema.ts';
import { converted } from './values.ts';

const NAME = '["“`\']?(\\p{L}[\\p{L}\\p{N}_ -]{1,60}?)["”`\']?';
const IS = '\\s*(?:should be|must be|has to be|is really|:|=)\\s*';
const VALUE = '(?:["“`]([^"”`\\n]{1,300})["”`]|([^"“`\\n;]{1,300}?)(?=$|[;\\n]|[.,](?:\\s|$)))';
const CORRECTION = new RegExp(`(?:^|[.;,\\n]\\s*|\\band\\s+)(?:the\\s+)?${NAME}${IS}${VALUE}`, 'giu');

/**
 * Sets single values that the buyer's notes name: "customer: Kestrel Boatyard", "the weight should be 40".
 *
 * @returns the names of the fields that were set
 */
export function corrected(
  object: { [key: string]: Found },
  { fields }: Extract<Wanted, { kind: 'object' }>,
  notes: string,
): string[] {
  const done: string[] = [];
  for (const [, name = '', quoted, plain] of notes.slice(0, 4_000).matchAll(CORRECTION)) {
    const field = fields.find(({ labels, key }) => [key, ...labels].some((label) => isSame(label, name)));
    if (field?.wanted.kind !== 'value') continue;
    const value = converted(quoted ?? plain ?? '', field.wanted);
    if (value === undefined) continue;
    object[field.key] = value;
    done.push(field.key);
  }
  return done;
}
