import { agentCli, type Practice, Unable } from '@bakeoff/agent-kit/cli';
import { Limited } from './judging/limited.js';
import { RuleJudge } from './judging/rule-judge.js';
import { practiceTask } from './kit/practice.js';
import { PracticeJudge } from './kit/practice-judge.js';
import { DomainError } from './platform/http/errors.js';

/** The agent builder's command line from inside the repository: tasks and judgements are made in this very process. */
const limited = new Limited();
const judge = new PracticeJudge(new RuleJudge(limited));

const practice: Practice = {
  where: 'this repository',
  task: async (taskType, level, seed) => said(() => practiceTask(taskType, level, seed)),
  judge: (work) => judge.judged(work).catch(unable),
};

/** A refusal as the command line says it. @throws Unable */
function said<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    return unable(error);
  }
}

function unable(error: unknown): never {
  if (error instanceof DomainError) throw new Unable(`${error.message} ${error.suggestion}`);
  throw error;
}

await agentCli({ practice }, 'npm run -s agent --');
await judge.close();
await limited.close();
