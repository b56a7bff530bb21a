import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Config, settingsInForce } from './config.js';
import { Scopes } from './http/route-marks.js';
import { VERSION } from './version.js';

const Value = z.union([z.string(), z.number(), z.boolean()]).nullable();

const SettingView = z
  .object({
    name: z.string(),
    value: Value.describe('As it is in force; null: not set. Of a secret only `set`.'),
    default: Value,
    doc: z.string(),
    secret: z.boolean(),
    changed: z
      .boolean()
      .describe('It is not the default. The server fills in `DATABASE_URL` for a PostgreSQL of its own.'),
  })
  .meta({ id: 'Setting' });

const SettingsView = z
  .object({
    version: z.string().describe('Of the server.'),
    settings: z.array(SettingView).describe('In the order of `.env.example`.'),
  })
  .meta({ id: 'Settings' });
type SettingsView = z.infer<typeof SettingsView>;

@ApiTags('admin')
@Scopes('admin')
@Controller('admin/settings')
export class SettingsController {
  constructor(private readonly config: Config) {}

  @Get()
  @ApiOperation({
    operationId: 'getSettings',
    summary: 'Every setting as it is in force in the process that answers, without secrets',
  })
  @ApiResponse({ status: 200, standardSchema: SettingsView })
  list(): SettingsView {
    return { version: VERSION, settings: settingsInForce(this.config) };
  }
}
