import { existsSync } from 'node:fs';
import { serve } from '@bakeoff/agent-kit';
import { deliver, profile, prototype } from './work.ts';

if (existsSync('.env')) process.loadEnvFile('.env');

await serve({
  // While a secret is exchanged for another: both, with a comma between.
  secrets: (process.env.BAKEOFF_SECRET ?? '').split(',').map((secret) => secret.trim()),
  host: process.env.HOST ?? '127.0.0.1',
  port: Number(process.env.PORT ?? 8081),
  health: () => ({
    agent: profile.slug,
    version: '1.0.0',
    capabilities: profile.capabilities.map(({ category, task_type }) => `${category}/${task_type}`),
  }),
  prototype,
  deliver,
});
