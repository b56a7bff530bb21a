import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { found, type Hidden } from './hidden.js';
import { JUDGED } from './limits.js';
import { type Parsed, TooMuch } from './memo.js';

export interface Attributes {
  readonly [name: string]: string;
}

export interface Element {
  readonly tag: string;
  readonly attributes: Attributes;
  /** The text inside it, as a screen shows it. */
  readonly text: string;
  /** Tags it stands in, outermost first. */
  readonly within: readonly string[];
}

export interface Html {
  readonly elements: readonly Element[];
  readonly errors: readonly string[];
  /** The content of all <style> elements. */
  readonly styles: string;
  /** What a reader sees, as Markdown. */
  readonly text: string;
  readonly hidden: readonly Hidden[];
}

type Node = DefaultTreeAdapterTypes.ChildNode;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;
type HtmlElement = DefaultTreeAdapterTypes.Element;

const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object']);
const CONCEALED = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i;
const EMBEDDED = /[A-Za-z0-9+/=_%-]{500,}/g;
const PARAGRAPHS = new Set(
  'p div section article header footer main nav aside blockquote figure figcaption form fieldset legend label button option td th dt dd tr br address'.split(
    ' ',
  ),
);

/** Files inside of addresses are long and say nothing to a rule. */
export function withoutEmbedded(source: string): string {
  return source.replace(EMBEDDED, (run) => run.slice(0, 40));
}

export function parseHtml(source: string): Parsed<Html> {
  const short = withoutEmbedded(source);
  if (short.length > JUDGED.markupChars)
    return { kind: 'too_much', reason: `more than ${JUDGED.markupChars} characters of HTML` };
  const errors: string[] = [];
  try {
    const document = parse(short, {
      treeAdapter: boundedAdapter(),
      onParseError: ({ code, startLine }) => {
        if (errors.length < 50) errors.push(`${code} in line ${startLine}`);
      },
    });
    return { kind: 'ok', value: read(document, errors) };
  } catch (error) {
    if (error instanceof TooMuch) return { kind: 'too_much', reason: error.message };
    return { kind: 'bad', reason: 'it can not be parsed' };
  }
}

/** Unclosed formatting elements are opened again in each paragraph: a small page can make millions of elements. */
function boundedAdapter(): typeof defaultTreeAdapter {
  let elements = 0;
  const depth = new WeakMap<ParentNode, number>();
  const place = (parent: ParentNode, node: Node) => {
    const level = (depth.get(parent) ?? 0) + 1;
    if (level > JUDGED.markupDepth) throw new TooMuch(`elements nest more than ${JUDGED.markupDepth} deep`);
    if ('childNodes' in node) depth.set(node, level);
  };
  return {
    ...defaultTreeAdapter,
    createElement(...args) {
      if (++elements > JUDGED.elements) throw new TooMuch(`more than ${JUDGED.elements} elements`);
      return defaultTreeAdapter.createElement(...args);
    },
    appendChild(parent, node) {
      place(parent, node);
      defaultTreeAdapter.appendChild(parent, node);
    },
    insertBefore(parent, node, before) {
      place(parent, node);
      defaultTreeAdapter.insertBefore(parent, node, before);
    },
  };
}

function read(document: ParentNode, errors: string[]): Html {
  const elements: Element[] = [];
  const concealed: string[] = [];
  const comments: string[] = [];
  const styles: string[] = [];
  const visit = (parent: ParentNode, within: readonly string[]) => {
    for (const node of parent.childNodes) {
      if ('data' in node) comments.push(node.data);
      if (!isElement(node)) continue;
      if (node.tagName === 'style') styles.push(rawText(node));
      if (isConcealed(node)) concealed.push(rawText(node));
      elements.push({ tag: node.tagName, attributes: attributesOf(node), text: flat(node), within });
      visit(node, [...within, node.tagName]);
    }
  };
  visit(document, []);
  const hidden = [
    ...found('comment', comments.length, comments[0] ?? ''),
    ...found('concealed', concealed.length, concealed[0] ?? ''),
  ];
  const text = asMarkdown(document)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return { elements, errors, styles: styles.join('\n'), text, hidden };
}

function isElement(node: Node | ParentNode): node is HtmlElement {
  return 'tagName' in node;
}

function isConcealed(element: HtmlElement): boolean {
  return element.attrs.some(({ name, value }) => name === 'hidden' || (name === 'style' && CONCEALED.test(value)));
}

function attributesOf(element: HtmlElement): Attributes {
  return Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));
}

function rawText(node: ParentNode): string {
  return node.childNodes
    .map((child) => ('value' in child ? child.value : isElement(child) ? rawText(child) : ''))
    .join('');
}

/** The seen text of an element in one line; cut, since every element in a nest repeats the text inside it. */
function flat(element: HtmlElement): string {
  let text = '';
  const visit = (node: ParentNode) => {
    for (const child of node.childNodes) {
      if (text.length > 500) return;
      if ('value' in child) text += child.value;
      else if (isElement(child) && !UNSEEN.has(child.tagName) && !isConcealed(child)) visit(child);
    }
  };
  visit(element);
  return text.replace(/\s+/g, ' ').trim().slice(0, 500);
}

/** The seen page as Markdown, so that rules about headings, items and tables hold for both. */
function asMarkdown(parent: ParentNode): string {
  return parent.childNodes.map(nodeAsMarkdown).join('');
}

function nodeAsMarkdown(node: Node): string {
  if ('value' in node) return node.value.replace(/\s+/g, ' ');
  if (!isElement(node) || UNSEEN.has(node.tagName) || isConcealed(node) || node.tagName === 'head') return '';
  const tag = node.tagName;
  if (tag === 'pre') return `\n\n\`\`\`\n${rawText(node)}\n\`\`\`\n\n`;
  if (tag === 'table' && !isLayout(node)) return tableAsMarkdown(node);
  const inner = asMarkdown(node);
  const heading = /^h([1-6])$/.exec(tag)?.[1];
  if (heading) return `\n\n${'#'.repeat(Number(heading))} ${oneLine(inner)}\n\n`;
  if (tag === 'li') return `\n- ${inner.trim().replace(/\n{2,}/g, '\n')}\n`;
  if (tag === 'strong' || tag === 'b') return inner.trim() === '' ? inner : `**${inner.trim()}** `;
  if (tag === 'img') return attributesOf(node).alt ?? '';
  if (tag === 'a') return linkAsMarkdown(inner, attributesOf(node).href ?? '');
  return PARAGRAPHS.has(tag) || tag === 'ul' || tag === 'ol' ? `\n\n${inner.trim()}\n\n` : inner;
}

function linkAsMarkdown(inner: string, href: string): string {
  return /^https?:[^\s()]{1,500}$/.test(href) ? `[${oneLine(inner)}](${href})` : inner;
}

/** Mails are laid out with tables that say so: their cells are read like any other part of a page. */
function isLayout(table: HtmlElement): boolean {
  return /^(?:presentation|none)$/.test(attributesOf(table).role ?? '');
}

function tableAsMarkdown(table: HtmlElement): string {
  const rows = rowsOf(table).map((row) =>
    row.childNodes.filter(isElement).map((cell) => flat(cell).replaceAll('|', '/')),
  );
  const [header = [], ...rest] = rows;
  if (header.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `\n\n${[line(header), line(header.map(() => '---')), ...rest.map(line)].join('\n')}\n\n`;
}

function rowsOf(parent: ParentNode): HtmlElement[] {
  return parent.childNodes.filter(isElement).flatMap((child) => (child.tagName === 'tr' ? [child] : rowsOf(child)));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
