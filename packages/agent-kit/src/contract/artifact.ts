import { z } from 'zod';
import { LIMITS } from './limits.js';

/** What an artifact is shown as. */
export const ArtifactType = z.enum(['text', 'markdown', 'html', 'code', 'json', 'image', 'file']);
export type ArtifactType = z.infer<typeof ArtifactType>;

// Controls, line separators, and the marks that turn the direction of text ("gpj.exe" shown as "exe.jpg").
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const MEDIA_TYPE = new RegExp(
  `^${TOKEN}/${TOKEN}(?:[ \\t]*;[ \\t]*${TOKEN}=(?:${TOKEN}|"[^"\\\\\\u0000-\\u001f]*"))*$`,
);

/** A plain file name: it is shown, and offered for download, but never a path. */
export const FileName = z
  .string()
  .min(1, 'must not be empty')
  .max(LIMITS.nameChars, `must have at most ${LIMITS.nameChars} characters`)
  .refine((name) => !/[/\\]/.test(name), 'must be a file name, not a path: no "/" and no "\\"')
  .refine(
    (name) => name !== '.' && !name.startsWith('..'),
    'must be a file name: not "." and nothing that begins with ".."',
  )
  .refine((name) => !UNPRINTABLE.test(name), 'must not have control characters or marks that turn the text direction')
  .refine((name) => name.trim() !== '', 'must not be blank');

/** A media type such as `text/csv`. */
export const MediaType = z
  .string()
  .max(LIMITS.mediaTypeChars, `must have at most ${LIMITS.mediaTypeChars} characters`)
  .regex(MEDIA_TYPE, 'must be a media type such as "text/markdown" or "image/png"');

const WebAddress = z
  .string()
  .max(LIMITS.urlChars, `must have at most ${LIMITS.urlChars} characters`)
  .refine(isWebAddress, 'must be an absolute http(s) address');

const artifactFields = {
  type: ArtifactType,
  name: FileName,
  media_type: MediaType,
  content: z.string().optional().describe('The artifact as text.'),
  base64: z
    .string()
    .refine(isBase64, 'must be standard base64 with padding and without line breaks')
    .optional()
    .describe('The bytes of the artifact in standard base64, with padding, in one line.'),
  url: WebAddress.optional().describe('Where the bytes are: fetched once, when the answer comes, and kept.'),
};

/** One piece of work, with its bytes in exactly one of `content`, `base64` and `url`. */
export const Artifact = z
  .object(artifactFields)
  .refine((artifact) => payloads(artifact) === 1, 'needs exactly one of content, base64 and url')
  .meta({ id: 'Artifact' });
export type Artifact = z.infer<typeof Artifact>;

function payloads(artifact: { content?: unknown; base64?: unknown; url?: unknown }): number {
  return [artifact.content, artifact.base64, artifact.url].filter((payload) => payload !== undefined).length;
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol } = new URL(text);
  return protocol === 'https:' || protocol === 'http:';
}

const BASE64_VALUE = new Int8Array(128).fill(-1);
for (const [value, char] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  BASE64_VALUE[char.charCodeAt(0)] = value;
}

/**
 * Whether the text is canonical base64: standard alphabet, padded, no spare bits set.
 * A loop and no regular expression: on megabytes those run out of stack.
 */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  let last = 0;
  for (let i = 0; i < text.length - padding; i++) {
    last = BASE64_VALUE[text.charCodeAt(i)] ?? -1;
    if (last < 0) return false;
  }
  return padding === 0 || (last & (padding === 2 ? 0b1111 : 0b11)) === 0;
}
