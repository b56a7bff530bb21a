import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const INDEX = fileURLToPath(new URL('index.ts', import.meta.url));

/** Every name that the package exports, with what its docstring says, the tags included. */
function exported(): Map<string, string> {
  const program = ts.createProgram([INDEX], { module: ts.ModuleKind.NodeNext, strict: true, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(INDEX);
  const index = source && checker.getSymbolAtLocation(source);
  if (!index) throw new Error('index.ts exports nothing.');
  return new Map(
    checker.getExportsOfModule(index).map((name) => {
      const symbol = name.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(name) : name;
      const tags = symbol.getJsDocTags().map(({ name: tag, text }) => `@${tag} ${ts.displayPartsToString(text)}`);
      return [name.name, [ts.displayPartsToString(symbol.getDocumentationComment(checker)), ...tags].join('\n').trim()];
    }),
  );
}

test('every name that the package exports has a docstring', () => {
  const bare = [...exported()].filter(([, doc]) => doc === '').map(([name]) => name);
  expect(bare).toEqual([]);
});

test('what an agent is made of is shown by an example', () => {
  const docs = exported();
  const functions = [
    'serve',
    'agentHandler',
    'verify',
    'sign',
    'newSecret',
    'answerChallenge',
    'readAttachment',
    'parseAnswer',
    'Decline',
    'AgentError',
  ];
  expect(functions.filter((name) => !docs.get(name)?.includes('@example'))).toEqual([]);
});
