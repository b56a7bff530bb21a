interface Attempt {
  readonly outcome: string | null;
  readonly response: { readonly status: number | null } | null;
}

export interface Verdict {
  readonly kind: 'taken' | 'refused' | 'open';
  readonly title: string;
  readonly text: string;
}

/** What the agent's answer says of how it found the signature. Only it knows for sure. */
export function verdictOf({ outcome, response }: Attempt): Verdict {
  const status = response?.status ?? null;
  if (outcome === null && status === null)
    return { kind: 'open', title: 'No answer yet', text: 'The attempt is under way.' };
  if (status === null)
    return {
      kind: 'open',
      title: 'It did not come to that',
      text: 'Nothing was answered, so the signature was perhaps never looked at.',
    };
  if (status === 401 || status === 403)
    return {
      kind: 'refused',
      title: `Your agent refused it with ${status}`,
      text: 'Most often it runs with an older secret, or parses the body before it checks the bytes. A new secret is made under Settings.',
    };
  return {
    kind: 'taken',
    title: 'Your agent took it',
    text: `It answered ${status}, and so did not refuse the signature.`,
  };
}
