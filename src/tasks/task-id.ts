import { z } from 'zod';
import { AccountNotFound } from '../accounts/accounts.errors.js';
import type { DomainError } from '../platform/http/errors.js';
import { BidNotFound, FileNotFound, ShowcaseNotFound, TaskNotFound } from './tasks.errors.js';

/** Ids are kept and compared in small letters, however they were sent. */
const Id = z.uuid().toLowerCase();

/** What is no UUID is no task's id. @throws TaskNotFound */
export function taskIdOf(text: string): string {
  return idOf(text, TaskNotFound);
}

/** @throws BidNotFound */
export function bidIdOf(text: string): string {
  return idOf(text, BidNotFound);
}

/** @throws FileNotFound */
export function fileIdOf(text: string): string {
  return idOf(text, FileNotFound);
}

/** Which of the files of a piece of work, from 0. @throws FileNotFound */
export function filePositionOf(text: string): number {
  if (!/^(0|[1-9]\d{0,3})$/.test(text)) throw new FileNotFound();
  return Number(text);
}

/** @throws ShowcaseNotFound */
export function showcaseIdOf(text: string): string {
  return idOf(text, ShowcaseNotFound);
}

/** @throws AccountNotFound */
export function buyerIdOf(text: string): string {
  return idOf(text, AccountNotFound);
}

function idOf(text: string, NotFound: new () => DomainError): string {
  const parsed = Id.safeParse(text);
  if (!parsed.success) throw new NotFound();
  return parsed.data;
}
