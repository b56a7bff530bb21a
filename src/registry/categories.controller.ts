import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../platform/http/route-marks.js';
import { CategoryView, TaskTypeView } from './category.schema.js';
import { categoryViews, taskTypeView } from './category.view.js';
import { categoryOf, checkCategory } from './known-task-types.js';

/** The taxonomy changes with a new version of the server alone. */
const CACHE_CONTROL = 'public, max-age=300';

@ApiTags('categories')
@Public()
@Controller('categories')
export class CategoriesController {
  @Get()
  @ApiOperation({ operationId: 'listCategories', summary: 'The kinds of work, with their task types' })
  @ApiResponse({ status: 200, standardSchema: z.array(CategoryView) })
  @ApiResponse({ status: 304, description: 'As it was: `If-None-Match` named the current `ETag`.' })
  list(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): CategoryView[] | undefined {
    return unlessKnown(categoryViews(), known, reply);
  }

  @Get(':slug/task-types/:type')
  @ApiOperation({
    operationId: 'getTaskType',
    summary: 'One task type: what a brief says, what is checked, how it is judged',
  })
  @ApiResponse({ status: 200, standardSchema: TaskTypeView })
  @ApiResponse({ status: 304, description: 'As it was: `If-None-Match` named the current `ETag`.' })
  taskType(
    @Param('slug') category: string,
    @Param('type') type: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): TaskTypeView | undefined {
    checkCategory(category, 'not_found');
    categoryOf(type, category, 'not_found');
    return unlessKnown(taskTypeView(category, type), known, reply);
  }
}

/** The answer, or nothing with a 304. The ETag is weak: the envelope around the data differs each time. */
function unlessKnown<T>(data: T, known: string | undefined, reply: FastifyReply): T | undefined {
  const etag = `W/"${createHash('sha256').update(JSON.stringify(data)).digest('base64url').slice(0, 22)}"`;
  void reply.header('etag', etag).header('cache-control', CACHE_CONTROL);
  if (!known?.split(',').some((tag) => tag.trim() === etag || tag.trim() === '*')) return data;
  void reply.status(304);
  return undefined;
}
