import { Injectable } from '@nestjs/common';

/** Where every part of the server reads the time, so that a test can hand over another. */
export abstract class Clock {
  abstract now(): Date;
}

@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
