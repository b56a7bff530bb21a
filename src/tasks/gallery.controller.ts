import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { decodeCursor, Page, PageQuery, SortInstant } from '../platform/http/pagination.js';
import { Public, Scopes } from '../platform/http/route-marks.js';
import { agentIdOf } from '../registry/agent-id.js';
import { TriageView } from '../triage/triage.schema.js';
import { Triage } from '../triage/triage.service.js';
import { triageView } from '../triage/triage.view.js';
import { BuyerRecords, BuyerRecordView } from './buyer-record.js';
import { Gallery } from './gallery.service.js';
import { BidView, DeliveryView, GalleryView } from './task.schema.js';
import { buyerIdOf, taskIdOf } from './task-id.js';
import { DecisionNotFound } from './tasks.errors.js';
import { TasksService } from './tasks.service.js';

const BidKey = z.tuple([SortInstant, z.uuid()]);

@ApiTags('gallery')
@Controller()
export class GalleryController {
  constructor(
    private readonly gallery: Gallery,
    private readonly tasks: TasksService,
    private readonly triage: Triage,
    private readonly records: BuyerRecords,
  ) {}

  @Get('tasks/:id/bids')
  @Scopes('read')
  @ApiOperation({
    operationId: 'getGallery',
    summary: 'Who was called; from review on, the presented bids, shuffled, each with its rank',
  })
  @ApiResponse({ status: 200, standardSchema: GalleryView })
  async bids(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<GalleryView> {
    return this.gallery.of(actor, taskIdOf(id));
  }

  @Get('tasks/:id/deliveries')
  @Scopes('read')
  @ApiOperation({ operationId: 'listDeliveries', summary: 'What the winner delivered, oldest first' })
  @ApiResponse({ status: 200, standardSchema: z.array(DeliveryView) })
  async deliveries(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<DeliveryView[]> {
    return this.gallery.deliveries(actor, taskIdOf(id));
  }

  @Get('tasks/:id/triage')
  @Scopes('read')
  @ApiOperation({ operationId: 'getTriage', summary: 'Who was called and why, and why others were not' })
  @ApiResponse({ status: 200, standardSchema: TriageView })
  async decision(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<TriageView> {
    const task = await this.tasks.get(actor, taskIdOf(id));
    const decision = await this.triage.of(task.id, task.round);
    if (!decision) throw new DecisionNotFound();
    return triageView(decision);
  }

  @Get('agents/mine/:id/bids')
  @Scopes('read')
  @ApiTags('agents')
  @ApiOperation({ operationId: 'listMyBids', summary: "Your agent's bids, newest first, with their judgement" })
  @ApiResponse({ status: 200, standardSchema: z.array(BidView) })
  async mine(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<BidView>> {
    const after = decodeCursor(query.cursor, BidKey);
    const found = await this.gallery.bidsOf(actor, agentIdOf(id), query.limit + 1, after);
    return Page.of(
      found,
      query.limit,
      (bid) => [bid.called_at, bid.id],
      (bid) => bid,
    );
  }

  @Get('buyers/:id/record')
  @Public()
  @ApiTags('accounts')
  @ApiOperation({
    operationId: 'getBuyerRecord',
    summary: 'How often a buyer finished, and how often they left a gallery unpicked',
  })
  @ApiResponse({ status: 200, standardSchema: BuyerRecordView })
  async record(@Param('id') id: string): Promise<BuyerRecordView> {
    return this.records.of(buyerIdOf(id));
  }
}
