import { Decline, type ExecuteRequest } from '@bakeoff/agent-kit';
import { listOf, textOf } from './brief.ts';
import { colour } from './svg.ts';

/** What the requirements of `svg-logo` ask for, and what the notes of a revision change. */
export interface LogoBrief {
  brand: string;
  /** `#rrggbb`, at least one, at most six. */
  colours: string[];
  /** Colours that could not be read. */
  unread: string[];
  format: 'square' | 'wide';
  /** What the mark should remind of. */
  idea: string;
  /** Words that the notes want, or don't want, to see. */
  add: string;
  without: string;
  nameScale: number;
  understood: string[];
}

const MAX_COLOURS = 6;

/** @throws Decline without the name of the brand */
export function logoBrief(request: ExecuteRequest): LogoBrief {
  const { requirements, title } = request;
  const brand = textOf(requirements, 'brand', 80)?.replace(/\s+/g, ' ');
  if (!brand) throw new Decline('I need the name of the brand, as it has to be read in the logo.');
  const named = listOf(requirements, 'colours', 12, 40);
  const colours = [...new Set(named.map(colour).filter((one) => one !== null))].slice(0, MAX_COLOURS);
  const brief: LogoBrief = {
    brand,
    colours: colours.length > 0 ? colours : ['#1f2a44'],
    unread: named.filter((one) => colour(one) === null),
    format: textOf(requirements, 'format') === 'wide' ? 'wide' : 'square',
    idea: textOf(requirements, 'idea', 400) ?? title.slice(0, 200),
    add: '',
    without: '',
    nameScale: 1,
    understood: [],
  };
  if (request.revision) readNotes(request.revision.notes.slice(0, 4_000), brief);
  return brief;
}

function readNotes(notes: string, brief: LogoBrief): void {
  const colours = [
    ...new Set((notes.match(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/gi) ?? []).map(colour).filter((one) => one !== null)),
  ];
  if (colours.length > 0) {
    brief.colours = /\b(?:add|also|and another)\b/i.test(notes)
      ? [...new Set([...brief.colours, ...colours])]
      : colours;
    brief.colours = brief.colours.slice(0, MAX_COLOURS);
    brief.understood.push(`in ${brief.colours.join(', ')}`);
  }
  const format = /\b(?:wide|wider|horizontal|letterhead|banner)\b/i.test(notes)
    ? 'wide'
    : /\b(?:square|avatar|stacked)\b/i.test(notes)
      ? 'square'
      : null;
  if (format !== null) {
    brief.format = format;
    brief.understood.push(format);
  }
  const size =
    /\b(bigger|larger|smaller)\b[^.;]{0,20}\b(?:name|text|lettering)\b|\b(?:name|text|lettering)\b[^.;]{0,20}\b(bigger|larger|smaller)\b/i.exec(
      notes,
    );
  if (size) {
    const isSmaller = (size[1] ?? size[2])?.toLowerCase() === 'smaller';
    brief.nameScale = isSmaller ? 0.8 : 1.2;
    brief.understood.push(isSmaller ? 'with a smaller name' : 'with a bigger name');
  }
  const clauses = notes.replace(/\b(?:instead of|rather than)\b/gi, '; without').split(/[.;,\n]|\bbut\b|\band\b/i);
  brief.without = clauses.filter((clause) => /\b(?:no|not|without|remove|drop|less)\b/i.test(clause)).join(' ');
  brief.add = clauses
    .filter((clause) => /\b(?:add|show|with|use|want|see|more)\b/i.test(clause) && !brief.without.includes(clause))
    .join(' ');
}
