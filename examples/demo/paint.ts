import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

export type Paint = Readonly<Record<Style, (text: string) => string>>;

export function paint(isColoured: boolean): Paint {
  const with_ = (style: Style) => (text: string) =>
    isColoured && text !== '' ? styleText(style, text, { validateStream: false }) : text;
  return {
    bold: with_('bold'),
    dim: with_('dim'),
    red: with_('red'),
    green: with_('green'),
    yellow: with_('yellow'),
    cyan: with_('cyan'),
  };
}

/** How to write to a stream: colours only where a person reads along and has not asked for none. */
export function looks(
  isTty: boolean,
  env: Readonly<Record<string, string | undefined>>,
): { live: boolean; colour: boolean } {
  const live = isTty && env.TERM !== 'dumb';
  return { live, colour: live && !env.NO_COLOR };
}
