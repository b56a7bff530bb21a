import { delimiter, dirname } from 'node:path';

/** A shell's environment: with the machine's registry and certificates, and nothing of the npm and vitest that run this. */
export function shellEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const isOurs = (name: string) => /^(?:npm_|VITEST|NODE_(?:ENV|OPTIONS|PATH)$)/.test(name);
  const isTheirs = (name: string) => /^npm_config_(?:registry|cafile|ca|userconfig|https?_proxy|noproxy)$/.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isOurs(name) || isTheirs(name)));
}

/** The same, where `node` is the one that runs this. */
export function shellWithNode(): NodeJS.ProcessEnv {
  const env = shellEnvironment();
  return { ...env, PATH: `${dirname(process.execPath)}${delimiter}${env.PATH ?? ''}` };
}
