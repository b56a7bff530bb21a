import { CONTRACT_VERSION } from '../../contract/limits.js';
import { ExecuteRequest } from '../../contract/request.js';
import { type Check } from '../check.js';
import { accepted } from '../expect.js';

const DOCS = 'docs/contract.md#what-may-change';

export const unknownFields: Check = {
  key: 'unknown-fields',
  title: 'fields and quality rules that were added to the contract are passed over',
  fix: 'Ignore keys and rule kinds that you do not know, at every depth; do not validate with a strict schema.',
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    const request = patient.request();
    const { quality_rules: rules, budget, attachments } = request;
    const more = {
      ...request,
      x_added: { since: '1.9' },
      budget: { ...budget, tip: 0 },
      attachments: attachments.map((attachment) => ({ ...attachment, sha256: 'x' })),
      quality_rules: { rules: [...rules.rules, { kind: 'added_later', value: [1] }], version: 2 },
    };
    return accepted(await patient.call(request, { text: JSON.stringify(more) }));
  },
};

export const minorVersion: Check = {
  key: 'minor-version',
  title: 'a minor version of the contract that adds something is accepted',
  fix: `Compare the part of contract_version before the full stop ("${CONTRACT_VERSION}"), and leave the rest aside.`,
  docs: DOCS,
  needs: 'taken',
  run: async (patient) => accepted(await patient.call(patient.request({ contract_version: `${CONTRACT_VERSION}.9` }))),
};

export const missingOptional: Check = {
  key: 'missing-optional',
  title: 'a call without its optional fields is answered or declined',
  fix: 'Give requirements, quality_rules and attachments a default of nothing; decline when the brief is too thin to work on.',
  docs: 'docs/contract.md#the-request',
  needs: 'taken',
  async run(patient) {
    const request = patient.request();
    const { requirements: _, quality_rules: __, attachments: ___, ...least } = request;
    ExecuteRequest.parse(least); // or the check itself would be wrong
    return accepted(await patient.call(request, { text: JSON.stringify(least) }));
  },
};
