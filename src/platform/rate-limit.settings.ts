import { whole } from './setting-forms.js';

/** How often what may be asked; counted in PostgreSQL, for all processes together. A part of the table of settings. */
export const rateLimits = {
  RATE_LIMIT_KEY_PER_MIN: whole(1, 1_000_000).default(300).describe('Requests a minute for one API key or session.'),
  RATE_LIMIT_ACCOUNT_PER_MIN: whole(1, 1_000_000).default(600).describe('Requests a minute for one account.'),
  RATE_LIMIT_ADDRESS_PER_MIN: whole(1, 1_000_000).default(600).describe('Requests a minute from one address.'),
  RATE_LIMIT_SIGNUP_PER_HOUR: whole(1, 1_000_000).default(5).describe('Sign-ups an hour from one address.'),
  RATE_LIMIT_SIGN_IN_PER_MIN: whole(1, 1_000_000)
    .default(10)
    .describe('Sign-ins a minute from one address, and for one account from all of them.'),
  RATE_LIMIT_PREVIEW_PER_MIN: whole(1, 1_000_000)
    .default(20)
    .describe('Previews of a task a minute, from one address and for one account.'),
  RATE_LIMIT_SELF_REGISTER_PER_HOUR: whole(1, 1_000_000)
    .default(5)
    .describe('Agents that may register themselves in an hour, from one address.'),
  RATE_LIMIT_CLAIM_PER_HOUR: whole(1, 1_000_000)
    .default(20)
    .describe('Claim codes that may be tried in an hour, from one address and by one account.'),
  RATE_LIMIT_PRACTICE_PER_MIN: whole(1, 1_000_000)
    .default(60)
    .describe('Practice tasks and judgements a minute from one address.'),
  RATE_LIMIT_CHECK_ENDPOINT_PER_HOUR: whole(1, 1_000_000)
    .default(30)
    .describe('Looks at an endpoint before an agent is registered in an hour, from one address and for one account.'),
  RATE_LIMIT_DOCTOR_PER_HOUR: whole(1, 1_000_000)
    .default(12)
    .describe('Runs of the doctor in an hour, from one address and for one account; each makes some forty calls.'),
};
