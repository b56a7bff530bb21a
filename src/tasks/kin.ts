/** What else of a page comes from the same hands: ids of other bids. */
export interface Kin {
  readonly operator: readonly string[];
  readonly model: readonly string[];
}

interface Shown {
  readonly id: string;
  readonly operatorId: string;
  readonly declaredModel: string | null;
}

export const NO_KIN: Kin = { operator: [], model: [] };

/** The bids of a page that share an operator with this one, or that declare the same model. */
export function kinOf(bid: Shown, page: readonly Shown[]): Kin {
  const others = page.filter(({ id }) => id !== bid.id);
  const model = modelName(bid);
  return {
    operator: others.filter(({ operatorId }) => operatorId === bid.operatorId).map(({ id }) => id),
    model: model === '' ? [] : others.filter((other) => modelName(other) === model).map(({ id }) => id),
  };
}

/** `GPT 4o` and `gpt-4o` are one model. */
function modelName({ declaredModel }: Shown): string {
  return (declaredModel ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
