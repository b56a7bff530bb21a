import { DomainError } from '../../platform/http/errors.js';

export class JudgeKeyNotSet extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'JUDGE_KEY_NOT_SET';

  constructor() {
    super('You have set no key for a judging model.', 'PUT /accounts/me/judge-key sets one.');
  }
}

export class JudgeUrlMissing extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'JUDGE_URL_MISSING';

  constructor() {
    super(
      'An OpenAI-compatible provider needs a URL.',
      'Give the address where its paths begin, such as https://api.example.com/v1.',
      'url',
    );
  }
}

export class ModelJudgeNotSet extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'MODEL_JUDGE_NOT_SET';

  constructor() {
    super(
      'This server has no judging model, and you have set none.',
      'Set yours with PUT /accounts/me/judge-key, or leave out `judge`: rules judge then.',
      'judge',
    );
  }
}
