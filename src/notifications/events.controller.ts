import { Controller, Get, Headers, Logger, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Db } from '../platform/database/db.js';
import { cursorText } from '../platform/events/cursor.js';
import type { Audience } from '../platform/events/event-log.js';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import type { Page } from '../platform/http/pagination.js';
import { Scopes } from '../platform/http/route-marks.js';
import { taskIdOf } from '../tasks/task-id.js';
import { TaskNotFound } from '../tasks/tasks.errors.js';
import { EventsQuery, EventView } from './event.schema.js';
import { EventFeed } from './event-feed.js';
import { wantsStream } from './frames.js';
import { OpenStreams } from './open-streams.js';
import { SseConnection } from './sse-connection.js';
import { buyerOf } from './task-owner.queries.js';

interface Ask {
  readonly actor: Actor;
  readonly audience: Audience;
  readonly query: EventsQuery;
  readonly headers: Record<string, string | undefined>;
  readonly reply: FastifyReply;
}

const DESCRIPTION =
  'With `Accept: text/event-stream` a stream of server-sent events that goes on from `Last-Event-ID` or `after`. ' +
  'Otherwise a page; ask again with `after=<meta.next_cursor>`, which is always there. 410: the cursor is older than what is kept.';

@ApiTags('events')
@ApiProduces('application/json', 'text/event-stream')
@Scopes('read')
@Controller()
export class EventsController {
  private readonly log = new Logger('events');

  constructor(
    private readonly db: Db,
    private readonly feed: EventFeed,
    private readonly streams: OpenStreams,
  ) {}

  @Get('events')
  @ApiOperation({ operationId: 'events', summary: 'What happens to all that is yours', description: DESCRIPTION })
  @ApiResponse({ status: 200, standardSchema: z.array(EventView) })
  async ofAccount(
    @CurrentActor() actor: Actor,
    @Query({ schema: EventsQuery }) query: EventsQuery,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<EventView> | undefined> {
    return this.answer({ actor, audience: { accountId: actor.accountId }, query, headers, reply });
  }

  @Get('tasks/:id/events')
  @ApiOperation({ operationId: 'taskEvents', summary: 'What happens to one of your tasks', description: DESCRIPTION })
  @ApiResponse({ status: 200, standardSchema: z.array(EventView) })
  async ofTask(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: EventsQuery }) query: EventsQuery,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<EventView> | undefined> {
    const taskId = taskIdOf(id);
    if ((await buyerOf(this.db, taskId)) !== actor.accountId) throw new TaskNotFound();
    return this.answer({ actor, audience: { accountId: actor.accountId, taskId }, query, headers, reply });
  }

  private async answer(ask: Ask): Promise<Page<EventView> | undefined> {
    if (wantsStream(ask.headers.accept)) return this.openStream(ask);
    const after = await this.feed.startOf(ask.query.after);
    const { limit, wait } = ask.query;
    if (wait === 0) return this.feed.page(ask.audience, after, limit);
    const place = this.streams.enter(ask.actor);
    const gone = new AbortController();
    ask.reply.raw.once('close', () => gone.abort());
    try {
      return await this.feed.nextPage(ask.audience, after, limit, wait, AbortSignal.any([place.ended, gone.signal]));
    } finally {
      place.leave();
      if (place.ended.aborted) void ask.reply.header('connection', 'close');
    }
  }

  /** Refuses while it still can with a proper answer; from then on the connection is ours and Nest sends nothing. */
  private async openStream({ actor, audience, query, headers, reply }: Ask): Promise<undefined> {
    // A browser that comes back sends its id with the address it began with: the id is the newer of the two.
    const after = await this.feed.startOf(headers['last-event-id'] || query.after);
    await this.feed.check(audience, after);
    const place = this.streams.enter(actor);
    reply.hijack();
    const reader = new SseConnection(reply.raw, reply.getHeaders(), cursorText(after));
    reader.onClose(() => place.leave());
    place.ended.addEventListener('abort', () => reader.end());
    this.feed.follow(audience, after, reader).catch((err) => {
      this.log.warn({ err, account_id: actor.accountId }, 'a stream broke off');
      reader.end();
    });
  }
}
