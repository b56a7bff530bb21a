import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { eventPage } from './notifications/event-catalogue.view.js';
import { SystemClock } from './platform/clock.js';
import { Config, envExample } from './platform/config.js';
import { SecretBox } from './platform/crypto/secrets.js';
import { parseAllow } from './platform/egress/addresses.js';
import { Egress } from './platform/egress/egress.js';
import { openApiDocument } from './platform/http/openapi.js';
import { createApplication } from './platform/http/server.js';
import { FolderStorage } from './platform/storage/folder-storage.js';
import { taxonomyTable } from './registry/taxonomy-table.js';
import { lifecycleDiagram } from './tasks/lifecycle-diagram.js';

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

const START = '<!-- lifecycle: generated -->';
const END = '<!-- /lifecycle -->';

/** Every file of the repository that is made from code, as it should read now. */
export async function generated(read: (path: string) => Promise<string>): Promise<GeneratedFile[]> {
  const architecture = await read('docs/architecture.md');
  return [
    { path: '.env.example', text: envExample() },
    { path: 'openapi.json', text: `${JSON.stringify(await openApi(), null, 2)}\n` },
    { path: 'docs/taxonomy.md', text: taxonomyTable() },
    { path: 'docs/architecture.md', text: withDiagram(architecture) },
    { path: 'docs/build-an-agent/events.md', text: eventPage() },
  ];
}

/** The document of an application that is built and never started: no database is touched. */
async function openApi(): Promise<unknown> {
  const config = Config.fromEnvironment({ LOG_LEVEL: 'silent' });
  const runtime = {
    config,
    clock: new SystemClock(),
    dataSource: new DataSource({ type: 'postgres' }),
    secrets: SecretBox.parse(`none:${Buffer.alloc(32).toString('base64')}`),
    storage: new FolderStorage('unused'),
    egress: new Egress({ allow: parseAllow('') }),
  };
  return openApiDocument(await createApplication(AppModule.of(runtime), config));
}

function withDiagram(text: string): string {
  const [before, rest] = [text.indexOf(START), text.indexOf(END)];
  if (before < 0 || rest < before) throw new Error(`docs/architecture.md needs the lines "${START}" and "${END}".`);
  return `${text.slice(0, before)}${START}\n\`\`\`mermaid\n${lifecycleDiagram()}\`\`\`\n${text.slice(rest)}`;
}
