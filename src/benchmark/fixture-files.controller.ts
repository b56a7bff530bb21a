import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Db } from '../platform/database/db.js';
import { Bare } from '../platform/http/envelope.js';
import { Public } from '../platform/http/route-marks.js';
import { taskType } from '../registry/taxonomy.js';
import { BenchmarkCase } from './benchmark.entity.js';
import { FixtureFileNotFound } from './benchmark.errors.js';
import { FixtureLinks } from './fixture-links.js';
import { fixtureFiles } from './fixture-task.js';

const Place = z.object({ caseId: z.uuid(), index: z.coerce.number().int().min(0) });

/** The attachments of fixtures, which live in the taxonomy and in no storage. */
@ApiTags('files')
@Controller('benchmark-files')
export class FixtureFilesController {
  constructor(
    private readonly db: Db,
    private readonly links: FixtureLinks,
  ) {}

  @Get(':caseId/:index')
  @Public()
  @Bare()
  @ApiProduces('application/octet-stream')
  @ApiOperation({
    operationId: 'downloadFixtureFile',
    summary: 'A file of a benchmark task, by the signed link in its request',
  })
  async file(
    @Param('caseId') caseId: string,
    @Param('index') index: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.links.check(request.url);
    const place = Place.safeParse({ caseId, index });
    const found = place.success
      ? await this.db.dataSource.manager.findOneBy(BenchmarkCase, { id: place.data.caseId })
      : null;
    const type = found && taskType(found.taskType);
    const file = place.success && type ? fixtureFiles(type)[place.data.index] : undefined;
    if (!file) throw new FixtureFileNotFound();
    await reply
      .headers({
        'content-type': file.mediaType,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'cache-control': 'private, max-age=3600, immutable',
      })
      .send(Buffer.from(file.bytes));
  }
}
