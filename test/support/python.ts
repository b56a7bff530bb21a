import { type PythonSandbox, pythonSandbox } from '../../src/judging/sandbox/python.js';

/** The sandbox of this machine. Tests that need it are left out without it, and a line says so. */
export async function pythonHere(): Promise<PythonSandbox> {
  const found = await pythonSandbox();
  if (found.kind === 'off') console.log(`skipped: Python in its sandbox, since here is none (${found.reason})`);
  return found;
}
