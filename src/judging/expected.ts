import type { TaskType } from '../registry/rubric.schema.js';
import { type Answer, artifactText } from './artifact-text.js';
import { codesOf, documents, drawings, pages, sheets } from './parts.js';
import { words } from './text.js';

/** What an answer to a task of this type is made of; prose stands for text, Markdown and HTML alike. */
export type Expected = 'prose' | 'html' | 'svg' | 'json' | 'csv' | 'code' | 'any';

export function expectedOf({ artifact }: Pick<TaskType, 'artifact'>): Expected {
  const { type, name, media_type: mediaType } = artifact;
  const { format } = artifactText({ type, name, mediaType, bytes: new Uint8Array() });
  if (type === 'image') return 'svg';
  if (type === 'file' && format === 'text') return 'any';
  return format === 'markdown' || format === 'text' ? 'prose' : format === 'binary' ? 'any' : format;
}

/** Whether the answer has a part of the expected kind, however it is wrapped. Prose can be told in any format. */
export function hasExpected(answer: Answer, expected: Expected): boolean {
  const isBinary = answer.readings.some(({ format }) => format === 'binary');
  switch (expected) {
    case 'prose':
    case 'any':
      return true;
    case 'html':
      return (
        pages(answer).length > 0 ||
        answer.readings.some(({ source }) => /<(?:!doctype|html|body|div|section|main|p|h1)[\s>]/i.test(source))
      );
    case 'svg':
      return isBinary || drawings(answer).length > 0;
    case 'json':
      return documents(answer).length > 0;
    case 'csv':
      return isBinary || sheets(answer.readings).length > 0;
    case 'code':
      return isBinary || codesOf(answer).length > 0 || !isRunningText(answer.text);
  }
}

/** Code without a fence is full of marks; sixty words and more with hardly any are an essay. */
function isRunningText(text: string): boolean {
  const marks = text.match(/[{}()[\];=<>\\|$]/g)?.length ?? 0;
  return words(text).length >= 60 && marks / text.length < 0.015;
}
