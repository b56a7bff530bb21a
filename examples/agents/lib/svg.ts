/** What every maker of SVG needs. Pure. */

/** Text for between tags and inside of double quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

export type Attributes = Record<string, string | number>;

/** One element. Numbers are rounded to two digits, so that files stay small. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const list = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escaped(value)}"`,
  );
  return content === undefined ? `<${name}${list.join('')}/>` : `<${name}${list.join('')}>${content}</${name}>`;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const NAMED = new Map(
  Object.entries({
    black: '#000000',
    white: '#ffffff',
    red: '#ff0000',
    green: '#008000',
    blue: '#0000ff',
    orange: '#ffa500',
    yellow: '#ffff00',
    purple: '#800080',
    grey: '#808080',
    gray: '#808080',
    navy: '#000080',
    teal: '#008080',
  }),
);

/** A colour as `#rrggbb`; null when it is none that is known here. */
export function colour(text: string): string | null {
  const plain = text.trim().toLowerCase();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(plain);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`;
  return /^#[0-9a-f]{6}$/.test(plain) ? plain : (NAMED.get(plain) ?? null);
}

/** How light a colour is to the eye, 0 to 1, as WCAG counts it. */
export function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1, the same, to 21, black on white. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** About how wide a line is in a bold sans serif face, and rather too much; in units of its font size. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/[ilI.,'’|!:;]/.test(char)) width += 0.36;
    else if (/[fjrt()\- ]/.test(char)) width += 0.45;
    else if (/[mwMW@%]/.test(char)) width += 1.05;
    else if (/[\p{Lu}\d&]/u.test(char)) width += 0.8;
    else width += /[\u1100-\uffff]/u.test(char) || char.length > 1 ? 1.1 : 0.68;
  }
  return width;
}

/** One line, or the two that are most alike in width. */
export function twoLines(text: string): string[] {
  const words = text.split(' ');
  if (words.length < 2) return [text];
  const cuts = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]);
  const widest = (lines: readonly string[]) => Math.max(...lines.map(textWidth));
  return cuts.reduce((best, next) => (widest(next) < widest(best) ? next : best));
}
