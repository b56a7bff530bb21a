import { ActionIcon, Box, Card, Group, Modal, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCode, IconDownload, IconEye, IconMaximize } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { bytes } from '../ui/format.ts';
import { Loading } from '../ui/states.tsx';
import { Drawing } from './drawing.tsx';
import { Framed } from './framed.tsx';
import { Guard } from './guard.tsx';
import { type Kind, kindOf, languageOf, type Sent } from './kind.ts';
import { useLink } from './links.ts';
import { Picture } from './picture.tsx';
import { Note, TextOf } from './text-of.tsx';

const Code = lazy(() => import('./code.tsx'));
const Markdown = lazy(() => import('./markdown.tsx'));
const Json = lazy(() => import('./json.tsx'));
const Csv = lazy(() => import('./csv.tsx'));
const Pdf = lazy(() => import('./pdf.tsx'));

/** What a file is shown by; `source` is its text as it was sent. */
const HAS_SOURCE: readonly Kind[] = ['markdown', 'html', 'svg', 'json', 'csv'];

interface Props {
  sent: Sent;
  /** The tallest it gets before it scrolls inside, in px; null: as tall as it is. */
  height?: number | null;
}

/** Any file that an agent sent, shown as what it is, with its source, its download and a view that fills the screen. */
export function Artifact({ sent, height = 420 }: Props) {
  const [source, setSource] = useState(false);
  const [full, { open, close }] = useDisclosure();
  const kind = kindOf(sent);
  const buttons = <Buttons sent={sent} kind={kind} source={source} setSource={setSource} open={full ? null : open} />;
  return (
    <Card withBorder padding={0} component="figure" m={0} aria-label={sent.name}>
      <Group
        component="figcaption"
        justify="space-between"
        wrap="nowrap"
        gap="xs"
        px="sm"
        py={4}
        style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
      >
        <Text size="xs" truncate miw={0}>
          <bdi>{sent.name}</bdi>{' '}
          <Text span inherit c="dimmed">
            {bytes(sent.size)}
          </Text>
        </Text>
        {buttons}
      </Group>
      <Shown sent={sent} kind={kind} source={source} height={height} />
      <Modal
        opened={full}
        onClose={close}
        fullScreen
        title={<bdi>{sent.name}</bdi>}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {full && <Shown sent={sent} kind={kind} source={source} height={null} fills />}
      </Modal>
    </Card>
  );
}

function Buttons(props: {
  sent: Sent;
  kind: Kind;
  source: boolean;
  setSource: (source: boolean) => void;
  open: (() => void) | null;
}) {
  const { sent, kind, source, setSource, open } = props;
  const link = useLink(sent.url);
  return (
    <Group gap={2} wrap="nowrap">
      {HAS_SOURCE.includes(kind) && (
        <Small
          label={source ? `Show ${sent.name} rendered` : `Show the source of ${sent.name}`}
          onClick={() => setSource(!source)}
        >
          {source ? <IconEye size={15} /> : <IconCode size={15} />}
        </Small>
      )}
      <Tooltip label="Download">
        <ActionIcon
          component="a"
          href={link}
          download={sent.name}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`Download ${sent.name}`}
        >
          <IconDownload size={15} />
        </ActionIcon>
      </Tooltip>
      {open && kind !== 'file' && (
        <Small label={`Show ${sent.name} on the whole screen`} onClick={open}>
          <IconMaximize size={15} />
        </Small>
      )}
    </Group>
  );
}

function Small({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

interface ShownProps {
  sent: Sent;
  kind: Kind;
  source: boolean;
  height: number | null;
  fills?: boolean;
}

function Shown({ sent, kind, source, height, fills = false }: ShownProps) {
  return (
    <Box
      mah={height ?? undefined}
      style={{ overflow: height === null ? undefined : 'auto' }}
      {...(height === null ? {} : { tabIndex: 0 })}
    >
      <Guard>
        <Suspense fallback={<Loading rows={4} height={18} />}>
          <Body sent={sent} kind={source ? 'code' : kind} height={fills ? window.innerHeight - 120 : (height ?? 420)} />
        </Suspense>
      </Guard>
    </Box>
  );
}

/** One way to show each kind. What needs a library is loaded when the first of its kind is shown. */
function Body({ sent, kind, height }: { sent: Sent; kind: Kind; height: number }) {
  switch (kind) {
    case 'markdown':
      return (
        <TextOf sent={sent}>
          {(text) => (
            <Box p="sm">
              <Markdown text={text} />
            </Box>
          )}
        </TextOf>
      );
    case 'html':
      return <Framed sent={sent} height={height} />;
    case 'svg':
      return <Drawing sent={sent} height={height} />;
    case 'image':
      return <Picture sent={sent} height={height} />;
    case 'json':
      return <TextOf sent={sent}>{(text) => <Json text={text} />}</TextOf>;
    case 'csv':
      return (
        <TextOf sent={sent}>
          {(text) => <Csv text={text} tabs={sent.media_type === 'text/tab-separated-values'} />}
        </TextOf>
      );
    case 'pdf':
      return <Pdf sent={sent} height={height} />;
    case 'code':
    case 'text':
      return (
        <TextOf sent={sent}>
          {(text) => <Code text={text} language={languageOf(sent.name)} wraps={kind === 'text'} />}
        </TextOf>
      );
    case 'file':
      return (
        <Note>
          A file of the type {sent.media_type}, {bytes(sent.size)}. Download it to look at it.
        </Note>
      );
  }
}
