import type { Check } from './check.js';
import { acknowledgement, callback, callbackAnswer, callbackOnce, callbackSignature } from './checks/async.js';
import { bigAttachment, expiredAttachment } from './checks/attachments.js';
import { badJson, errorBodies, hugeBody, method, otherShape } from './checks/bodies.js';
import { minorVersion, missingOptional, unknownFields } from './checks/fields.js';
import { healthAnswers, healthFitsRegistration } from './checks/health.js';
import { parallelCalls } from './checks/load.js';
import { cancelledCall, slowBody, slowReader } from './checks/network.js';
import { repeat, repeatAtOnce, replay } from './checks/repeats.js';
import {
  badSignature,
  clock,
  futureTimestamp,
  missingSignature,
  rawBody,
  rotation,
  staleTimestamp,
  tamperedBody,
} from './checks/signatures.js';
import { delivery, otherWork, price, prototype, revision, smallBudget } from './checks/work.js';

/** All that the doctor does, in this order: each check leaves the agent as it found it. */
export const CHECKS: readonly Check[] = [
  ...[healthAnswers, healthFitsRegistration, prototype],
  ...[acknowledgement, callback, callbackSignature, callbackAnswer, callbackOnce],
  ...[price, smallBudget, otherWork, delivery, revision],
  ...[missingSignature, badSignature, tamperedBody, staleTimestamp, futureTimestamp, clock, rotation, rawBody],
  ...[repeat, repeatAtOnce, replay, unknownFields, minorVersion, missingOptional],
  ...[bigAttachment, expiredAttachment, slowBody, slowReader, cancelledCall, parallelCalls],
  ...[method, badJson, otherShape, hugeBody, errorBodies],
];
