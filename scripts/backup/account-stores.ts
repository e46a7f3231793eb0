// Reads and writes the stores of a Cloudflare account: D1 through its HTTP interface, and R2
// through S3. Wrangler is not used, because it cannot list objects.
import { AwsClient } from 'aws4fetch'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod/mini'
import type { BackupBucket, BackupDatabase, Row, Stores } from '#scripts/backup/stores'
import { Value } from '#scripts/backup/records'
import { Stop } from '#scripts/shared/progress'

export interface AccountStores {
  accountId: string
  databaseId: string
  bucket: string
  /** a jurisdiction has its own R2 address */
  jurisdiction: 'eu' | undefined
  /** wrangler's token, for D1 */
  token: string
  /** an R2 key pair, made in the dashboard */
  accessKeyId: string
  secretAccessKey: string
  /** the addresses of both interfaces, which only tests change */
  addresses?: { api: string; objects: string }
}

const API = 'https://api.cloudflare.com/client/v4'
/** The first wait before a retry, the number of tries, and the longest wait. */
const FIRST_WAIT_MS = 1000
const TRIES = 6
const LONGEST_MS = 120_000
const PUT_OFF = [429, 500, 502, 503, 504]
const REFUSED = [401, 403]
const METADATA = 'x-amz-meta-'

const Answer = z.object({
  success: z.literal(true),
  result: z.array(
    z.object({ success: z.literal(true), results: z.array(z.record(z.string(), Value)) }),
  ),
})
const Failure = z.object({ errors: z.array(z.object({ message: z.string() })) })

export const openAccountStores = (account: AccountStores): Stores => ({
  database: accountDatabase(account),
  bucket: accountBucket(account),
})

function accountDatabase({
  accountId,
  databaseId,
  token,
  addresses,
}: AccountStores): BackupDatabase {
  const base = addresses?.api ?? API
  const address = `${base}/accounts/${accountId}/d1/database/${databaseId}/query`
  const ask = (sql: string): Promise<Response> =>
    fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sql }),
      signal: AbortSignal.timeout(LONGEST_MS),
    })
  return {
    run: async (queries): Promise<Row[][]> => {
      const response = await untilTaken('D1', () => ask(queries.join(';\n')))
      const text = await response.text()
      const answer = Answer.safeParse(jsonFrom(text))
      if (answer.success && answer.data.result.length === queries.length)
        return answer.data.result.map(({ results }) => results)
      const failure = Failure.safeParse(jsonFrom(text))
      const why = failure.success ? failure.data.errors.map(({ message }) => message).join(' ') : ''
      throw new Stop(`D1 refused a query (status ${response.status}). ${why}`.trim())
    },
  }
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function accountBucket(account: AccountStores): BackupBucket {
  const { accessKeyId, secretAccessKey, bucket, addresses } = account
  const client = new AwsClient({
    ...{ accessKeyId, secretAccessKey, service: 's3', region: 'auto' },
    retries: 0,
  })
  const base = `${addresses?.objects ?? objectsOf(account)}/${bucket}`
  const addressOf = (key: string): string =>
    `${base}/${key.split('/').map(encodeURIComponent).join('/')}`
  const ask = (address: string, init: RequestInit = {}): Promise<Response> =>
    untilTaken('R2', () =>
      client.fetch(address, { ...init, signal: AbortSignal.timeout(LONGEST_MS) }),
    )
  return {
    list: async (prefix, after) => {
      const asked = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix })
      if (after !== '') asked.set('start-after', after)
      const response = await ask(`${base}?${asked.toString()}`)
      const xml = await response.text()
      if (!response.ok || !xml.includes('<ListBucketResult')) throw refused(response)
      return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) =>
        decodeURIComponent(key),
      )
    },
    get: async (key) => {
      const response = await ask(addressOf(key))
      if (response.status === 404) return null
      if (!response.ok) throw refused(response)
      const metadata = Object.fromEntries(
        [...response.headers]
          .filter(([name]) => name.startsWith(METADATA))
          .map(([name, value]) => [name.slice(METADATA.length), value]),
      )
      return { key, metadata, bytes: new Uint8Array(await response.arrayBuffer()) }
    },
    put: async ({ key, bytes, metadata }) => {
      const names = Object.entries(metadata).map(([name, value]) => [METADATA + name, value])
      const headers = Object.fromEntries(names) as Record<string, string>
      const response = await ask(addressOf(key), { method: 'PUT', body: bytes, headers })
      if (!response.ok) throw refused(response)
    },
  }
}

const objectsOf = ({ accountId, jurisdiction }: AccountStores): string =>
  `https://${[accountId, jurisdiction ?? []].flat().join('.')}.r2.cloudflarestorage.com`

const refused = ({ status }: Response): Stop => new Stop(`R2 refused a call (status ${status}).`)

/**
 * Repeats a call until the account accepts it, with longer and longer pauses.
 *
 * @throws Stop when the account never accepts the call, and for a token without the permission
 */
async function untilTaken(store: string, ask: () => Promise<Response>): Promise<Response> {
  for (let tried = 1; ; tried++) {
    const response = await ask().catch(() => null)
    if (response && REFUSED.includes(response.status))
      throw new Stop(
        `Cloudflare does not let this token use ${store}: docs/operations/backup.md lists the ` +
          'rights that it needs.',
      )
    if (response && !PUT_OFF.includes(response.status)) return response
    if (tried === TRIES)
      throw new Stop(`${store} does not answer (${response?.status ?? 'no connection'}).`)
    const asked = Number(response?.headers.get('retry-after') ?? 0) * 1000
    await wait(asked || FIRST_WAIT_MS * 2 ** (tried - 1))
  }
}
