import { Code } from '@mantine/core';

/** Words of the server, in which names of the API stand between backticks. */
export function Coded({ text }: { text: string }) {
  return text.split('`').map((part, place) => (place % 2 === 1 ? <Code key={`${place} ${part}`}>{part}</Code> : part));
}
