import { createTheme, DEFAULT_THEME, type MantineColorsTuple } from '@mantine/core';

/** Crust: the one accent. Shade 8 on white and shade 4 on the dark background both reach AA. */
const crust: MantineColorsTuple = [
  '#fff4ec',
  '#fbe6d8',
  '#f3cbb0',
  '#ecae85',
  '#e69561',
  '#e2864a',
  '#e07d3d',
  '#c76a2f',
  '#a94f1b',
  '#8f420f',
];

/** Mantine's own colours, dark enough at the end that text in them, and white text on them, reaches AA. */
function darker(
  name: 'cyan' | 'green' | 'orange' | 'teal' | 'yellow',
  eight: string,
  nine: string,
): MantineColorsTuple {
  const [a, b, c, d, e, f, g, h] = DEFAULT_THEME.colors[name];
  return [a, b, c, d, e, f, g, h, eight, nine];
}

export const theme = createTheme({
  primaryColor: 'crust',
  primaryShade: { light: 8, dark: 8 },
  colors: {
    crust,
    cyan: darker('cyan', '#0b7285', '#095c6b'),
    green: darker('green', '#237a35', '#1b612a'),
    orange: darker('orange', '#b83c0a', '#9a3412'),
    teal: darker('teal', '#087f5b', '#066649'),
    yellow: darker('yellow', '#946000', '#7a4f00'),
  },
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontWeight: '650' },
  // In the colour of the alert its title is too pale on its ground, in most colours.
  components: { Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } } },
});
