import 'reflect-metadata';
import { makeAdmin } from './accounts/make-admin.js';
import { ENTITIES, SCHEMA } from './migrations.js';
import { Config } from './platform/config.js';
import { Db } from './platform/database/db.js';
import { explained } from './platform/for-operator.js';
import { openRuntime } from './platform/runtime.js';

const USAGE = 'Usage: npm run admin -- make-admin EMAIL';

/** Commands of whoever runs the server, on the database that the environment names. */
async function main([command, email, ...rest]: readonly string[]): Promise<number> {
  if (command !== 'make-admin' || !email || rest.length > 0) {
    console.error(USAGE);
    return 1;
  }
  const { runtime, close } = await openRuntime(Config.fromEnvironment(process.env), SCHEMA, ENTITIES);
  try {
    const isFound = await makeAdmin(new Db(runtime.dataSource), email);
    if (isFound) console.log(`${email} is an admin now. A key needs the scope "admin" as well: make a new one.`);
    else console.error(`There is no account with the address ${email}. Make it first: POST /accounts.`);
    return isFound ? 0 : 1;
  } finally {
    await runtime.egress.close();
    await runtime.dataSource.destroy();
    await close();
  }
}

const code = await main(process.argv.slice(2)).catch((err) => {
  console.error(explained(err));
  return 1;
});
process.exit(code);
