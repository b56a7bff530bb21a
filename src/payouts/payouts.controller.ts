import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { decodeCursor, Page, PageQuery } from '../platform/http/pagination.js';
import { Scopes } from '../platform/http/route-marks.js';
import { Audit } from './audit.service.js';
import { Ledger } from './ledger.service.js';
import { AuditView, StatementLineView, WalletView } from './wallet.schema.js';
import { auditView, statementLineView, walletView } from './wallet.view.js';

/** A ledger entry's id: a whole number of 64 bits. */
const StatementKey = z.tuple([
  z
    .string()
    .regex(/^\d{1,19}$/)
    .refine((id) => BigInt(id) < 2n ** 63n),
]);

@ApiTags('wallet')
@Controller()
export class PayoutsController {
  constructor(
    private readonly ledger: Ledger,
    private readonly audits: Audit,
  ) {}

  @Get('wallet')
  @Scopes('read')
  @ApiOperation({ operationId: 'getWallet', summary: 'What you can spend and what your open tasks hold' })
  @ApiResponse({ status: 200, standardSchema: WalletView })
  async wallet(@CurrentActor() actor: Actor): Promise<WalletView> {
    return walletView(await this.ledger.balance(actor.accountId));
  }

  @Get('wallet/statement')
  @Scopes('read')
  @ApiOperation({ operationId: 'getStatement', summary: 'What came in and went out, newest first' })
  @ApiResponse({ status: 200, standardSchema: z.array(StatementLineView) })
  async statement(
    @CurrentActor() actor: Actor,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<StatementLineView>> {
    const [before] = decodeCursor(query.cursor, StatementKey) ?? [null];
    const lines = await this.ledger.statement(actor.accountId, { before, limit: query.limit + 1 });
    return Page.of(lines, query.limit, (line) => [line.id], statementLineView);
  }

  @Get('admin/ledger/audit')
  @Scopes('admin')
  @ApiOperation({ operationId: 'auditLedger', summary: 'Recompute every balance and the whole sum from the entries' })
  @ApiResponse({ status: 200, standardSchema: AuditView })
  async audit(): Promise<AuditView> {
    return auditView(await this.audits.run());
  }
}
