import { z } from 'zod';

// The forms that settings have as text. Each message goes on where the variable's name left off.

/** What a setting means whose value nobody is ever shown. */
export const secret = (description: string) => ({ description, secret: true });

export const whole = (min: number, max: number) =>
  number(/^\d{1,15}$/, min, max, `must be a whole number from ${min} to ${max}`);

export const decimal = (min: number, max: number) =>
  number(/^\d{0,15}\.?\d{1,15}$/, min, max, `must be a number from ${min} to ${max}, such as ${(min + max) / 2}`);

export const oneOf = <const T extends readonly string[]>(...words: T) =>
  z.enum(words, `must be one of ${words.join(', ')}`);

export const flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');

export const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error:
    'must be a URL such as postgres://user:password@host:5432/name, with special characters of the password as %xx',
});

/** Where links begin: paths are put behind it. */
export const webAddress = z
  .string()
  .refine(isWebAddress, 'must be an http or https URL without query and password, such as https://bakeoff.example')
  .transform((text) => text.replace(/\/+$/, ''));

export const shares = z
  .string()
  .refine(areShares, 'must be shares between 0 and 1, separated by commas, such as 0.5,0.9');

export const waits = z
  .string()
  .regex(/^\d{1,8}(?:,\d{1,8}){0,29}$/, 'must be whole seconds, separated by commas, such as 3600,86400');

export const prices = z
  .string()
  .regex(
    /^(?:\s*[^\s,=]+=\d+(?:\.\d+)?\/\d+(?:\.\d+)?\s*(?:,|$))*$/,
    'must be model=in/out, separated by commas, in US dollars for a million tokens, such as my-model=0.5/1.5',
  );

/** A number as people write it: not " ", "0x10" or "1e3", which JavaScript would take too. */
function number(form: RegExp, min: number, max: number, error: string) {
  return z.string().regex(form, error).transform(Number).pipe(z.number(error).min(min, error).max(max, error));
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return !/[?#]/.test(text) && url.username === '' && url.password === '';
}

function areShares(text: string): boolean {
  return text.split(',').every((share) => /^0?\.\d{1,6}$/.test(share) && Number(share) > 0);
}
