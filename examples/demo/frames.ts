/** One frame of a stream of server-sent events, of which a frame without data is only a mark. */
export interface Frame {
  id: string | null;
  data: string | null;
}

/** Cuts a stream into frames as its bytes come, wherever they were parted. */
export async function* framesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield frameFrom(block);
  }
}

function frameFrom(block: string): Frame {
  const values = (name: string) =>
    block.split(/\r?\n/).flatMap((line) => {
      const [field, ...value] = line.split(':');
      return field === name ? [value.join(':').replace(/^ /, '')] : [];
    });
  const data = values('data');
  return { id: values('id').at(-1) ?? null, data: data.length > 0 ? data.join('\n') : null };
}
