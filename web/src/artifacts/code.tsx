import './code.css';
import { Box } from '@mantine/core';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { common, createLowlight } from 'lowlight';
import { Fragment, type ReactNode, useMemo } from 'react';
import { jsx, jsxs } from 'react/jsx-runtime';
import { Bounded } from './text-of.tsx';

const MOST_HIGHLIGHTED = 60_000;
/** Beyond this a single element makes the browser slow: the rest comes piece by piece. */
const PIECE = 50_000;

const lowlight = createLowlight(common);

interface Props {
  text: string;
  language: string | null;
  /** Prose breaks at the edge; program text scrolls. */
  wraps?: boolean;
}

/** Program text: coloured where its language is known and it is not too long. */
export default function Code({ text, language, wraps = false }: Props) {
  const coloured = useMemo(() => highlighted(text, language), [text, language]);
  if (coloured) return <Pre wraps={wraps}>{coloured}</Pre>;
  return (
    <Bounded all={piecesOf(text)} first={1} step={4} what="parts">
      {(pieces) => <Pre wraps={wraps}>{pieces.join('')}</Pre>}
    </Bounded>
  );
}

function Pre({ wraps, children }: { wraps: boolean; children: ReactNode }) {
  // Scrolling sideways is for the keyboard too.
  return (
    <Box component="pre" className="code" mod={{ wraps }} tabIndex={0}>
      <code>{children}</code>
    </Box>
  );
}

function highlighted(text: string, language: string | null) {
  if (language === null || text.length > MOST_HIGHLIGHTED || !lowlight.registered(language)) return null;
  return toJsxRuntime(lowlight.highlight(language, text), { Fragment, jsx, jsxs });
}

function piecesOf(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / PIECE) }, (_, i) => text.slice(i * PIECE, (i + 1) * PIECE));
}
