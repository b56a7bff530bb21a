/** One event stream for all contests: who waits for a task's event is told when it comes. */
export class Followed {
  private readonly waiting = new Map<string, () => void>();
  private readonly seen = new Set<string>();
  private readonly stop = new AbortController();

  static async open(url: string, key: string): Promise<Followed> {
    const followed = new Followed();
    const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' };
    const response = await fetch(`${url}/events?after=latest`, { headers, signal: followed.stop.signal });
    if (!response.body) throw new Error('There is no stream.');
    followed.read(response.body).catch(() => {});
    return followed;
  }

  /** Resolves when the task has had an event of this type, also if that was before. */
  async event(taskId: string, type: string): Promise<void> {
    const name = `${taskId} ${type}`;
    if (this.seen.has(name)) return;
    await new Promise<void>((resolve) => this.waiting.set(name, resolve));
  }

  close(): void {
    this.stop.abort();
  }

  private async read(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) this.frame(frame);
    }
  }

  private frame(frame: string): void {
    const type = /^event: ?(.*)$/m.exec(frame)?.[1];
    const data = /^data: ?(.*)$/m.exec(frame)?.[1];
    if (!type || !data) return;
    const name = `${JSON.parse(data).task_id} ${type}`;
    this.seen.add(name);
    this.waiting.get(name)?.();
  }
}
