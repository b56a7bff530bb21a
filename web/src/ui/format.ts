const LOCALE = typeof navigator === 'undefined' ? 'en' : navigator.language;
const WHOLE = new Intl.NumberFormat(LOCALE);
const TIMES: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** `1,234 credits`, by the reader's locale. */
export function credits(amount: number): string {
  return `${WHOLE.format(amount)} ${Math.abs(amount) === 1 ? 'credit' : 'credits'}`;
}

export function whole(amount: number): string {
  return WHOLE.format(amount);
}

/** A share of 0 to 1 as `45%`. */
export function percent(share: number, digits = 0): string {
  return new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

/** Points of 0 to 100 that are known to lie between two numbers: `62 to 71`, `80` where they are one. */
export function interval({ low, high }: { low: number; high: number }): string {
  const [from, to] = [Math.round(low), Math.round(high)];
  return from === to ? `${from}` : `${from} to ${to}`;
}

/** `in 3 hours`, `2 minutes ago`. */
export function ago(instant: string | Date, now: Date): string {
  const ms = new Date(instant).getTime() - now.getTime();
  const [unit, size] = TIMES.find(([, least]) => Math.abs(ms) >= least) ?? (['second', 1_000] as const);
  return new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' }).format(Math.round(ms / size), unit);
}

export function dateTime(instant: string | Date): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

export function day(instant: string | Date): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' }).format(new Date(instant));
}

/** What is left as a clock: `6:04`, `2 d 3:00:00`. Nothing is left: `0:00`. */
export function clock(ms: number): string {
  const s = Math.max(0, Math.ceil(ms / 1_000));
  const days = Math.floor(s / 86_400);
  const hours = Math.floor(s / 3_600) % 24;
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(s / 60) % 60;
  const tail = hours > 0 || days > 0 ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`;
  return days > 0 ? `${days} d ${tail}` : tail;
}

/** `840 ms`, `12.4 s`, `3 min 5 s`, `2 h`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${WHOLE.format(Math.round(ms))} ms`;
  if (ms < 60_000) return `${new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 }).format(ms / 1_000)} s`;
  const s = Math.round(ms / 1_000);
  const [large, part] =
    s < 3_600 ? [`${Math.floor(s / 60)} min`, s % 60] : [`${Math.floor(s / 3_600)} h`, Math.floor(s / 60) % 60];
  return part === 0 ? large : `${large} ${part} ${s < 3_600 ? 's' : 'min'}`;
}

export function bytes(size: number): string {
  const units = ['byte', 'kilobyte', 'megabyte'] as const;
  const step = size >= 1e6 ? 2 : size >= 1e3 ? 1 : 0;
  return new Intl.NumberFormat(LOCALE, {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(size / 1_000 ** step);
}

/** `in_progress` as `In progress`. */
export function words(code: string): string {
  const text = code.replaceAll(/[_.]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
