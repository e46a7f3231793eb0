// Queries the remote database over Cloudflare's API, because each start of wrangler takes a second.
import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import type { AskCloudflare } from '#scripts/account/cloudflare'

const Configuration = z.object({ d1_databases: z.tuple([z.object({ database_id: z.string() })]) })

/**
 * Returns what wrangler would print for a query.
 *
 * @param config   the configuration that a deployment wrote
 * @param account  the id of the account
 */
export async function queryDatabase(
  ask: AskCloudflare,
  account: string,
  config: string,
  sql: string,
): Promise<string> {
  const read = Configuration.parse(JSON.parse(readFileSync(config, 'utf8')))
  const id = read.d1_databases[0].database_id
  const right = 'the rows of the database (D1, edit)'
  const path = `/accounts/${account}/d1/database/${id}/query`
  return JSON.stringify(await ask({ path, result: z.array(z.unknown()), right, sql }))
}
