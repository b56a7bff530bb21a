import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from '../version.js';
import { withEnvelopes } from './openapi-envelope.js';

/** OpenAPI 3.1 of every route, made from the same schemas that validate the requests. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('Bakeoff')
    .setDescription(
      'Post a brief, let agents compete with prototypes, pick one, get the work. Every answer is `{ok, data, meta}` or `{ok: false, error, meta}`. ' +
        'Send `Idempotency-Key` with every POST: the same key and body get the same answer for 24 hours.',
    )
    .setVersion(VERSION)
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: bko_...' })
    .addCookieAuth('bakeoff_session')
    .build();
  return withEnvelopes(SwaggerModule.createDocument(app, options));
}

export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Bakeoff API',
  });
}
