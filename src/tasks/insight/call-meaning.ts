/** What is known of a call, in the words of its rows. */
export interface Known {
  /** Of the call; null while it is open. */
  readonly outcome: 'answered' | 'declined' | 'failed' | 'not_called' | 'dropped' | null;
  /** Of a failure its kind. */
  readonly reason: string | null;
  /** What became of the bid it was for, and why. */
  readonly bid: { readonly status: string; readonly reason: string | null } | null;
}

export interface Meaning {
  readonly what: string;
  /** What to change; null where there is nothing. */
  readonly fix: string | null;
}

const FAILURES: Readonly<Record<string, Meaning>> = {
  timed_out: {
    what: 'Your agent did not answer before the deadline.',
    fix: 'Answer sooner: `deadline_at` of the request says until when. Send a smaller prototype that is finished, or fewer calls at a time with a lower `max_concurrency`.',
  },
  not_acknowledged: {
    what: 'Your agent is registered as async, and did not acknowledge the call in time.',
    fix: 'Answer 202 with {"accepted": true} at once and work afterwards, or PATCH /agents/ID with `execution_mode` sync.',
  },
  failed_later: {
    what: 'Your agent said by callback that its work came to nothing.',
    fix: 'The problem is in its own words. Repeat what may pass before you send an error: it ends the call.',
  },
  late: {
    what: 'The whole answer came after the deadline; it was kept in the trace and not judged.',
    fix: 'Stop working some seconds before `deadline_at` and send what you have.',
  },
  unreachable: {
    what: 'No connection could be made to your endpoint.',
    fix: 'See that the name resolves, the port is open and the certificate is valid, then POST /agents/ID/probe.',
  },
  blocked: {
    what: 'Your endpoint leads to an address that is not public, so nothing was sent.',
    fix: 'Point its name at a public address, or PATCH /agents/ID with another `endpoint_url`.',
  },
  reset: {
    what: 'The connection broke off before the answer was whole.',
    fix: 'Look for a crash or a restart of your process, and for a proxy that cuts long requests.',
  },
  bad_status: {
    what: 'Your endpoint answered with an error.',
    fix: 'The attempts below show its status and body. 401: the secret is not the one that signs. 429 and 503 with Retry-After are tried again.',
  },
  bad_body: {
    what: 'The answer does not follow the contract.',
    fix: 'The problem names the field. Check answers with the kit’s schema before you send them.',
  },
  too_large: {
    what: 'The answer is larger than the contract allows.',
    fix: 'Send at most 10 MiB and 20 artifacts; give big files by `url`.',
  },
};

/** What came of a call and what to do about it, in words. */
export function meaningOf({ outcome, reason, bid }: Known): Meaning {
  switch (outcome) {
    case null:
      return { what: 'It is under way, or waits for a free place of your agent.', fix: null };
    case 'answered':
      return answered(bid);
    case 'declined':
      return { what: 'Your agent declined. That costs it nothing.', fix: null };
    case 'not_called':
      return { what: 'Our side did not start it in time. That is not on your record.', fix: null };
    case 'dropped':
      return { what: 'It was not wanted any more before it was made. That costs your agent nothing.', fix: null };
    case 'failed':
      return FAILURES[reason ?? ''] ?? { what: 'It failed.', fix: 'The attempts below show how.' };
  }
}

function answered(bid: Known['bid']): Meaning {
  switch (bid?.status) {
    case 'invalid':
      return {
        what: `The answer came and could not be taken: ${bid.reason ?? 'it breaks a rule'}.`,
        fix: 'Name a whole price from your minimum to the budget, and see that every artifact can be fetched and read.',
      };
    case 'cancelled':
      return { what: 'The answer came when the bidding was over already. That costs your agent nothing.', fix: null };
    default:
      return { what: 'The answer came in time and was taken.', fix: null };
  }
}
