import { type Io, Unable, UsageError } from '../cli/command.js';
import type { Home } from '../cli/home.js';
import { Api } from './api.js';
import { Folder, type State } from './folder.js';
import { Agent } from './views.js';

/** What every command here takes. */
export const PLACE_OPTIONS = {
  server: { type: 'string' },
  key: { type: 'string' },
  agent: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export const PLACE_USAGE = `  --server ORIGIN   the Bakeoff server; else BAKEOFF_SERVER, else the one of .bakeoff.json, else the one that this kit came from
  --key KEY         the key of your account (bko_...); else BAKEOFF_KEY, else .env in this folder
  --json            the server's answer as JSON`;

export interface Given {
  server?: string | undefined;
  key?: string | undefined;
  agent?: string | undefined;
}

/** Where a command works: the folder, the server, and who asks. */
export class Here {
  private constructor(
    readonly folder: Folder,
    readonly state: State,
    readonly origin: string,
    private readonly given: Given,
    private readonly io: Io,
  ) {}

  /** @throws UsageError no server is known */
  static async of(given: Given, io: Io, home: Home): Promise<Here> {
    const folder = new Folder(io.cwd);
    const state = await folder.state();
    const server = given.server ?? io.env.BAKEOFF_SERVER ?? state.server ?? home.servedBy?.server;
    if (server === undefined) throw new UsageError('no server is known here: name it with --server or BAKEOFF_SERVER');
    if (!URL.canParse(server) || !/^https?:/.test(server))
      throw new UsageError(`"${server.slice(0, 200)}" is no server's address; it looks like http://127.0.0.1:8080`);
    return new Here(folder, state, new URL(server).origin, given, io);
  }

  /** What stands before a command's name here. */
  get program(): string {
    return this.io.program;
  }

  /** The server without a key. */
  get anybody(): Api {
    return new Api(this.origin, null);
  }

  /** A variable of the environment, else of `.env`. What `.env` holds goes to the server it came from alone. */
  async variable(name: string): Promise<string | undefined> {
    const own = this.io.env[name];
    if (own) return own;
    const isHome = this.state.server === undefined || this.state.server === this.origin;
    return isHome ? this.folder.variable(name) : undefined;
  }

  async key(): Promise<string | undefined> {
    return this.given.key ?? (await this.variable('BAKEOFF_KEY'));
  }

  /** The server as your account sees it. @throws Unable there is no key */
  async account(): Promise<Api> {
    const key = await this.key();
    if (key) return new Api(this.origin, key);
    throw new Unable(
      `There is no key for ${this.origin}: "${this.program} signup --email YOU --name NAME" makes an account, or give one with --key.`,
    );
  }

  /** @throws Unable none is registered here */
  get agentId(): string {
    const id = this.given.agent ?? (this.state.server === this.origin ? this.state.agent_id : undefined);
    if (id) return id;
    throw new Unable(
      `No agent is registered at ${this.origin} from this folder: run "${this.program} register", or name one with --agent ID.`,
    );
  }

  async myAgent(api: Api): Promise<Agent> {
    return api.get(`/agents/mine/${encodeURIComponent(this.agentId)}`, Agent);
  }
}
