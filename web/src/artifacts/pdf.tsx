import { Center, Pagination, Stack } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, type RenderTask } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { Failed, Loading } from '../ui/states.tsx';
import type { Sent } from './kind.ts';
import { useLink } from './links.ts';
import { readBytes, useFile } from './text.queries.ts';
import { Note, TooLarge } from './text-of.tsx';

GlobalWorkerOptions.workerSrc = workerUrl;

const MOST_BYTES = 12_000_000;
const MOST_PAGES = 200;
/** Of one page, as drawn. */
const MOST_PIXELS = 8_000_000;

/** A PDF, drawn page by page onto a canvas: what it wants to run, link to or open stays in the file. */
export default function Pdf({ sent, height }: { sent: Sent; height: number }) {
  const link = useLink(sent.url);
  const file = useFile(link, 'bytes', (signal) => readBytes(link, MOST_BYTES, signal), sent.size <= MOST_BYTES);
  if (sent.size > MOST_BYTES) return <TooLarge size={sent.size} />;
  if (file.isError) return <Failed error={file.error} retry={() => void file.refetch()} />;
  if (!file.data) return <Loading rows={1} height={height} />;
  return <Document bytes={file.data} name={sent.name} height={height} />;
}

function Document({ bytes, name, height }: { bytes: Uint8Array<ArrayBuffer>; name: string; height: number }) {
  const [pdf, setPdf] = useState<PDFDocumentProxy | 'broken' | null>(null);
  const [page, setPage] = useState(1);
  useEffect(() => {
    const loading = getDocument({
      data: bytes.slice(), // it is handed to the worker and gone from here
      enableXfa: false,
      useWasm: false,
      isImageDecoderSupported: false,
      maxImageSize: MOST_PIXELS * 4,
      stopAtErrors: false,
      verbosity: 0,
    });
    loading.promise.then(setPdf, () => setPdf('broken'));
    return () => void loading.destroy();
  }, [bytes]);
  if (pdf === 'broken') return <Note>This PDF is damaged or locked. Download it to look at it.</Note>;
  if (!pdf) return <Loading rows={1} height={height} />;
  const pages = Math.min(pdf.numPages, MOST_PAGES);
  return (
    <Stack gap="xs" p="sm">
      <Page pdf={pdf} page={page} about={`${name}, page ${page} of ${pdf.numPages}`} />
      {pages > 1 && (
        <Center>
          <Pagination
            size="sm"
            total={pages}
            value={page}
            onChange={setPage}
            getControlProps={named}
            getItemProps={pageNamed}
          />
        </Center>
      )}
      {pdf.numPages > MOST_PAGES && (
        <Note>
          The first {MOST_PAGES} of {pdf.numPages} pages are shown.
        </Note>
      )}
    </Stack>
  );
}

function named(control: string) {
  return { 'aria-label': `To the ${control} page` };
}

function pageNamed(page: number) {
  return { 'aria-label': `Page ${page}` };
}

function Page({ pdf, page: number, about }: { pdf: PDFDocumentProxy; page: number; about: string }) {
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const onto = canvas.current;
    if (!onto || width === 0) return;
    let task: RenderTask | null = null;
    let gone = false;
    void pdf.getPage(number).then((page) => {
      if (gone) return;
      const natural = page.getViewport({ scale: 1 });
      const wanted = (width / natural.width) * devicePixelRatio;
      const most = Math.sqrt(MOST_PIXELS / (natural.width * natural.height));
      const viewport = page.getViewport({ scale: Math.min(wanted, most) });
      onto.width = Math.floor(viewport.width);
      onto.height = Math.floor(viewport.height);
      task = page.render({ canvas: onto, viewport, annotationMode: 0 });
      task.promise.catch(() => {}); // another page was asked for meanwhile
    });
    return () => {
      gone = true;
      task?.cancel();
    };
  }, [pdf, number, width]);
  return (
    <div ref={ref}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={about}
        style={{ display: 'block', width: '100%', background: '#fff' }}
      />
    </div>
  );
}
