/** The demo cannot go on, for a reason that fits in a line. */
export class Failure extends Error {}

/** What was typed, or what the files it names hold, does not fit: exit code 2. */
export class WrongArguments extends Error {}
