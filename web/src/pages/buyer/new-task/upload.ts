import { ApiError, refusalOf, type Shape } from '../../../api/client.ts';

interface Sending {
  readonly file: File;
  /** The same for the same file sent again. */
  readonly key: string;
  readonly signal: AbortSignal;
  /** 0-1 of the bytes that have left. */
  readonly onProgress: (share: number) => void;
}

/**
 * Sends one file. By hand, since `fetch` does not say how far an upload is.
 *
 * @throws ApiError the server refused it, or cannot be reached
 */
export function upload({ file, key, signal, onProgress }: Sending): Promise<Shape<'Attachment'>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file);
    request.open('POST', '/attachments');
    request.responseType = 'json';
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve((request.response as { data: Shape<'Attachment'> }).data);
      else reject(refusalOf(request.response, request));
    };
    request.onerror = () =>
      reject(new ApiError(0, 'OFFLINE', `${file.name} did not arrive.`, 'Check your connection and add it again.'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
