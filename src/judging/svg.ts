import { SaxesParser } from 'saxes';
import type { Attributes } from './html.js';
import { withoutEmbedded } from './html.js';
import { JUDGED } from './limits.js';
import { type Parsed, TooMuch } from './memo.js';

export interface SvgElement {
  readonly name: string;
  readonly attributes: Attributes;
  readonly depth: number;
  /** The element itself, or one around it, is a definition that is drawn only where it is used. */
  readonly defined: boolean;
}

export interface Svg {
  readonly elements: readonly SvgElement[];
  /** Text of <text>, <title> and <desc>, a line each. */
  readonly text: string;
  readonly styles: string;
  /** A document type or a processing instruction other than the XML declaration. */
  readonly instructions: readonly string[];
}

const DEFINITIONS = new Set([
  'defs',
  'symbol',
  'clippath',
  'mask',
  'pattern',
  'marker',
  'lineargradient',
  'radialgradient',
  'filter',
]);
const TEXTS = new Set(['text', 'title', 'desc']);

/** Entities of a document type are not expanded, so that none can grow; an SVG that uses them is a bad one here. */
export function parseSvg(source: string): Parsed<Svg> {
  const short = withoutEmbedded(source);
  if (short.length > JUDGED.markupChars)
    return { kind: 'too_much', reason: `more than ${JUDGED.markupChars} characters of SVG` };
  const reader = new SvgReader();
  try {
    return reader.read(short);
  } catch (error) {
    if (error instanceof TooMuch) return { kind: 'too_much', reason: error.message };
    return { kind: 'bad', reason: error instanceof Error ? error.message.slice(0, 120) : 'it is no XML' };
  }
}

class SvgReader {
  private readonly elements: SvgElement[] = [];
  private readonly open: string[] = [];
  private readonly texts: string[] = [];
  private readonly instructions: string[] = [];
  private styles = '';

  read(source: string): Parsed<Svg> {
    const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('doctype', () => this.instructions.push('a document type'));
    parser.on('processinginstruction', ({ target }) => this.instructions.push(`<?${target}`));
    parser.on('opentag', ({ name, attributes }) => this.opened(name, attributes));
    parser.on('closetag', () => this.open.pop());
    parser.on('text', (text) => this.said(text));
    parser.on('cdata', (text) => this.said(text));
    parser.write(source.trim()).close();
    if (this.elements[0]?.name !== 'svg') return { kind: 'bad', reason: 'the root is not <svg>' };
    const { elements, styles, instructions } = this;
    return { kind: 'ok', value: { elements, styles, instructions, text: this.texts.join('\n') } };
  }

  private opened(name: string, attributes: Attributes): void {
    if (this.elements.length >= JUDGED.elements) throw new TooMuch(`more than ${JUDGED.elements} elements`);
    if (this.open.length >= JUDGED.markupDepth) throw new TooMuch(`elements nest more than ${JUDGED.markupDepth} deep`);
    const local = name.replace(/^svg:/, '').toLowerCase();
    this.open.push(local);
    const defined = this.open.some((tag) => DEFINITIONS.has(tag));
    this.elements.push({ name: local, attributes, depth: this.open.length, defined });
  }

  private said(text: string): void {
    if (this.open.includes('style')) this.styles += text;
    else if (this.open.some((tag) => TEXTS.has(tag)) && text.trim() !== '')
      this.texts.push(text.replace(/\s+/g, ' ').trim());
  }
}
