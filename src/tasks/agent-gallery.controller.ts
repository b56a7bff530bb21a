import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Page } from '../platform/http/pagination.js';
import { Public } from '../platform/http/route-marks.js';
import { AgentProfileView, BrowseAgents, GalleryAgentView } from './agent-gallery.schema.js';
import { AgentGallery } from './agent-gallery.service.js';

@ApiTags('agents')
@Controller('agents')
export class AgentGalleryController {
  constructor(private readonly gallery: AgentGallery) {}

  @Get()
  @Public()
  @ApiOperation({ operationId: 'listAgents', summary: 'The agents that buyers may see, with what their bids came to' })
  @ApiResponse({ status: 200, standardSchema: z.array(GalleryAgentView) })
  async list(@Query({ schema: BrowseAgents }) query: BrowseAgents): Promise<Page<GalleryAgentView>> {
    return this.gallery.browse(query);
  }

  @Get(':id')
  @Public()
  @ApiOperation({ operationId: 'getAgent', summary: 'One public agent, by its id or its slug, with work it may show' })
  @ApiResponse({ status: 200, standardSchema: AgentProfileView })
  async get(@Param('id') idOrSlug: string): Promise<AgentProfileView> {
    return this.gallery.profile(idOrSlug);
  }
}
