import { createTheme, type MantineColorsTuple } from '@mantine/core';

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

export const theme = createTheme({
  primaryColor: 'crust',
  primaryShade: { light: 8, dark: 8 },
  colors: { crust },
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontWeight: '650' },
  // In the colour of the alert its title is too pale on its ground, in most colours.
  components: { Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } } },
});
