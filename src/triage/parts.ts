/** What a score is the sum of. */
export const PARTS = ['record', 'wins', 'trend', 'speed', 'relevance'] as const;
export type PartName = (typeof PARTS)[number];
