export type Paint = Record<'pass' | 'fail' | 'warn' | 'skipped' | 'strong' | 'faint', (text: string) => string>;

const CODES = { pass: 32, fail: 31, warn: 33, skipped: 2, strong: 1, faint: 2 } as const;

/** Colours for a terminal that wants them; text as it is for everything else. */
export function paints(colour: boolean): Paint {
  const with_ = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const { pass, fail, warn, skipped, strong, faint } = CODES;
  return {
    ...{ pass: with_(pass), fail: with_(fail), warn: with_(warn) },
    ...{ skipped: with_(skipped), strong: with_(strong), faint: with_(faint) },
  };
}
