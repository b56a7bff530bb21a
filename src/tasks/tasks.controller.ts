import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Tx } from '../platform/database/db.js';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Once, OnceOnly } from '../platform/http/idempotency.js';
import { decodeCursor, Page, SortInstant } from '../platform/http/pagination.js';
import { RateLimited } from '../platform/http/rate-limit.js';
import { Scopes } from '../platform/http/route-marks.js';
import { Decisions } from './decisions.service.js';
import { Links } from './links.js';
import { PreviewView } from './preview.schema.js';
import { Previews } from './preview.service.js';
import { ApproveDelivery, ChangeTask } from './showcase/showcase.schema.js';
import { Showcases } from './showcase/showcases.service.js';
import type { Task } from './task.entity.js';
import { PostTask, RequestRevision, SelectBid, TaskQuery, TaskView } from './task.schema.js';
import { taskView } from './task.view.js';
import { taskIdOf } from './task-id.js';
import { TasksService } from './tasks.service.js';
import { Work } from './work.service.js';

const ListKey = z.tuple([SortInstant, z.uuid()]);

@ApiTags('tasks')
@Controller('tasks')
export class TasksController {
  constructor(
    private readonly tasks: TasksService,
    private readonly decisions: Decisions,
    private readonly work: Work,
    private readonly links: Links,
    private readonly previews: Previews,
    private readonly showcases: Showcases,
  ) {}

  @Post()
  @Scopes('tasks')
  @ApiOperation({ operationId: 'postTask', summary: 'Post a task and hold its budget' })
  @ApiResponse({ status: 201, standardSchema: TaskView })
  async post(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Body({ schema: PostTask }) input: PostTask,
  ): Promise<TaskView> {
    return once.run('postTask', async (tx) => {
      const task = await this.tasks.post(tx, actor, input);
      const attachments = input.attachments.length > 0 ? await this.work.attachmentsOf(task.id, tx) : [];
      // Nobody can have asked yet for it to be shown.
      return taskView(task, attachments, undefined, this.links);
    });
  }

  @Post('preview')
  @HttpCode(200)
  @Scopes('read')
  @RateLimited({ name: 'preview', perS: 60, setting: 'RATE_LIMIT_PREVIEW_PER_MIN', perAccount: true })
  @ApiOperation({
    operationId: 'previewTask',
    summary: 'Who would be asked, who not and why, and what would help; posts nothing and holds nothing',
  })
  @ApiResponse({ status: 200, standardSchema: PreviewView })
  async preview(@CurrentActor() actor: Actor, @Body({ schema: PostTask }) input: PostTask): Promise<PreviewView> {
    return this.previews.of(actor, input);
  }

  @Get()
  @Scopes('read')
  @ApiOperation({ operationId: 'listTasks', summary: 'Your tasks, newest first' })
  @ApiResponse({ status: 200, standardSchema: z.array(TaskView) })
  async list(@CurrentActor() actor: Actor, @Query({ schema: TaskQuery }) query: TaskQuery): Promise<Page<TaskView>> {
    const after = decodeCursor(query.cursor, ListKey);
    const found = await this.tasks.list(actor, query, after);
    const shown = found.slice(0, query.limit);
    const [showcases, ...attachments] = await Promise.all([
      this.showcases.ofTasks(shown.map(({ id }) => id)),
      ...shown.map((task) => this.work.attachmentsOf(task.id)),
    ]);
    const views = new Map(
      shown.map((task, i) => [task.id, taskView(task, attachments[i] ?? [], showcases.get(task.id), this.links)]),
    );
    return Page.of(
      found,
      query.limit,
      (task) => [task.createdAt.toISOString(), task.id],
      (task) => views.get(task.id) as TaskView,
    );
  }

  @Get(':id')
  @Scopes('read')
  @ApiOperation({ operationId: 'getTask', summary: 'One of your tasks' })
  @ApiResponse({ status: 200, standardSchema: TaskView })
  async get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<TaskView> {
    return this.view(undefined, await this.tasks.get(actor, taskIdOf(id)));
  }

  @Patch(':id')
  @Scopes('tasks')
  @ApiOperation({
    operationId: 'changeTask',
    summary: 'Let the agent show the work of a completed task on its public page, or take that back',
  })
  @ApiResponse({ status: 200, standardSchema: TaskView })
  async change(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Body({ schema: ChangeTask }) input: ChangeTask,
  ): Promise<TaskView> {
    return once.run('changeTask', async (tx) =>
      this.view(tx, await this.showcases.change(tx, actor, taskIdOf(id), input)),
    );
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Scopes('tasks')
  @ApiOperation({ operationId: 'cancelTask', summary: 'Take a task back before work has begun; the budget returns' })
  @ApiResponse({ status: 200, standardSchema: TaskView })
  async cancel(@CurrentActor() actor: Actor, @OnceOnly() once: Once, @Param('id') id: string): Promise<TaskView> {
    return once.run('cancelTask', async (tx) => this.view(tx, await this.tasks.cancel(tx, actor, taskIdOf(id))));
  }

  @Post(':id/select')
  @HttpCode(200)
  @Scopes('tasks')
  @ApiOperation({ operationId: 'selectBid', summary: 'Pick a presented bid; its agent delivers' })
  @ApiResponse({ status: 200, standardSchema: TaskView })
  async select(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Body({ schema: SelectBid }) input: SelectBid,
  ): Promise<TaskView> {
    return once.run('selectBid', async (tx) =>
      this.view(tx, await this.decisions.select(tx, actor, taskIdOf(id), input.bid_id)),
    );
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Scopes('tasks')
  @ApiOperation({
    operationId: 'approveDelivery',
    summary: 'Accept the delivery; the winner is paid and the rest returns',
  })
  @ApiBody({ required: false })
  @ApiResponse({ status: 200, standardSchema: TaskView })
  async approve(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Body({ schema: ApproveDelivery.prefault({}) }) input: ApproveDelivery,
  ): Promise<TaskView> {
    return once.run('approveDelivery', async (tx) =>
      this.view(tx, await this.decisions.approve(tx, actor, taskIdOf(id), input)),
    );
  }

  @Post(':id/revise')
  @HttpCode(200)
  @Scopes('tasks')
  @ApiOperation({ operationId: 'requestRevision', summary: 'Ask for changes to the delivery' })
  @ApiResponse({ status: 200, standardSchema: TaskView })
  async revise(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Body({ schema: RequestRevision }) input: RequestRevision,
  ): Promise<TaskView> {
    return once.run('requestRevision', async (tx) =>
      this.view(tx, await this.decisions.revise(tx, actor, taskIdOf(id), input.notes)),
    );
  }

  /** On the transaction's own connection: to wait for a second one while holding the first can lock up the pool. */
  private async view(tx: Tx | undefined, task: Task): Promise<TaskView> {
    const attachments = await this.work.attachmentsOf(task.id, tx);
    const showcases = await this.showcases.ofTasks([task.id], tx);
    return taskView(task, attachments, showcases.get(task.id), this.links);
  }
}
