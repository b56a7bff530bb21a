import { type Answer, type ExecuteRequest, image } from '@bakeoff/agent-kit';
import { expectTaskType, priceFor, said } from '../lib/brief.ts';
import { logoBrief } from '../lib/logo-brief.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { letterLogo } from './letter.ts';

await run(profile, {
  prototype: (request) => {
    expectTaskType(request, 'svg-logo');
    const price = priceFor(request, profile.min_price, 0.3);
    return { ...work(request), price };
  },
  deliver: work,
});

function work(request: ExecuteRequest): Answer {
  const brief = logoBrief(request);
  const notDone =
    brief.understood.length === 0
      ? 'I could not act on your notes: colours, format and the size of the name are all there is.'
      : '';
  return {
    artifacts: [image('logo.svg', 'image/svg+xml', Buffer.from(letterLogo(brief)))],
    summary: said(`A letter and a name, ${brief.format}.`),
    message: said(request.revision ? notDone || `Made again ${brief.understood.join('; ')}.` : null),
  };
}
