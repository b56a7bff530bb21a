import { randomUUID } from 'node:crypto';
import { pastWork } from '../../caller/request.js';
import { inWords, seenOf } from '../../caller/seen.js';
import { type Check, failed, passed, skipped, warned } from '../check.js';
import { accepted } from '../expect.js';

export const prototype: Check = {
  key: 'prototype',
  title: 'a signed prototype call is answered with work, or politely declined',
  fix: 'Verify the signature over the raw bytes with the secret given here, then answer 200 with {"artifacts": [...]}, or {"declined": {"reason": "..."}} for what the agent does not do.',
  docs: 'docs/contract.md#the-answer',
  async run(patient) {
    const request = patient.request();
    const came = await patient.call(request);
    patient.first = { request, came };
    const seen = seenOf(came);
    if (seen.kind !== 'declined') return accepted(came);
    const fix = 'Give it something that it works on, with --task-type or --brief; now only its manners were seen.';
    return { ...warned(inWords(came)), fix };
  },
};

export const price: Check = {
  key: 'price',
  title: 'the price is a whole number from the minimum to the budget',
  fix: 'Leave "price" out (it is then the budget) or send whole credits, at least the registered min_price and at most budget.amount.',
  docs: 'docs/contract.md#the-answer',
  needs: 'answered',
  async run(patient) {
    const asked = patient.bid()?.price;
    if (asked === undefined || asked === null) return passed('no price: the budget counts');
    const { amount } = patient.brief.budget;
    const min = patient.profile?.min_price ?? 1;
    const isFit = typeof asked === 'number' && Number.isInteger(asked) && asked >= min && asked <= amount;
    const words = `price ${JSON.stringify(asked)}, budget ${amount}${min > 1 ? `, registered minimum ${min}` : ''}`;
    return isFit ? passed(words) : failed(words);
  },
};

export const smallBudget: Check = {
  key: 'small-budget',
  title: 'a budget of 1 credit is declined or kept to',
  fix: 'Compare your price with budget.amount of each request, and decline when it is too small.',
  docs: 'docs/contract.md#saying-no',
  needs: 'taken',
  async run(patient) {
    const came = await patient.call(patient.request({ budget: { amount: 1, currency: 'credits' } }));
    const seen = seenOf(came);
    if (seen.kind !== 'answered') return accepted(came);
    const { price: asked } = seen.answer;
    return asked === undefined || asked === 1 ? passed(inWords(came)) : failed(`${inWords(came)}, of a budget of 1`);
  },
};

export const otherWork: Check = {
  key: 'other-task-type',
  title: 'a task type that the agent does not know is declined, not failed',
  fix: 'Look at task_type first, and answer {"declined": {"reason": "..."}} for what you do not do.',
  docs: 'docs/contract.md#saying-no',
  needs: 'taken',
  async run(patient) {
    const changes = { category: 'unheard-of', task_type: 'never-heard-of-it', requirements: {}, attachments: [] };
    return accepted(await patient.call(patient.request({ ...changes, title: 'Something new', description: 'Do it.' })));
  },
};

export const delivery: Check = {
  key: 'delivery',
  title: 'the delivery of a bid that was picked is answered with work',
  fix: 'Answer phase "delivery" with the finished artifacts, whole; "prototype" holds the bid that was picked.',
  docs: 'docs/contract.md#the-request',
  needs: 'answered',
  async run(patient) {
    const bid = patient.bid();
    if (!bid || !patient.first) return skipped('there is no bid to pick');
    const { budget, task_id } = patient.first.request;
    const picked = { ...pastWork(bid), price: Number.isInteger(bid.price) ? Number(bid.price) : budget.amount };
    return delivered(await patient.call(patient.request({ phase: 'delivery', task_id, prototype: picked })));
  },
};

export const revision: Check = {
  key: 'revision',
  title: 'a revision is answered with the whole work again',
  fix: 'When "revision" is there, change "revision.previous" by "revision.notes" and send all artifacts; say in "message" what you could not do.',
  docs: 'docs/contract.md#the-request',
  needs: 'answered',
  async run(patient) {
    const bid = patient.bid();
    if (!bid) return skipped('there is no work to revise');
    const previous = pastWork(bid);
    const picked = { ...previous, price: patient.brief.budget.amount };
    const notes = 'Please look at it once more, and improve what you can.';
    const changes = { prototype: picked, revision: { number: 1, notes, previous }, task_id: randomUUID() };
    return delivered(await patient.call(patient.request({ phase: 'delivery', ...changes })));
  },
};

function delivered(came: Parameters<typeof seenOf>[0]) {
  return seenOf(came).kind === 'declined' ? failed(`${inWords(came)}: a bid is a promise`) : accepted(came);
}
