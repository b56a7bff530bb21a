/** Beyond this a drawing is laid out by the browser, not by its own words. */
const MOST_SIDE = 8_000;

/** The size that a drawing has by its own words, in CSS pixels; null where it says none that makes sense. */
export function svgBox(text: string): { width: number; height: number } | null {
  const tag = /<svg\b[^>]{0,4000}>/i.exec(text.slice(0, 20_000))?.[0] ?? '';
  const [, , boxWidth, boxHeight] = (attribute(tag, 'viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const width = pixels(attribute(tag, 'width')) ?? boxWidth;
  const height = pixels(attribute(tag, 'height')) ?? boxHeight;
  if (!isSide(width) || !isSide(height)) return null;
  return { width, height };
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag);
  return match?.[1] ?? match?.[2];
}

/** A share of nothing known (`100%`) is no size. */
function pixels(value: string | undefined): number | undefined {
  const match = /^\s*([\d.]{1,12})(px)?\s*$/.exec(value ?? '');
  return match ? Number(match[1]) : undefined;
}

function isSide(side: number | undefined): side is number {
  return side !== undefined && Number.isFinite(side) && side >= 1 && side <= MOST_SIDE;
}
