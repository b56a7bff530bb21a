import { getDocumentProxy } from 'unpdf';
import { JUDGED } from '../limits.js';
import { broken, fine, unsure, type Validity } from './validity.js';

/** Runs in the child process only. Nothing in the document is run, and nothing that it names is fetched. */
const OPTIONS = {
  isEvalSupported: false,
  enableXfa: false,
  useSystemFonts: false,
  disableFontFace: true,
  stopAtErrors: false,
  maxImageSize: 1,
  verbosity: 0,
};

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Opens it and reads the text of its first pages. Readers repair a file that was cut off: here it is broken. */
export async function pdfValidity(bytes: Uint8Array): Promise<Validity> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!raw.subarray(0, 1_024).includes('%PDF-')) return broken('it does not begin like a PDF');
  if (!raw.subarray(-2_048).includes('%%EOF'))
    return broken(`it is cut off: there is no end mark in the last of ${bytes.byteLength} bytes`);
  let pdf: Pdf;
  try {
    pdf = await getDocumentProxy(new Uint8Array(bytes), OPTIONS);
  } catch (error) {
    const { name = '', message = '' } = error instanceof Error ? error : {};
    if (name === 'PasswordException') return unsure('it opens with a password only', { dangers: ['a password'] });
    return broken(`no reader can open it: ${message.slice(0, 120)}`);
  }
  return opened(pdf, raw);
}

async function opened(pdf: Pdf, raw: Buffer): Promise<Validity> {
  const pages = pdf.numPages;
  const dangers = await dangersOf(pdf, raw);
  let text = '';
  try {
    for (let page = 1; page <= Math.min(pages, JUDGED.pdfPages) && text.length < JUDGED.textChars; page++) {
      const { items } = await (await pdf.getPage(page)).getTextContent();
      text += `${items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')}\n\n`;
    }
  } catch (error) {
    return broken(`${pages} pages, not all of which can be read: ${String(error).slice(0, 100)}`, { pages, dangers });
  }
  const read = text.trim().slice(0, JUDGED.textChars);
  return fine(`PDF of ${pages} pages with ${read.length} characters of text`, { pages, text: read, dangers });
}

async function dangersOf(pdf: Pdf, raw: Buffer): Promise<string[]> {
  const [actions, attachments] = await Promise.all([
    pdf.getJSActions().catch(() => null),
    pdf.getAttachments().catch(() => null),
  ]);
  return [
    ...(actions !== null || /\/JavaScript\b|\/JS\s{0,5}[(<]/.test(raw.toString('latin1')) ? ['a script'] : []),
    ...(attachments !== null ? ['files inside'] : []),
    ...(raw.includes('/Launch') ? ['an action that starts a program'] : []),
  ];
}
