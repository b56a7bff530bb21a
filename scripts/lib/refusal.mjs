/** Something that the person at the keyboard can put right: shown as its message alone, without a stack. */
export class Refusal extends Error {}

/** Runs a script's main function; a refusal, or a file that may not be touched, ends it with its message and exit code 1. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Refusal || (error.syscall && error.path) ? error.message : error);
    process.exitCode = 1;
  }
}
