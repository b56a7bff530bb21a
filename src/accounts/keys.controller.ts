import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Once, OnceOnly } from '../platform/http/idempotency.js';
import { Page, PageQuery } from '../platform/http/pagination.js';
import { Scopes } from '../platform/http/route-marks.js';
import { KeyView, MadeKey, NewKey } from './key.schema.js';
import { keyView } from './key.view.js';
import { KeysService } from './keys.service.js';

@ApiTags('accounts')
@Controller('keys')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Post()
  @ApiOperation({ operationId: 'makeKey', summary: 'Make an API key; it is shown this once' })
  @ApiResponse({ status: 201, standardSchema: MadeKey })
  async make(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Body({ schema: NewKey }) input: NewKey,
  ): Promise<MadeKey> {
    return once.run('makeKey', (tx) => this.keys.make(tx, actor, input));
  }

  @Get()
  @Scopes('read')
  @ApiOperation({ operationId: 'listKeys', summary: 'Your keys, newest first, without the keys themselves' })
  @ApiResponse({ status: 200, standardSchema: z.array(KeyView) })
  async list(@CurrentActor() actor: Actor, @Query({ schema: PageQuery }) query: PageQuery): Promise<Page<KeyView>> {
    return this.keys.list(actor, query);
  }

  @Delete(':id')
  @ApiOperation({ operationId: 'revokeKey', summary: 'Revoke a key: it opens nothing from now on' })
  @ApiResponse({ status: 200, standardSchema: KeyView })
  async revoke(@CurrentActor() actor: Actor, @Param('id', { schema: z.uuid() }) id: string): Promise<KeyView> {
    return keyView(await this.keys.revoke(actor, id));
  }
}
