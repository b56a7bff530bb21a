import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { broken, fine, type Validity } from './validity.js';

/** Runs in the child process only: nested quotes and lists keep this parser busy for minutes. */

/** Any text is Markdown. What is called broken here is what its author did not mean, since it shows as marks. */
export function markdownValidity(source: string): Validity {
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const problems = problemsOf(tree, source);
  const [first] = problems;
  const details = first ? { line: first.line, column: first.column } : {};
  if (!first) return fine(`${tree.children.length} blocks without a broken mark`);
  const shown = problems.slice(0, 3).map(({ line, what }) => `line ${line}: ${what}`);
  return broken(`${problems.length} problems: ${shown.join('; ')}`, details, 0.9);
}

interface Problem {
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

function problemsOf(tree: Root, source: string): Problem[] {
  const lines = source.split('\n');
  const found: Problem[] = [];
  const add = (node: Nodes, what: string) => {
    const { line = 1, column = 1 } = node.position?.start ?? {};
    if (found.length < 50) found.push({ line, column, what });
  };
  const pending: Nodes[] = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'code' && isOpen(node, lines)) add(node, 'a code fence that is never closed');
    if ((node.type === 'link' || node.type === 'image') && node.url.trim() === '')
      add(node, `a ${node.type} to nowhere`);
    if (node.type === 'table') {
      const columns = node.children[0]?.children.length ?? 0;
      const wide = node.children.find((row) => row.children.length > columns);
      if (wide) add(wide, `a row of ${wide.children.length} cells in a table of ${columns} columns`);
    }
    if (node.type === 'text') {
      const [, label] = /\][ ]?\[([^\][\n]{1,80})\]/.exec(node.value) ?? [];
      if (label !== undefined) add(node, `a link to "${label}", which is defined nowhere`);
      const [, note] = /\[\^([^\][\s]{1,80})\]/.exec(node.value) ?? [];
      if (note !== undefined) add(node, `a footnote "${note}" that is defined nowhere`);
    }
    if ('children' in node) pending.push(...[...node.children].reverse());
  }
  return found.sort((a, b) => a.line - b.line);
}

/** Fenced, and its last line is no fence. */
function isOpen({ position }: Nodes, lines: readonly string[]): boolean {
  if (!position) return false;
  const first = lines[position.start.line - 1]?.slice(position.start.column - 1) ?? '';
  const mark = /^(`{3,}|~{3,})/.exec(first)?.[1];
  if (mark === undefined) return false;
  const last = (lines[position.end.line - 1] ?? '').replace(/^[\s>]*/, '').trimEnd();
  const closes = last.length >= mark.length && [...last].every((char) => char === mark[0]);
  return position.end.line === position.start.line || !closes;
}
