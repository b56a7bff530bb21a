import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process with that id runs. A zombie (killed, not yet reaped by its parent) does not. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return statOf(pid)?.state !== 'Z';
}

/**
 * Names this very run of a process, so that a later process that got the same number is not taken for it.
 * Where there is no /proc the number has to do.
 */
export function identityOf(pid) {
  const stat = statOf(pid);
  if (!stat) return `${pid}`;
  return `${pid} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${stat.startedAt}`;
}

/** Whether the process that `identityOf` named still runs. */
export function isStillAlive(identity) {
  const pid = Number.parseInt(identity, 10);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && identityOf(pid) === identity;
}

/** The folder a process works in, or undefined where that can't be seen. */
export function workingFolderOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Asks every `everyMs` until `ask` answers something true, and returns that; undefined once `withinMs` have passed. */
export async function until(ask, { withinMs, everyMs = 20 }) {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() >= end) return undefined;
    await sleep(everyMs);
  }
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' '); // the name before it may hold blanks and brackets
    return { state: fields[0], startedAt: fields[19] };
  } catch {
    return undefined;
  }
}
