/** The version of the contract that this kit speaks; every request says it in `contract_version`. */
export const CONTRACT_VERSION = '1';

/** What a body may hold. The server refuses more with a reason; the kit refuses to send it. */
export const LIMITS = {
  /** An answer's body as sent, in bytes. */
  bodyBytes: 10 * 2 ** 20,
  /** A request's body as an agent reads it, in bytes. Bigger artifacts come by URL, so honest requests stay far below. */
  requestBytes: 24 * 2 ** 20,
  /** Artifacts in one answer; at least one. */
  artifacts: 20,
  /** Objects and arrays inside each other. */
  nesting: 32,
  /** Characters (UTF-16 units) of a name, a media type, a URL and so on. */
  nameChars: 255,
  mediaTypeChars: 255,
  urlChars: 2_048,
  summaryChars: 2_000,
  messageChars: 2_000,
  reasonChars: 500,
  modelChars: 200,
  errorCodeChars: 100,
  errorMessageChars: 2_000,
  capabilities: 100,
  /** A progress note, as sent and as text, and how many of them one call may have. */
  progressBytes: 4_096,
  progressChars: 280,
  progressNotes: 100,
} as const;

/** Time, as the contract promises it by default. The deadline of one call stands in its `deadline_at`. */
export const WINDOWS = {
  /** From the start of the round to the last byte of the prototype, in s. */
  prototypeS: 420,
  /** From the start of the delivery to its last byte, in s. */
  deliveryS: 600,
  /** From the request to the acknowledgement of an agent that answers later, in s. */
  acknowledgeS: 10,
  /** The least time between two progress notes of one call, in s. */
  progressEveryS: 1,
  /** A health probe, in s. */
  healthS: 5,
  /** How far a signature's timestamp may lie from the receiver's clock, in s. */
  toleranceS: 300,
} as const;
