import { parse } from 'sql-parser-cst';
import type { SqlDialect } from './apart.js';
import { broken, brokenAt, type Details, fine, placeOf, unsure, type Validity } from './validity.js';

/** Runs in the child process only: the grammar backtracks, and brackets that nest deep take it long. */

const DIALECTS: readonly SqlDialect[] = ['postgresql', 'sqlite', 'mysql', 'bigquery'];
const PARAMETERS = ['?', '?nr', '$nr', ':name', '$name', '@name'] as const;

/** Words of dialects that have no parser here: nothing is said of them. */
const FOREIGN =
  /\b(?:TOP\s{1,5}\(?\d|GO\s*$|N?VARCHAR\s{0,5}\(\s{0,5}MAX|VARCHAR2|CONNECT\s{1,5}BY|(?:CROSS|OUTER)\s{1,5}APPLY|DECLARE\s{1,5}@|ROWNUM|LATERAL\s{1,5}VIEW|DISTRIBUTED\s{1,5}BY|ENGINE\s{0,5}=\s{0,5}(?:Merge|Log)|DELIMITER)\b|\[\w{1,60}\]|\{\{|\{%|\$\{/im;
/** Statements that the grammar has: what it can't read of these is wrong. Of others nothing is known. */
const KNOWN =
  /^(?:SELECT|WITH|INSERT|UPDATE|DELETE|VALUES|\(|CREATE\s{1,5}(?:(?:TEMP|TEMPORARY|UNIQUE|OR\s{1,5}REPLACE)\s{1,5}){0,3}(?:TABLE|VIEW|INDEX)|DROP\s{1,5}(?:TABLE|VIEW|INDEX)|ALTER\s{1,5}TABLE|TRUNCATE|BEGIN|START\s{1,5}TRANSACTION|COMMIT|ROLLBACK)\b/i;
const COMMON =
  /^(?:SELECT|WITH|INSERT|UPDATE|DELETE|VALUES|CREATE|DROP|ALTER|TRUNCATE|BEGIN|START|COMMIT|ROLLBACK|END|MERGE|REPLACE|GRANT|REVOKE|SET|SHOW|EXPLAIN|ANALY[SZ]E|VACUUM|COPY|CALL|DO|DECLARE|EXECUTE|PREPARE|DEALLOCATE|PRAGMA|ATTACH|DETACH|USE|LOCK|UNLOCK|SAVEPOINT|RELEASE|COMMENT|REINDEX|REFRESH|LISTEN|NOTIFY|FETCH|CLOSE|OPEN|DESCRIBE|DESC|TABLE|EXPORT|LOAD|ASSERT|IF|FOR|WHILE|LOOP|RETURN|RAISE|CLUSTER|CHECKPOINT|DISCARD|IMPORT|SECURITY|RESET|REASSIGN|HANDLER|KILL|FLUSH|OPTIMIZE|CHECK|RENAME|INSTALL|UNINSTALL|PURGE|CHANGE|STOP|REPAIR|CHECKSUM|HELP|SIGNAL|RESIGNAL|ABORT|MOVE|UNLISTEN|GO|PRINT|FROM|PIVOT|SUMMARIZE|PUT|LIST|UNDROP|CACHE|UNCACHE|MSCK|ADD|\()/i;

/** Forms that are in use and that the grammar lacks: it reads the statement without them. */
const LACKING =
  /\b(?:IGNORE|RESPECT)\s{1,5}NULLS\b|\bWITHIN\s{1,5}GROUP\s{0,5}\(\s{0,5}ORDER\s{1,5}BY[^()]{1,200}\)|\bSEPARATOR\s{1,5}'[^']{0,20}'|\)\s{0,5}ENGINE\s{0,5}=[^;'(]{1,300}/gi;
const UPDATE_JOIN =
  /\bUPDATE\s{1,5}[^\s;]{1,100}(?:\s{1,5}(?:AS\s{1,5})?\w{1,60})?\s{1,5}(?:LEFT\s{1,5}|INNER\s{1,5})?JOIN\b/i;

/** Valid in the dialect, or in any of the usual ones where none is named. */
export function sqlValidity(code: string, dialect?: SqlDialect): Validity {
  const found = validIn(code, dialect);
  if (found.met !== 'no') return found;
  const known = code.replace(LACKING, (form) => (form.startsWith(')') ? ')' : '').padEnd(form.length));
  return known === code ? found : validIn(known, dialect);
}

function validIn(code: string, dialect: SqlDialect | undefined): Validity {
  const tried = (dialect === undefined ? DIALECTS : [dialect]).map((name) => attempt(code, name));
  const good = tried.find(({ details }) => details !== undefined);
  if (good?.details) {
    if (good.details.statements === 0) return broken('there is no statement in it');
    return fine(`${good.details.statements} statements parse as ${good.dialect}`, good.details, 0.97);
  }
  const farthest = tried.reduce((best, next) => (next.offset > best.offset ? next : best));
  if (farthest.offset < 0) return unsure('it nests deeper than the parser goes');
  const statement = statementAround(code, farthest.offset);
  if (FOREIGN.test(code) || UPDATE_JOIN.test(code)) return unsure('it is in a dialect that has no parser here');
  if (COMMON.test(statement) && !KNOWN.test(statement))
    return unsure(`there is no parser here for statements like "${statement.slice(0, 40)}"`);
  return brokenAt(placeOf(code, farthest.offset), `${farthest.problem} (read as ${farthest.dialect})`, 0.93);
}

interface Attempt {
  readonly dialect: SqlDialect;
  readonly details?: Details;
  /** Where it went wrong; -1 where the parser itself gave up. */
  readonly offset: number;
  readonly problem: string;
}

function attempt(code: string, dialect: SqlDialect): Attempt {
  try {
    const { statements } = parse(code, { dialect, paramTypes: [...PARAMETERS] });
    const real = statements.filter(({ type }) => type !== 'empty');
    return { dialect, offset: 0, problem: '', details: { statements: real.length, writes: writesOf(real) } };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, line, column] = /--> [^\n]*?:(\d+):(\d+)/.exec(message) ?? [];
    const problem =
      /Unexpected [^\n]{1,60}/.exec(message)?.[0]?.replace('Unexpected', 'unexpected') ?? 'a syntax error';
    return { dialect, offset: line === undefined ? -1 : offsetOf(code, Number(line), Number(column)), problem };
  }
}

function offsetOf(code: string, line: number, column: number): number {
  const before = code.split('\n').slice(0, line - 1);
  return before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
}

/** From the end of the statement before, as far as full stops of statements can be told without reading strings. */
function statementAround(code: string, offset: number): string {
  const from = code.lastIndexOf(';', Math.max(0, offset - 1)) + 1;
  return code
    .slice(from)
    .replace(/^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '')
    .slice(0, 200);
}

const READS = /^(?:select|compound_select|explain|values|empty|table)/;

/** The kinds of statements, also inside of others, that change something. */
function writesOf(statements: readonly object[]): string[] {
  const found = new Set<string>();
  const pending: unknown[] = [...statements];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const type = 'type' in node && typeof node.type === 'string' ? node.type : '';
    if ((type.endsWith('_stmt') && !READS.test(type)) || type === 'into_table_clause')
      found.add(type.replace(/_stmt$|_clause$/, '').replaceAll('_', ' '));
    for (const value of Object.values(node)) if (typeof value === 'object' && value !== null) pending.push(value);
  }
  return [...found];
}
