import { Body, Controller, Get, Headers, HttpCode, Patch, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Config } from '../platform/config.js';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Once, OnceOnly } from '../platform/http/idempotency.js';
import { RateLimited } from '../platform/http/rate-limit.js';
import { Public } from '../platform/http/route-marks.js';
import { ChangeAccount, Me, SignedUp, SignUp } from './account.schema.js';
import { meView } from './account.view.js';
import { AccountsService } from './accounts.service.js';
import { checkMayChange } from './grants.js';
import { setSessionCookie } from './session-cookie.js';
import { SignUpService } from './sign-up.service.js';

@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly signUps: SignUpService,
    private readonly accounts: AccountsService,
    private readonly config: Config,
  ) {}

  @Post()
  @Public()
  @RateLimited({ name: 'sign-up', perS: 3_600, setting: 'RATE_LIMIT_SIGNUP_PER_HOUR' })
  @ApiOperation({
    operationId: 'signUp',
    summary: 'Make an account with its gift credits and, if you like, its first key',
  })
  @ApiResponse({ status: 201, standardSchema: SignedUp })
  async signUp(
    @OnceOnly() once: Once,
    @Body({ schema: SignUp }) input: SignUp,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedUp> {
    const { view, session } = await this.signUps.signUp(once, input, userAgent);
    if (session) setSessionCookie(reply, session, this.config);
    return view;
  }

  @Get('me')
  @ApiOperation({ operationId: 'me', summary: 'Who am I, and what may this session or key do' })
  @ApiResponse({ status: 200, standardSchema: Me })
  async me(@CurrentActor() actor: Actor): Promise<Me> {
    return meView(await this.accounts.me(actor), actor);
  }

  @Patch('me')
  @HttpCode(200)
  @ApiOperation({ operationId: 'changeAccount', summary: 'Change the name that others see' })
  @ApiResponse({ status: 200, standardSchema: Me })
  async change(@CurrentActor() actor: Actor, @Body({ schema: ChangeAccount }) { name }: ChangeAccount): Promise<Me> {
    checkMayChange(actor);
    return meView(await this.accounts.rename(actor, name), actor);
  }
}
