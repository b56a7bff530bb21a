import { stripTypeScriptTypes } from 'node:module';
import { type Node, type Program, parse } from 'acorn';

/** What a stranger's program is, by its syntax alone. */

export interface Script {
  readonly source: string;
  readonly type: 'global' | 'module';
  readonly tree: Program | null;
}

/** As a script where it is one, else as a module; what parses as neither is left to QuickJS to refuse. */
export function scriptOf({ source, typescript }: { readonly source: string; readonly typescript: boolean }): Script {
  const code = typescript ? stripTypeScriptTypes(source, { mode: 'transform' }) : source;
  const options = { ecmaVersion: 'latest', allowHashBang: true } as const;
  try {
    return { source: code, type: 'global', tree: parse(code, { ...options, sourceType: 'script' }) };
  } catch {
    try {
      return { source: code, type: 'module', tree: parse(code, { ...options, sourceType: 'module' }) };
    } catch {
      return { source: code, type: 'global', tree: null };
    }
  }
}

/** Each statement that is a call may leave a promise behind. */
export function watched(source: string, { body }: Program): string {
  let code = source;
  for (const statement of body.toReversed()) {
    if (statement.type !== 'ExpressionStatement' || statement.directive !== undefined) continue;
    const { start, end } = statement.expression;
    code = `${code.slice(0, start)}__watch__((${code.slice(start, end)}\n))${code.slice(end)}`;
  }
  return code;
}

/** The names that a program declares at its top, and which of them is the last function. */
export function declared(tree: Program): { names: string[]; main: string | null } {
  const names: string[] = [];
  let main: string | null = null;
  for (const statement of tree.body) {
    const inner =
      (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') &&
      statement.declaration
        ? statement.declaration
        : statement;
    if ((inner.type === 'FunctionDeclaration' || inner.type === 'ClassDeclaration') && inner.id) {
      names.push(inner.id.name);
      if (inner.type === 'FunctionDeclaration') main = inner.id.name;
    }
    if (inner.type !== 'VariableDeclaration') continue;
    for (const { id, init } of inner.declarations) {
      names.push(...bound(id));
      if (id.type === 'Identifier' && (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression'))
        main = id.name;
    }
  }
  return { names: [...new Set(names)], main };
}

function bound(pattern: Node): string[] {
  const { type, name, properties, elements, value, argument, left } = pattern as Node & {
    readonly name?: string;
    readonly [part: string]: unknown;
  };
  if (type === 'Identifier' && name !== undefined) return [name];
  const parts = [...listOf(properties), ...listOf(elements), value, argument, left].filter(
    (part) => part !== null && part !== undefined,
  );
  return parts.flatMap((part) => bound(part as Node));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
