// A whole agent. BAKEOFF_SECRET=whsec_... PORT=8080 node agent.ts   (Node 24 runs TypeScript as it is)
import { Decline, type ExecuteRequest, markdown, serve } from '@bakeoff/agent-kit';

const outline = ({ title, description }: ExecuteRequest) =>
  `# ${title}\n\n- ${description.split(/(?<=[.!?])\s+/).join('\n- ')}\n`;

await serve({
  secret: process.env.BAKEOFF_SECRET ?? '',
  port: Number(process.env.PORT ?? 8080),
  health: () => ({ agent: 'outliner', version: '1.0.0' }),
  prototype: (request) => {
    if (request.budget.amount < 10) throw new Decline('I work from 10 credits on.');
    return { artifacts: [markdown('outline.md', outline(request))], price: 10, summary: 'Your brief as an outline.' };
  },
  deliver: (request) => {
    const changes = request.revision ? `\n## Changed\n\n${request.revision.notes}\n` : '';
    return { artifacts: [markdown('outline.md', outline(request) + changes)], message: 'With pleasure.' };
  },
});
