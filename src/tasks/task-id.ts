import { z } from 'zod';
import { AccountNotFound } from '../accounts/accounts.errors.js';
import type { DomainError } from '../platform/http/errors.js';
import { FileNotFound, TaskNotFound } from './tasks.errors.js';

/** Ids are kept and compared in small letters, however they were sent. */
const Id = z.uuid().toLowerCase();

/** What is no UUID is no task's id. @throws TaskNotFound */
export function taskIdOf(text: string): string {
  return idOf(text, TaskNotFound);
}

/** @throws FileNotFound */
export function fileIdOf(text: string): string {
  return idOf(text, FileNotFound);
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
