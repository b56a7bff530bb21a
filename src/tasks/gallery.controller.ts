import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { decodeCursor, Page, PageQuery, SortInstant } from '../platform/http/pagination.js';
import { Public, Scopes } from '../platform/http/route-marks.js';
import { agentIdOf } from '../registry/agent-id.js';
import { TriageView } from '../triage/triage.schema.js';
import { Triage } from '../triage/triage.service.js';
import { triageView } from '../triage/triage.view.js';
import { BidNotes } from './bid-notes.service.js';
import { BuyerRecords, BuyerRecordView } from './buyer-record.js';
import { Gallery } from './gallery.service.js';
import { BidNoteView, BidView, DeliveryView, GalleryView, SetBidNote } from './task.schema.js';
import { bidIdOf, buyerIdOf, taskIdOf } from './task-id.js';
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
    private readonly notes: BidNotes,
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

  @Put('tasks/:id/bids/:bid/note')
  @Scopes('tasks')
  @ApiOperation({
    operationId: 'setBidNote',
    summary: 'Write something down beside a presented bid, for yourself alone',
  })
  @ApiResponse({ status: 200, standardSchema: BidNoteView })
  async note(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('bid') bid: string,
    @Body({ schema: SetBidNote }) { text }: SetBidNote,
  ): Promise<BidNoteView> {
    return this.notes.set(actor, taskIdOf(id), bidIdOf(bid), text);
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
