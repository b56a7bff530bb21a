import { htmlOf } from '../artifact-text.js';
import type { Element } from '../html.js';
import { pages } from '../parts.js';
import { allThere, best, type Check, type Checks, every, some, whenParsed, yesOrNo } from './check.js';

type HtmlKind = 'html_valid' | 'html_has' | 'html_safe' | 'html_accessible';

/** Errors that say nothing of the page: a fragment has no document type. */
const HARMLESS = /^missing-doctype|^unexpected-null|^control-character|^cdata/;
const RUNS_OR_EMBEDS = new Set('script iframe frame frameset object embed applet base portal'.split(' '));
const ADDRESSES = new Set(
  'src srcset href xlink:href action formaction poster data background ping cite manifest'.split(' '),
);
const LOADS = new Set('src srcset poster data background manifest'.split(' '));
const LABELLED = new Set('input select textarea'.split(' '));
const UNLABELLED_INPUTS = new Set('hidden submit button reset image'.split(' '));

const valid: Check<'html_valid'> = (_rule, { answer }) =>
  every(pages(answer), 'HTML', (reading) =>
    whenParsed(htmlOf(reading), 'HTML', ({ errors, elements }) => {
      const real = errors.filter((error) => !HARMLESS.test(error));
      return yesOrNo(
        real.length === 0,
        real.length === 0 ? `${elements.length} elements without an error` : `${real.length} errors: ${some(real)}`,
      );
    }),
  );

/** html, head and body are made by the parser where they are missing, so they only count where they are written. */
const has: Check<'html_has'> = ({ tags }, { answer }) =>
  best(pages(answer), 'HTML', (reading) =>
    whenParsed(htmlOf(reading), 'HTML', ({ elements }) => {
      const there = new Set(elements.map(({ tag }) => tag));
      const written = (tag: string) =>
        !/^(?:html|head|body)$/.test(tag) || new RegExp(`<${tag}[\\s>]`, 'i').test(reading.source);
      return allThere(
        tags,
        tags.filter((tag) => !there.has(tag) || !written(tag)),
        'elements',
      );
    }),
  );

const safe: Check<'html_safe'> = (_rule, { answer }) =>
  every(pages(answer), 'HTML', (reading) =>
    whenParsed(htmlOf(reading), 'HTML', ({ elements, styles }) => {
      const style = isOutsideStyle(styles) ? ['a style from elsewhere'] : [];
      const dangers = [...new Set([...style, ...elements.flatMap(dangersOf)])];
      return yesOrNo(
        dangers.length === 0,
        dangers.length === 0 ? `${elements.length} elements, none runs or loads anything` : `found ${some(dangers)}`,
      );
    }),
  );

const accessible: Check<'html_accessible'> = (_rule, { answer }) =>
  every(pages(answer), 'HTML', (reading) =>
    whenParsed(htmlOf(reading), 'HTML', ({ elements }) => {
      const problems = accessProblems(elements);
      return yesOrNo(
        problems.length === 0,
        problems.length === 0 ? 'language, title, image texts and labels are there' : problems.join('; '),
        0.95,
      );
    }),
  );

export const htmlChecks: Checks<HtmlKind> = {
  html_valid: valid,
  html_has: has,
  html_safe: safe,
  html_accessible: accessible,
};

/** What it runs, embeds or loads from elsewhere. */
export function dangersOf({ tag, attributes }: Element): string[] {
  const found = RUNS_OR_EMBEDS.has(tag) ? [`<${tag}>`] : [];
  if (tag === 'meta' && /refresh/i.test(attributes['http-equiv'] ?? '')) found.push('a redirect');
  if (
    tag === 'link' &&
    !/^(?:canonical|alternate|author)$/i.test(attributes.rel ?? '') &&
    isOutside(attributes.href ?? '')
  )
    found.push('<link> to elsewhere');
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) found.push(name);
    if (name === 'style' && isOutsideStyle(value)) found.push('a style from elsewhere');
    if (ADDRESSES.has(name) && isScriptAddress(value)) found.push(`${name} with a script`);
    if (LOADS.has(name) && isOutside(value)) found.push(`${name} from elsewhere`);
  }
  return found;
}

/** Browsers drop spaces and controls inside of `java\nscript:`. */
export function isScriptAddress(value: string): boolean {
  const plain = value
    .slice(0, 200)
    .replace(/[\s\p{C}]/gu, '')
    .toLowerCase();
  return (
    /^(?:javascript|vbscript|livescript):/.test(plain) ||
    /^data:(?:text\/html|image\/svg|application\/xhtml|text\/xml)/.test(plain)
  );
}

export function isOutside(value: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(value.trim().replaceAll('\\', '/'));
}

/** A style that loads something: `@import`, or an address that is no fragment and no embedded file. */
export function isOutsideStyle(style: string): boolean {
  return /@import|expression\s{0,10}\(|-moz-binding|url\(\s{0,10}['"]?\s{0,10}(?!['"#\s]|data:image\/(?:png|jpe?g|gif|webp))/i.test(
    style,
  );
}

function accessProblems(elements: readonly Element[]): string[] {
  const named = new Set(elements.filter(({ tag }) => tag === 'label').map(({ attributes }) => attributes.for));
  const hasText = ({ attributes }: Element) =>
    ['aria-label', 'aria-labelledby', 'title'].some((name) => (attributes[name] ?? '') !== '');
  const silent = elements.filter(
    (element) => element.tag === 'img' && element.attributes.alt === undefined && !hasText(element),
  );
  const fields = elements.filter(
    ({ tag, attributes }) => LABELLED.has(tag) && !(tag === 'input' && UNLABELLED_INPUTS.has(attributes.type ?? '')),
  );
  const nameless = fields.filter(
    (field) =>
      !hasText(field) && !field.within.includes('label') && !(field.attributes.id && named.has(field.attributes.id)),
  );
  return [
    ...(elements.some(({ tag, attributes }) => tag === 'html' && (attributes.lang ?? '') !== '')
      ? []
      : ['<html> names no language']),
    ...(elements.some(({ tag, text }) => tag === 'title' && text !== '') ? [] : ['there is no title']),
    ...(silent.length === 0 ? [] : [`${silent.length} images without a text`]),
    ...(nameless.length === 0 ? [] : [`${nameless.length} fields without a label`]),
  ];
}
