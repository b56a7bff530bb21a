import { type Artifact, type ExecuteRequest, image } from '@bakeoff/agent-kit';
import { expectTaskType, priceFor, said } from '../lib/brief.ts';
import { type LogoBrief, logoBrief } from '../lib/logo-brief.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { calledFor, composed, inOneColour } from './compose.ts';

await run(profile, {
  prototype: (request) => {
    expectTaskType(request, 'svg-logo');
    const price = priceFor(request, profile.min_price, 0.75);
    const brief = logoBrief(request);
    const { svg, about } = composed(brief);
    return {
      artifacts: [svgImage('logo.svg', svg)],
      price,
      summary: said(`The mark: ${about}. ${brief.format}, in ${brief.colours.join(', ')}.`),
      message: said('The delivery adds the mark alone and a version in one colour.', ...remarks(brief)),
    };
  },

  deliver: (request) => {
    const brief = logoBrief(request);
    const { svg, markSvg, about } = composed(brief);
    return {
      artifacts: [
        svgImage('logo.svg', svg),
        svgImage('logo-mark.svg', markSvg),
        svgImage('logo-one-colour.svg', inOneColour(brief).svg),
      ],
      summary: said(`The mark: ${about}. With the mark alone, and a version in one colour.`),
      message: said(answerTo(request, brief), ...remarks(brief)),
    };
  },
});

function svgImage(name: string, svg: string): Artifact {
  return image(name, 'image/svg+xml', Buffer.from(svg));
}

function remarks({ unread }: LogoBrief): string[] {
  return unread.length > 0 ? [`I could not read ${unread.length} of the colours: please write them as #rrggbb.`] : [];
}

function answerTo({ revision }: ExecuteRequest, brief: LogoBrief): string {
  if (!revision) return 'It uses no fonts and no files from elsewhere.';
  const motifs = [
    ...calledFor(brief.add).map(({ name }) => `with ${name}`),
    ...calledFor(brief.without).map(({ name }) => `without ${name}`),
  ];
  const done = [...brief.understood, ...motifs];
  if (done.length > 0) return `Drawn again ${done.join('; ')}.`;
  return 'I could not act on your notes. I understand colours (#rrggbb), "wide", "square", "bigger name", and "with" or "without" what I can draw.';
}
