import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../../platform/http/actor.js';
import { Once, OnceOnly } from '../../platform/http/idempotency.js';
import type { Page } from '../../platform/http/pagination.js';
import { Scopes } from '../../platform/http/route-marks.js';
import { DeliveryLog } from './delivery-log.service.js';
import {
  ListDeliveries,
  Redelivered,
  RedeliverFailed,
  WebhookDeliveryDetail,
  WebhookDeliveryView,
} from './webhook.schema.js';

const Id = z.uuid();

@ApiTags('webhooks')
@Scopes('read')
@Controller('webhooks/:id')
export class DeliveryLogController {
  constructor(private readonly log: DeliveryLog) {}

  @Post('test')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'testWebhook',
    summary: 'Send a webhook.ping; what came of it shows in the delivery that is answered here',
  })
  @ApiResponse({ status: 202, standardSchema: WebhookDeliveryView })
  async test(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id', { schema: Id }) id: string,
  ): Promise<WebhookDeliveryView> {
    return once.run('testWebhook', (tx) => this.log.ping(tx, actor, id));
  }

  @Get('deliveries')
  @ApiOperation({ operationId: 'listWebhookDeliveries', summary: 'What was sent to a webhook, newest first' })
  @ApiResponse({ status: 200, standardSchema: z.array(WebhookDeliveryView) })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ListDeliveries }) query: ListDeliveries,
  ): Promise<Page<WebhookDeliveryView>> {
    return this.log.page(actor, id, query);
  }

  @Get('deliveries/:delivery')
  @ApiOperation({
    operationId: 'getWebhookDelivery',
    summary: 'One delivery: the bytes that are sent, and every attempt with its headers, answer and times',
  })
  @ApiResponse({ status: 200, standardSchema: WebhookDeliveryDetail })
  async one(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Param('delivery', { schema: Id }) delivery: string,
  ): Promise<WebhookDeliveryDetail> {
    return this.log.one(actor, id, delivery);
  }

  @Post('deliveries/:delivery/redeliver')
  @HttpCode(202)
  @ApiOperation({ operationId: 'redeliverWebhook', summary: 'Send a delivery again, with the same id and body' })
  @ApiResponse({ status: 202, standardSchema: WebhookDeliveryView })
  async redeliver(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id', { schema: Id }) id: string,
    @Param('delivery', { schema: Id }) delivery: string,
  ): Promise<WebhookDeliveryView> {
    return once.run('redeliverWebhook', (tx) => this.log.redeliver(tx, actor, id, delivery));
  }

  @Post('redeliver-failed')
  @HttpCode(202)
  @ApiOperation({ operationId: 'redeliverFailed', summary: 'Send again all that failed since a moment' })
  @ApiResponse({ status: 202, standardSchema: Redelivered })
  async redeliverFailed(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RedeliverFailed }) { since }: RedeliverFailed,
  ): Promise<Redelivered> {
    return once.run('redeliverFailed', (tx) => this.log.redeliverFailed(tx, actor, id, new Date(since)));
  }
}
