import { z } from 'zod';
import { FileNotFound, TaskNotFound } from './tasks.errors.js';

const Id = z.uuid();

/** What is no UUID is no task's id. @throws TaskNotFound */
export function taskIdOf(text: string): string {
  if (!Id.safeParse(text).success) throw new TaskNotFound();
  return text;
}

/** @throws FileNotFound */
export function fileIdOf(text: string): string {
  if (!Id.safeParse(text).success) throw new FileNotFound();
  return text;
}
