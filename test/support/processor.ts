/**
 * How long some work keeps a processor busy in this process, its threads included, in ms. The clock would count what else the
 * machine does.
 */
export async function processorMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
