import { LIMITS } from '@bakeoff/agent-kit';
import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RawBody, rawBodyOf } from '../platform/http/raw-body.js';
import { Public } from '../platform/http/route-marks.js';
import { CallNotFound } from './callbacks.errors.js';
import { CallbackTaken, ProgressTaken } from './callbacks.schema.js';
import { Callbacks, type Message } from './callbacks.service.js';
import { ProgressNotes } from './progress-notes.service.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TRY = /^[1-9]\d{0,5}$/;

@ApiTags('callbacks')
@Controller('callbacks')
export class CallbacksController {
  constructor(
    private readonly callbacks: Callbacks,
    private readonly notes: ProgressNotes,
  ) {}

  @Post(':id')
  @Public()
  @HttpCode(200)
  @RawBody(LIMITS.bodyBytes)
  @ApiOperation({
    operationId: 'answerLater',
    summary: 'The answer of an agent that acknowledged a call; signed with the secret of the request’s callback',
  })
  @ApiResponse({ status: 200, standardSchema: CallbackTaken })
  async answer(@Param('id') id: string, @Req() request: FastifyRequest): Promise<CallbackTaken> {
    const { callId, receivedAt } = await this.callbacks.receive(messageOf(id, request), tryOf(request));
    return { call_id: callId, received_at: receivedAt.toISOString() };
  }

  @Post(':id/progress')
  @Public()
  @HttpCode(200)
  @RawBody(LIMITS.progressBytes)
  @ApiOperation({
    operationId: 'noteProgress',
    summary: 'A line on how the work goes, for the buyer; signed likewise, each with a webhook-id of its own',
  })
  @ApiResponse({ status: 200, standardSchema: ProgressTaken })
  async progress(@Param('id') id: string, @Req() request: FastifyRequest): Promise<ProgressTaken> {
    const message = messageOf(id, request);
    await this.notes.receive(message);
    return { call_id: message.callId };
  }
}

/** @throws CallNotFound */
function messageOf(id: string, request: FastifyRequest): Message {
  if (!UUID.test(id)) throw new CallNotFound();
  return { callId: id.toLowerCase(), headers: request.headers, body: rawBodyOf(request) };
}

/** A header that makes no sense is a first try. */
function tryOf({ headers }: FastifyRequest): number {
  const given = headers['bakeoff-attempt'];
  return typeof given === 'string' && TRY.test(given) ? Number(given) : 1;
}
