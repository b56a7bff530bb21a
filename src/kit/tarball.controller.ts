import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Bare } from '../platform/http/envelope.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { Public } from '../platform/http/route-marks.js';
import { KitVersionGone } from './kit.errors.js';
import { packed, type Tarball } from './tarball.js';

const YEAR_S = 31_536_000;

/** The kit for npm: `npx ORIGIN/agent-kit.tgz new DIR`. */
@ApiTags('practice')
@Controller()
export class TarballController {
  private served: { readonly origin: string; readonly tarball: Promise<Tarball> } | null = null;

  constructor(private readonly address: PublicAddress) {}

  @Get('agent-kit.tgz')
  @Public()
  @Bare()
  @ApiProduces('application/gzip')
  @ApiOperation({
    operationId: 'downloadAgentKit',
    summary: "The agent builder's kit and command line as an npm package, today's; Content-Location is the name to pin",
  })
  async latest(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tarball = await this.tarball();
    await send(tarball, request, reply.headers({ 'cache-control': 'no-cache', 'content-location': tarball.path }));
  }

  @Get('agent-kit-:version')
  @Public()
  @Bare()
  @ApiProduces('application/gzip')
  @ApiOperation({
    operationId: 'downloadPinnedAgentKit',
    summary: 'The same under a name that never means other bytes',
  })
  async pinned(
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const tarball = await this.tarball();
    if (tarball.path !== `/agent-kit-${version}`) throw new KitVersionGone(`${this.address.url}${tarball.path}`);
    await send(tarball, request, reply.headers({ 'cache-control': `public, max-age=${YEAR_S}, immutable` }));
  }

  /** Packed when somebody asks for the first time: only then is the origin of every server known. */
  private tarball(): Promise<Tarball> {
    const origin = this.address.url;
    if (this.served?.origin !== origin) this.served = { origin, tarball: packed(origin) };
    return this.served.tarball;
  }
}

async function send({ path, bytes }: Tarball, { headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const etag = `"${path.slice(1)}"`;
  void reply.headers({ etag, 'content-type': 'application/gzip' });
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(etag)) await reply.status(304).send();
  else await reply.send(bytes);
}
