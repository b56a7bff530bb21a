import { element } from '../lib/svg.ts';

/** Two colours and the ground: `main` carries the shape, `second` sets it off, `ground` is what shows through. */
export interface Inks {
  main: string;
  second: string;
  ground: string;
}

// All in units of a circle of radius 1 around 0,0.

export const path = (d: string, fill: string) => element('path', { d, fill });
export const circle = (cx: number, cy: number, r: number, fill: string) => element('circle', { cx, cy, r, fill });
export const line = (d: string, stroke: string, width: number) =>
  element('path', {
    d,
    fill: 'none',
    stroke,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
export const ring = (r: number, width: number, stroke: string) =>
  element('circle', { cx: 0, cy: 0, r, fill: 'none', stroke, 'stroke-width': width });
export const around = (count: number, draw: (angle: number) => string, from = 0, to = 360) =>
  Array.from({ length: count }, (_, i) => draw(((from + ((to - from) * i) / count) * Math.PI) / 180));
export const ray = (angle: number, from: number, to: number, stroke: string, width: number) =>
  line(`M${at(angle, from)}L${at(angle, to)}`, stroke, width);

export function at(angle: number, radius: number): string {
  return `${Math.round(Math.cos(angle) * radius * 1000) / 1000} ${Math.round(Math.sin(angle) * radius * 1000) / 1000}`;
}
