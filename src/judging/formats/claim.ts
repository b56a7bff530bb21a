import type { ArtifactType } from '@bakeoff/agent-kit';

/** What an artifact says it is, by its ending, else its media type, else its type: the first that says anything. */
export type Claim =
  | ('json' | 'csv' | 'html' | 'svg' | 'markdown' | 'text')
  | ('javascript' | 'typescript' | 'python' | 'sql' | 'css' | 'shell')
  | ('image' | 'pdf' | 'archive' | 'other');

const ENDINGS: Record<string, Claim> = {
  ...all('json', '.json .jsonld .geojson .webmanifest .ipynb'),
  ...all('csv', '.csv .tsv'),
  ...all('html', '.html .htm'),
  ...all('svg', '.svg'),
  ...all('markdown', '.md .markdown'),
  ...all('text', '.txt .text .srt .vtt .log'),
  ...all('javascript', '.js .mjs .cjs .jsx'),
  ...all('typescript', '.ts .mts .cts'),
  ...all('python', '.py'),
  ...all('sql', '.sql'),
  ...all('css', '.css'),
  ...all('shell', '.sh .bash'),
  ...all('image', '.png .jpg .jpeg .gif .webp .avif .tif .tiff .bmp .ico .heic'),
  ...all('pdf', '.pdf'),
  ...all('archive', '.zip .gz .tgz .tar .docx .xlsx .pptx .odt .ods .odp .epub .docm .xlsm .pptm'),
};

const MEDIA: Record<string, Claim> = {
  ...all('json', 'application/json'),
  ...all('csv', 'text/csv text/tab-separated-values'),
  ...all('html', 'text/html application/xhtml+xml'),
  ...all('svg', 'image/svg+xml'),
  ...all('markdown', 'text/markdown'),
  ...all('javascript', 'text/javascript application/javascript text/ecmascript'),
  ...all('typescript', 'application/typescript text/typescript text/x-typescript'),
  ...all('python', 'text/x-python application/x-python text/x-python-script'),
  ...all('sql', 'application/sql text/x-sql'),
  ...all('css', 'text/css'),
  ...all('shell', 'application/x-sh text/x-shellscript'),
  ...all('pdf', 'application/pdf'),
  ...all('archive', 'application/zip application/gzip application/x-tar application/epub+zip'),
};

function all(claim: Claim, names: string): Record<string, Claim> {
  return Object.fromEntries(names.split(' ').map((name) => [name, claim]));
}

const TYPES: Record<ArtifactType, Claim> = {
  ...{ text: 'text', markdown: 'markdown', html: 'html', json: 'json' },
  ...{ code: 'other', image: 'image', file: 'other' },
};

interface Named {
  readonly type: ArtifactType;
  readonly mediaType: string;
  readonly ending: string;
}

export function claimOf({ type, mediaType, ending }: Named): Claim {
  const media = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  const named = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
  const said = Object.hasOwn(MEDIA, media) ? MEDIA[media] : generic(media);
  // A plain text may be of any more special kind, which its ending or its type then says.
  if (named === undefined || named === 'text') return said ?? named ?? TYPES[type];
  return named;
}

function generic(media: string): Claim | undefined {
  if (/^application\/[\w.-]{1,60}\+json$/.test(media)) return 'json';
  if (media.startsWith('image/')) return 'image';
  return /^application\/vnd\.(?:openxmlformats|oasis)/.test(media) ? 'archive' : undefined;
}
