import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Config } from '../../platform/config.js';
import { type Actor, CurrentActor } from '../../platform/http/actor.js';
import { Once, OnceOnly } from '../../platform/http/idempotency.js';
import { Public, Scopes } from '../../platform/http/route-marks.js';
import { NewSecret, RotateSecret } from '../../registry/agent.schema.js';
import { newSecretView } from '../../registry/agent.view.js';
import { eventTypeViews } from '../event-catalogue.view.js';
import { EventTypeView, MadeWebhook, NewWebhook, UpdateWebhook, WebhookView } from './webhook.schema.js';
import { madeView, webhookView } from './webhook.view.js';
import type { WebhookRow } from './webhooks.queries.js';
import { WebhooksService } from './webhooks.service.js';

const Id = z.uuid();

@ApiTags('webhooks')
@Scopes('read')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly config: Config,
  ) {}

  @Get('event-types')
  @Public()
  @ApiOperation({ operationId: 'listEventTypes', summary: 'The types of events, to whom they go and what they carry' })
  @ApiResponse({ status: 200, standardSchema: z.array(EventTypeView) })
  eventTypes(): EventTypeView[] {
    return eventTypeViews();
  }

  @Post()
  @ApiOperation({
    operationId: 'makeWebhook',
    summary: 'Have events sent to an address of yours; the secret is shown this once',
    description: 'Signed by the Standard Webhooks scheme. Needs a key that may more than read, or a session.',
  })
  @ApiResponse({ status: 201, standardSchema: MadeWebhook })
  async make(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Body({ schema: NewWebhook }) input: NewWebhook,
  ): Promise<MadeWebhook> {
    return once.run('makeWebhook', async (tx) => {
      const { webhook, secret } = await this.webhooks.make(tx, actor, input);
      return madeView(webhook, secret, this.config.WEBHOOK_DISABLE_DAYS);
    });
  }

  @Get()
  @ApiOperation({ operationId: 'listWebhooks', summary: 'Your webhooks, newest first, with how they do' })
  @ApiResponse({ status: 200, standardSchema: z.array(WebhookView) })
  async list(@CurrentActor() actor: Actor): Promise<WebhookView[]> {
    return (await this.webhooks.list(actor)).map((webhook) => this.view(webhook));
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getWebhook', summary: 'One webhook' })
  @ApiResponse({ status: 200, standardSchema: WebhookView })
  async get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<WebhookView> {
    return this.view(await this.webhooks.get(actor, id));
  }

  @Patch(':id')
  @ApiOperation({ operationId: 'updateWebhook', summary: 'Change a webhook, or switch it off or on' })
  @ApiResponse({ status: 200, standardSchema: WebhookView })
  async update(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateWebhook }) changes: UpdateWebhook,
  ): Promise<WebhookView> {
    return once.run('updateWebhook', async (tx) => this.view(await this.webhooks.update(tx, actor, id, changes)));
  }

  @Delete(':id')
  @ApiOperation({ operationId: 'deleteWebhook', summary: 'Delete a webhook with its log' })
  @ApiResponse({ status: 200, standardSchema: WebhookView })
  async remove(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<WebhookView> {
    return this.view(await this.webhooks.remove(actor, id));
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'rotateWebhookSecret',
    summary: 'Make a new secret, shown this once; the old one signs beside it for a while',
  })
  @ApiResponse({ status: 200, standardSchema: NewSecret })
  async rotateSecret(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RotateSecret }) input: RotateSecret,
  ): Promise<NewSecret> {
    return once.run('rotateWebhookSecret', async (tx) =>
      newSecretView(await this.webhooks.rotateSecret(tx, actor, id, input.overlap_hours)),
    );
  }

  private view(webhook: WebhookRow): WebhookView {
    return webhookView(webhook, this.config.WEBHOOK_DISABLE_DAYS);
  }
}
