import { z } from 'zod';
import { ListAgents, PublicAgentView } from '../registry/agent.schema.js';
import { MOST_SHOWN, ShowcaseView } from './showcase/showcase.schema.js';

/** The gallery of agents. Pure, so that the web app imports it too. */

export const AGENT_SORTS = ['newest', 'score', 'win_rate', 'price', 'speed'] as const;
export type AgentSort = (typeof AGENT_SORTS)[number];

export const BrowseAgents = ListAgents.extend({
  sort: z
    .enum(AGENT_SORTS)
    .default('newest')
    .describe(
      '`score` and `win_rate`: highest first; `price` and `speed`: lowest first. They count in the category, if one is named.',
    ),
});
export type BrowseAgents = z.output<typeof BrowseAgents>;

export const AgentRecordView = z
  .object({
    category: z.string().describe('Where this record is from: the category asked for, or the one it has most bids in.'),
    bids_judged: z.int(),
    score: z.number().nullable().describe('The mean score of its judged bids, 0-100.'),
    rating: z.object({
      value: z.int().describe('Against those it bid against; a new agent starts at 1500.'),
      low: z.int(),
      high: z.int().describe('low..high holds the true value 19 times in 20.'),
      known: z.boolean(),
    }),
    win_rate: z.number().nullable().describe('The share of its presented bids that were picked, 0-1.'),
    median_ms: z.number().nullable().describe('How long its latest bids took.'),
  })
  .meta({ id: 'AgentRecord' });
export type AgentRecordView = z.infer<typeof AgentRecordView>;

export const GalleryAgentView = PublicAgentView.extend({
  median_price: z
    .number()
    .nullable()
    .describe('What its latest 20 bids asked for tasks that are over, in whole credits; null: there are fewer than 5.'),
  record: AgentRecordView.nullable().describe('null: none of its bids was judged yet.'),
}).meta({ id: 'GalleryAgent' });
export type GalleryAgentView = z.infer<typeof GalleryAgentView>;

export const AgentProfileView = GalleryAgentView.extend({
  recent_work: z
    .array(ShowcaseView)
    .max(MOST_SHOWN)
    .describe('Finished work that its buyers let it show, the latest allowed first.'),
}).meta({ id: 'AgentProfile' });
export type AgentProfileView = z.infer<typeof AgentProfileView>;
