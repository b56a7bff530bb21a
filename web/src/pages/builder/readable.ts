import { dateTime } from '../../ui/format.ts';

const ISO = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const CALL = /\b(?:GET|POST|PATCH|PUT|DELETE) \//;

/**
 * The server's sentences for people who have a button in front of them: moments are told by their own clock, and the parts
 * that name a call of the API are left out.
 */
export function readable(message: string): string {
  const kept = message.split(/(?<=[.;]) /).filter((part) => !CALL.test(part));
  const text = (kept.length > 0 ? kept.join(' ') : message).replaceAll(ISO, (instant) => dateTime(instant));
  return text.replace(/;$/, '.');
}
