import { Body, Controller, Delete, Headers, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Config } from '../platform/config.js';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Once, OnceOnly } from '../platform/http/idempotency.js';
import { RateLimited } from '../platform/http/rate-limit.js';
import { Public } from '../platform/http/route-marks.js';
import { SignedIn, SignIn } from './account.schema.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('accounts')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  @Post()
  @Public()
  @RateLimited({ name: 'sign-in', perS: 60, setting: 'RATE_LIMIT_SIGN_IN_PER_MIN', also: emailOf })
  @ApiOperation({ operationId: 'signIn', summary: 'Sign a browser in: sets the session cookie' })
  @ApiResponse({ status: 201, standardSchema: SignedIn })
  async signIn(
    @OnceOnly() once: Once,
    @Body({ schema: SignIn }) input: SignIn,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const { view, session } = await this.sessions.signIn(once, input, userAgent);
    setSessionCookie(reply, session, this.config);
    return view;
  }

  @Delete('current')
  @ApiOperation({ operationId: 'signOut', summary: 'Sign this browser out' })
  @ApiResponse({ status: 200 })
  async signOut(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<null> {
    await this.sessions.end(actor);
    clearSessionCookie(reply, this.config);
    return null;
  }
}

/** The address that somebody tries: one account is not guessed at from many places at once. */
function emailOf(body: unknown): string | null {
  const parsed = SignIn.shape.email.safeParse(typeof body === 'object' && body && 'email' in body ? body.email : null);
  return parsed.success ? parsed.data : null;
}
