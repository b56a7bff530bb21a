/** Dates as people type them, as YYYY-MM-DD. Pure. */

export type FieldOrder = 'day-first' | 'month-first';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$/;
const NUMERIC = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/;
const DAY_MONTH_NAME = /^(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})$/i;
const MONTH_NAME_DAY = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i;

/** The date, or null when the text is none or there is no such day. Years of two digits: 70 and later are 19xx. */
export function isoDate(text: string, order: FieldOrder = 'day-first'): string | null {
  const trimmed = text.trim().slice(0, 60);
  const iso = ISO.exec(trimmed);
  if (iso) return real(iso[1], iso[2], iso[3]);
  const numeric = NUMERIC.exec(trimmed);
  if (numeric)
    return order === 'day-first' ? real(numeric[3], numeric[2], numeric[1]) : real(numeric[3], numeric[1], numeric[2]);
  const dayFirst = DAY_MONTH_NAME.exec(trimmed);
  if (dayFirst) return real(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]);
  const monthFirst = MONTH_NAME_DAY.exec(trimmed);
  return monthFirst ? real(monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2]) : null;
}

function monthNumber(name = ''): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

function real(year = '', month = '', day = ''): string | null {
  const full = year.length === 2 ? (Number(year) >= 70 ? `19${year}` : `20${year}`) : year;
  const iso = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso;
}

/** What the values themselves say: a first part above 12 can only be a day. Null when they leave it open. */
export function fieldOrder(values: readonly string[]): FieldOrder | null {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const value of values) {
    const [, first, second] = NUMERIC.exec(value.trim()) ?? [];
    if (Number(first) > 12) dayFirst++;
    if (Number(second) > 12) monthFirst++;
  }
  if (dayFirst === 0 && monthFirst === 0) return null;
  return dayFirst >= monthFirst ? 'day-first' : 'month-first';
}
