import { agentCli } from '@bakeoff/agent-kit/cli';

/** The agent builder's command line from inside the repository. */
await agentCli();
