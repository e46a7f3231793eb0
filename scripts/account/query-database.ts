// Queries the remote database through Cloudflare's API, because starting wrangler takes a second
// each time.
import * as z from 'zod/mini'
import type { AskCloudflare } from '#scripts/account/cloudflare'
import { Stop } from '#scripts/shared/progress'

/** The ids of an account and of a database in it. */
export interface DatabasePlace {
  account: string
  databaseId: string
}

/** Returns what wrangler would print for a query. */
export async function queryDatabase(
  ask: AskCloudflare,
  { account, databaseId }: DatabasePlace,
  sql: string,
): Promise<string> {
  const right = 'the rows of the database (D1, edit)'
  const path = `/accounts/${account}/d1/database/${databaseId}/query`
  const found = await ask({ path, result: z.array(z.unknown()), right, sql })
  if (found !== null) return JSON.stringify(found)
  throw new Stop(`There is no database ${databaseId} in this account: check databaseId.`)
}
