import { join } from 'node:path';
import ts from 'typescript';
import { errorBody } from '../../src/platform/http/error.filter.js';
import { type ErrorKind, STATUS_OF_KIND } from '../../src/platform/http/errors.js';

/** One code that callers may meet, with the kinds of refusal that carry it and their HTTP statuses. */
export interface KnownCode {
  readonly code: string;
  readonly kinds: readonly string[];
  readonly statuses: readonly number[];
}

/** Every code that the server can answer with, read from the types of the classes that extend DomainError. */
export function errorCodes(root: string): KnownCode[] {
  const program = programOf(root);
  const checker = program.getTypeChecker();
  const kindsByCode = new Map<string, Set<string>>();
  const add = (code: string, kinds: readonly string[]) =>
    kindsByCode.set(code, new Set([...(kindsByCode.get(code) ?? []), ...kinds]));
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || !file.fileName.startsWith(join(root, 'src/'))) continue;
    visit(file, (node) => {
      if (ts.isClassDeclaration(node) && node.name && isRefusal(checker.getTypeAtLocation(node.name))) {
        const type = checker.getTypeAtLocation(node.name);
        for (const code of literals(checker, type, 'code')) add(code, literals(checker, type, 'kind'));
      }
      // A BadRequest is told its code by whoever makes it.
      if (ts.isNewExpression(node) && node.expression.getText() === 'BadRequest') {
        const [code] = node.arguments ?? [];
        if (!code || !ts.isStringLiteral(code))
          throw new Error(`A BadRequest without a literal code: ${node.getText()}`);
        add(code.text, ['bad_request']);
      }
    });
  }
  const known = [...kindsByCode].map(([code, kinds]) => ({
    code,
    kinds: [...kinds],
    statuses: [...kinds].map(statusOf),
  }));
  const bug = errorBody(null, { request_id: '', timestamp: '' }).error.code;
  return [...known, { code: bug, kinds: ['bug'], statuses: [500] }];
}

function programOf(root: string): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.build.json'),
    { noEmit: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(String(messageText));
      },
    },
  );
  if (!config) throw new Error('There is no tsconfig.build.json.');
  // What the refusals say of themselves stands in our own files: reading the packages' types would take ten times as long.
  const options = { ...config.options, noLib: true, types: [] };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (names, from) =>
    names.map(({ text }) =>
      text.startsWith('.') ? ts.resolveModuleName(text, from, options, host) : { resolvedModule: undefined },
    );
  return ts.createProgram(config.fileNames, options, host);
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

function isRefusal(type: ts.Type): boolean {
  const bases = type.isClass() ? (type.getBaseTypes?.() ?? []) : [];
  return bases.some((base) => base.symbol.name === 'DomainError' || isRefusal(base));
}

/** The values that a property of literal type may have; none where it is any text. */
function literals(checker: ts.TypeChecker, type: ts.Type, property: string): string[] {
  const symbol = type.getProperty(property);
  if (!symbol) return [];
  const of = checker.getTypeOfSymbol(symbol);
  const parts = of.isUnion() ? of.types : [of];
  return parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
}

function statusOf(kind: string): number {
  return STATUS_OF_KIND[kind as ErrorKind];
}
