import { Box, Image, Modal, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useMemo } from 'react';
import { whole } from '../ui/format.ts';
import { Failed, Loading } from '../ui/states.tsx';
import type { Sent } from './kind.ts';
import { useLink } from './links.ts';
import { pictureSize } from './picture-size.ts';
import { readBytes, useFile } from './text.queries.ts';
import { Note, TooLarge } from './text-of.tsx';

const MOST_BYTES = 12_000_000;
/** Decoded a pixel takes four bytes: more than this and the tab may die of it. */
const MOST_PIXELS = 50_000_000;

/** A picture that fits; pressed, it shows in its own size. Its size is read before the browser decodes it. */
export function Picture({ sent, height }: { sent: Sent; height: number }) {
  const link = useLink(sent.url);
  const file = useFile(link, 'bytes', (signal) => readBytes(link, MOST_BYTES, signal), sent.size <= MOST_BYTES);
  if (sent.size > MOST_BYTES) return <TooLarge size={sent.size} what="picture" />;
  if (file.isError) return <Failed error={file.error} retry={() => void file.refetch()} />;
  if (!file.data) return <Loading rows={1} height={height} />;
  return <Decoded bytes={file.data} sent={sent} height={height} />;
}

function Decoded({ bytes, sent, height }: { bytes: Uint8Array<ArrayBuffer>; sent: Sent; height: number }) {
  const size = useMemo(() => pictureSize(bytes), [bytes]);
  const src = useObjectUrl(bytes, sent.media_type);
  const [opened, { open, close }] = useDisclosure();
  if (!size) return <Note>This picture is damaged: nothing in it says how large it is.</Note>;
  if (size.width * size.height > MOST_PIXELS)
    return (
      <Note>
        This picture has {whole(size.width)} × {whole(size.height)} pixels, too many to show here. Download it to look
        at it.
      </Note>
    );
  const about = `${sent.name}, ${whole(size.width)} × ${whole(size.height)} pixels`;
  return (
    <>
      <UnstyledButton onClick={open} w="100%" aria-label={`Zoom into ${sent.name}`} style={{ cursor: 'zoom-in' }}>
        <Image
          src={src}
          alt={about}
          width={size.width}
          height={size.height}
          mah={height}
          w="auto"
          h="auto"
          maw="100%"
          mx="auto"
        />
      </UnstyledButton>
      <Modal opened={opened} onClose={close} fullScreen title={about}>
        <Box style={{ overflow: 'auto' }} tabIndex={0}>
          <Image src={src} alt={about} w="auto" maw="none" fit="none" />
        </Box>
      </Modal>
    </>
  );
}

function useObjectUrl(bytes: Uint8Array<ArrayBuffer>, type: string): string {
  const url = useMemo(() => URL.createObjectURL(new Blob([bytes], { type })), [bytes, type]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return url;
}
