import { stripVTControlCharacters } from 'node:util';
import type { Paint } from './paint.ts';
import { cut, widthOf } from './text.ts';

export interface Output {
  write(text: string): void;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** Draws the part of the screen that changes. `tick` counts the drawings, for things that turn. */
export type Draw = (tick: number) => readonly string[];

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const EVERY_MS = 100;
const WIDEST = 110;
const NARROWEST = 40;

/** A page that grows downwards; on a terminal its last lines can change in place, elsewhere they are not written. */
export class Screen {
  readonly paint: Paint;
  readonly live: boolean;
  private readonly out: Output;
  private draw: Draw | null = null;
  private timer: NodeJS.Timeout | null = null;
  private drawn = 0;
  private tick = 0;
  private isOver = false;

  constructor(out: Output, live: boolean, paint: Paint) {
    this.out = out;
    this.live = live;
    this.paint = paint;
  }

  /** Columns to write in. */
  get width(): number {
    return this.live ? Math.min(WIDEST, this.columns) : WIDEST;
  }

  /** A terminal that does not know its size says 0. */
  private get columns(): number {
    return Math.max(NARROWEST, this.out.columns || 80);
  }

  /** Lines that stay, above what changes. */
  say(...lines: readonly string[]): void {
    if (this.isOver) return;
    this.out.write(this.erased() + lines.map((line) => `${line}\n`).join('') + this.drawing());
  }

  /** Lines for where nothing changes in place: what a terminal shows in its board. */
  note(...lines: readonly string[]): void {
    if (!this.live) this.say(...lines);
  }

  /** Shows a board, redrawn ten times a second until `settle`. */
  board(draw: Draw): void {
    this.settle();
    if (!this.live || this.isOver) return;
    this.draw = draw;
    this.out.write(HIDE_CURSOR);
    this.timer = setInterval(() => this.refresh(), EVERY_MS);
    this.refresh();
  }

  /** The board stays as it is now. */
  settle(): void {
    if (!this.draw) return;
    this.refresh();
    this.leave();
  }

  /** The board goes. */
  clear(): void {
    if (!this.draw) return;
    this.out.write(this.erased());
    this.leave();
  }

  /** The last word is spoken: what comes later is not written. */
  end(): void {
    this.settle();
    this.isOver = true;
  }

  private leave(): void {
    if (this.timer) clearInterval(this.timer);
    Object.assign(this, { timer: null, draw: null, drawn: 0 });
    this.out.write(SHOW_CURSOR);
  }

  /** One write a drawing: two would flicker. */
  private refresh(): void {
    this.tick++;
    this.out.write(this.erased() + this.drawing());
  }

  private erased(): string {
    const { drawn } = this;
    this.drawn = 0;
    return drawn > 0 ? `\r\u001b[${drawn}A\u001b[J` : '';
  }

  private drawing(): string {
    if (!this.draw) return '';
    const columns = this.columns - 1; // a full line would wrap, and count as two
    const lines = this.draw(this.tick).slice(0, Math.max(1, (this.out.rows || 24) - 1));
    this.drawn = lines.length;
    return lines.map((line) => `${fitted(line, columns)}\n`).join('');
  }
}

/** A line that is too long loses its colours with its end. */
function fitted(line: string, columns: number): string {
  return widthOf(line) > columns ? cut(stripVTControlCharacters(line), columns) : line;
}
