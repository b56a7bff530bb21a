import { Anchor, Box, Table, Text, Title, type TitleOrder, Typography } from '@mantine/core';
import { Children, isValidElement, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import Code from './code.tsx';
import { linkOf } from './link-of.ts';
import { Note } from './text-of.tsx';

/** Parsing is not linear in what a hostile text can hold, so long ones are shown as they were typed. */
const MOST_MARKDOWN = 200_000;

/** Markdown of a stranger: its HTML stays text, its pictures are named and not loaded, its links show where they lead. */
export default function Markdown({ text }: { text: string }) {
  if (text.length > MOST_MARKDOWN)
    return (
      <>
        <Note>This text is too long to lay out, so it is shown as it was written.</Note>
        <Code text={text} language={null} />
      </>
    );
  return (
    <Typography fz="sm">
      <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSanitize]} components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </Typography>
  );
}

const SIZES = ['h3', 'h4', 'h5', 'h6', 'h6', 'h6'] as const;

/** The page and its parts have the headings above: a stranger's begin below them. */
function heading(level: number) {
  const order = Math.min(level + 2, 6) as TitleOrder;
  return function Heading({ children }: { children?: ReactNode }) {
    return (
      <Title order={order} size={SIZES[level - 1]} mt="sm" mb={4}>
        {children}
      </Title>
    );
  };
}

const COMPONENTS: Components = {
  h1: heading(1),
  h2: heading(2),
  h3: heading(3),
  h4: heading(4),
  h5: heading(5),
  h6: heading(6),
  a: ({ href, children }) => <OutLink href={href}>{children}</OutLink>,
  img: ({ src, alt }) => (
    <Text span size="sm" c="dimmed">
      [picture{alt ? `: ${alt}` : ''}
      {typeof src === 'string' && src !== '' ? `, at ${src}` : ''}; not loaded]
    </Text>
  ),
  // A tick of a list of tasks is a mark and no control.
  input: ({ checked }) => (
    <span role="img" aria-label={checked ? 'done' : 'open'}>
      {checked ? '☑ ' : '☐ '}
    </span>
  ),
  table: ({ children }) => (
    <Box style={{ overflowX: 'auto' }} tabIndex={0}>
      <Table withTableBorder withColumnBorders fz="sm">
        {children}
      </Table>
    </Box>
  ),
  pre: ({ children }) => {
    const [child] = Children.toArray(children);
    const { className, children: text } = isValidElement<{ className?: string; children?: ReactNode }>(child)
      ? child.props
      : {};
    const language = /language-([\w+#-]{1,30})/.exec(className ?? '')?.[1] ?? null;
    return <Code text={String(text ?? '').replace(/\n$/, '')} language={language} />;
  },
};

function OutLink({ href, children }: { href: string | undefined; children?: ReactNode }) {
  const link = linkOf(href);
  if (!link) return <span>{children}</span>;
  return (
    <>
      <Anchor href={link.href} target="_blank" rel="noopener noreferrer nofollow" inherit>
        {children}
      </Anchor>{' '}
      <Text span size="xs" c="dimmed">
        ({link.shown})
      </Text>
    </>
  );
}
