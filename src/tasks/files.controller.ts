import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Bare } from '../platform/http/envelope.js';
import { Once, OnceOnly } from '../platform/http/idempotency.js';
import { Public, Scopes } from '../platform/http/route-marks.js';
import type { LinkedFile } from '../platform/storage/linked-files.js';
import { FileMissing, Storage } from '../platform/storage/storage.js';
import { Attachments } from './attachments.service.js';
import { type FileKind, Links } from './links.js';
import { Showcases } from './showcase/showcases.service.js';
import { AttachmentView } from './task.schema.js';
import { attachmentView } from './task.view.js';
import { fileIdOf, filePositionOf } from './task-id.js';
import { uploadOf } from './upload.js';

const FILE = { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } };
/** A stranger's file opened in a browser runs nothing, loads nothing, sends nothing and stays in a world of its own; only our own pages frame it. */
const CONTAINED = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');
/** What a frame shows. Anything else is for saving, wherever it is asked for. */
const FRAMED: ReadonlySet<string> = new Set(['text/html', 'image/svg+xml']);

@ApiTags('files')
@Controller()
export class FilesController {
  constructor(
    private readonly attachments: Attachments,
    private readonly links: Links,
    private readonly storage: Storage,
    private readonly showcases: Showcases,
  ) {}

  @Post('attachments')
  @Scopes('tasks')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FILE })
  @ApiOperation({
    operationId: 'uploadAttachment',
    summary: 'Upload a file for the agents; name its id when you post a task',
  })
  @ApiResponse({ status: 201, standardSchema: AttachmentView })
  async upload(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Req() request: FastifyRequest,
  ): Promise<AttachmentView> {
    const ready = await this.attachments.receive(await uploadOf(request));
    const content = `${ready.file.hash} ${ready.name}`;
    return once.run(
      'uploadAttachment',
      async (tx) => attachmentView(await this.attachments.add(tx, actor, ready), this.links),
      content,
    );
  }

  @Get('files/attachments/:id')
  @Public()
  @Bare()
  @ApiProduces('application/octet-stream')
  @ApiOperation({ operationId: 'downloadAttachment', summary: 'An attachment, by its signed link' })
  async attachment(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send('attachments', id, request, reply);
  }

  @Get('files/artifacts/:id')
  @Public()
  @Bare()
  @ApiProduces('application/octet-stream')
  @ApiOperation({ operationId: 'downloadArtifact', summary: 'An artifact of a bid or a delivery, by its signed link' })
  async artifact(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send('artifacts', id, request, reply);
  }

  @Get('files/artifacts/:id/framed')
  @Public()
  @Bare()
  @ApiProduces('text/html', 'image/svg+xml')
  @ApiOperation({
    operationId: 'frameArtifact',
    summary:
      'HTML or SVG of an artifact for a sandboxed frame of the web app: its signed link with /framed after the id',
  })
  async framedArtifact(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame('artifacts', id, request, reply);
  }

  @Get('files/attachments/:id/framed')
  @Public()
  @Bare()
  @ApiProduces('text/html', 'image/svg+xml')
  @ApiOperation({
    operationId: 'frameAttachment',
    summary: 'HTML or SVG of an attachment for a frame, as for artifacts',
  })
  async framedAttachment(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame('attachments', id, request, reply);
  }

  @Get('files/showcases/:id/:position/framed')
  @Public()
  @Bare()
  @ApiProduces('text/html', 'image/svg+xml')
  @ApiOperation({ operationId: 'frameShown', summary: "HTML or SVG on an agent's public page for a frame" })
  async framedShown(
    @Param('id') id: string,
    @Param('position') position: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.showcases.file(fileIdOf(id), filePositionOf(position));
    await this.stream(file, { ...framedHeadersOf(file, request), 'cache-control': 'no-store' }, reply);
  }

  @Get('files/showcases/:id/:position')
  @Public()
  @Bare()
  @ApiProduces('application/octet-stream')
  @ApiOperation({
    operationId: 'downloadShown',
    summary: "A file on an agent's public page, for as long as its buyer lets it be shown",
  })
  async shown(@Param('id') id: string, @Param('position') position: string, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.showcases.file(fileIdOf(id), filePositionOf(position));
    // No copy stays behind when the buyer takes it back.
    await this.stream(file, { 'cache-control': 'no-store' }, reply);
  }

  private async send(kind: FileKind, id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.links.check(request.url);
    await this.stream(await this.attachments.find(kind, fileIdOf(id)), {}, reply);
  }

  /** The signature is that of the file's own link. */
  private async frame(kind: FileKind, id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.links.check(request.url.replace('/framed?', '?'));
    const file = await this.attachments.find(kind, fileIdOf(id));
    await this.stream(file, framedHeadersOf(file, request), reply);
  }

  private async stream(file: LinkedFile, more: Record<string, string>, reply: FastifyReply): Promise<void> {
    if (!(await this.storage.head(file.hash))) throw new FileMissing();
    void reply.headers({ ...headersOf(file), ...more }).send(this.storage.open(file.hash));
    await reply;
  }
}

function headersOf({ name, mediaType, size, hash }: LinkedFile): Record<string, string | number> {
  return {
    'content-type': mediaType,
    'content-length': size,
    'content-disposition': `attachment; filename*=UTF-8''${encoded(name)}`,
    'content-security-policy': CONTAINED,
    'cross-origin-resource-policy': 'same-site',
    'x-dns-prefetch-control': 'off',
    'cache-control': 'private, max-age=3600, immutable',
    etag: `"${hash}"`,
  };
}

/**
 * A page of a stranger's never stands alone under our address: a browser that says it opens it outside of a frame saves it. What was
 * taken as text is UTF-8, whatever its own words say.
 */
function framedHeadersOf({ mediaType }: LinkedFile, { headers }: FastifyRequest): Record<string, string> {
  const opener = headers['sec-fetch-dest'];
  if (!FRAMED.has(mediaType) || (opener !== undefined && opener !== 'iframe')) return { vary: 'sec-fetch-dest' };
  return { 'content-type': `${mediaType}; charset=utf-8`, 'content-disposition': 'inline', vary: 'sec-fetch-dest' };
}

/** By RFC 8187, which allows fewer characters than a URL does. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
