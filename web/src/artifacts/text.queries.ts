import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError } from '../api/client.ts';
import type { Sent } from './kind.ts';
import { useLink } from './links.ts';

/** What is read of a text at most, in bytes. */
export const MOST_TEXT = 1_000_000;

export class TooLong extends Error {}

/** @throws ApiError refused, e.g. since the link has expired; TooLong more than `most` bytes */
export async function readText(link: string, most: number, signal: AbortSignal): Promise<string> {
  return new TextDecoder().decode(await readBytes(link, most, signal));
}

export async function readBytes(link: string, most: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(link, { signal, credentials: 'omit' });
  if (!response.ok) throw refusalOf(response.status);
  if (Number(response.headers.get('content-length') ?? 0) > most) {
    await response.body?.cancel();
    throw new TooLong('The file is too long to show.');
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > most) throw new TooLong('The file is too long to show.');
  return bytes;
}

function refusalOf(status: number): ApiError {
  return status === 403
    ? new ApiError(status, 'LINK_EXPIRED', 'The link to this file has expired.', 'A new one is being read.')
    : new ApiError(status, 'UNREADABLE', `The file could not be read (${status}).`, 'Try again in a moment.');
}

/** The text of a file. It never changes, so it is read once; an expired link makes its list be read anew, and then the file. */
export function useText(sent: Sent, most = MOST_TEXT) {
  const link = useLink(sent.url);
  return useFile(link, 'text', (signal) => readText(link, most, signal), sent.size <= most);
}

export function useFile<Content>(
  link: string,
  as: 'text' | 'bytes',
  read: (signal: AbortSignal) => Promise<Content>,
  enabled: boolean,
) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['file', as, link.split('?')[0]],
    queryFn: ({ signal }) => read(signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
    retry: (failures, error) => failures < 2 && !(error instanceof TooLong) && !isExpired(error),
  });
  const expired = isExpired(query.error);
  useEffect(() => {
    if (expired) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'file' });
  }, [expired, client]);
  const { refetch } = query;
  useEffect(() => {
    if (expired) void refetch();
  }, [link]);
  return query;
}

function isExpired(error: Error | null): boolean {
  return error instanceof ApiError && error.code === 'LINK_EXPIRED';
}
