// Imitates an account's two interfaces with in-memory stores: D1 over HTTP, and R2 over S3. S3
// stores metadata names in lower case.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { AccountStores } from '#scripts/backup/account-stores'
import type { Stores } from '#scripts/backup/stores'

const SIGNED = /^AWS4-HMAC-SHA256 Credential=access\/\d{8}\/auto\/s3\/aws4_request, /
const METADATA = 'x-amz-meta-'
/**
 * An S3 listing here contains at most this many keys, so that listings in a test have several
 * pages.
 */
const LISTED = 3

export class FakeAccount {
  readonly #stores: Stores
  /** number of calls of each kind that are rejected with status 429 */
  putOff = 0
  /** number of calls */
  calls = 0
  /** true when the token has no permissions */
  isForbidden = false

  constructor(stores: Stores) {
    this.#stores = stores
  }

  /** Serves both interfaces on this machine until the test ends. */
  async serve(): Promise<AccountStores> {
    const server = createServer((request, answer) => {
      this.#answer(request, answer).catch((cause: unknown) => {
        answer.writeHead(400).end(JSON.stringify({ errors: [{ message: String(cause) }] }))
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => void server.close())
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return {
      ...{ accountId: 'account', databaseId: 'database', bucket: 'files', token: 'token' },
      jurisdiction: undefined,
      ...{ accessKeyId: 'access', secretAccessKey: 'secret' },
      addresses: { api: `${base}/api`, objects: `${base}/objects` },
    }
  }

  async #answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    this.calls++
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const authorization = request.headers.authorization ?? ''
    const isDatabase = pathname === '/api/accounts/account/d1/database/database/query'
    const isSigned = isDatabase ? authorization === 'Bearer token' : SIGNED.test(authorization)
    if (!isSigned || this.isForbidden) return void answer.writeHead(403).end()
    if (this.putOff > 0) {
      this.putOff--
      return void answer.writeHead(429, { 'retry-after': '0.001' }).end()
    }
    if (isDatabase) return void answer.end(await this.#query(body.toString()))
    const key = decodeURIComponent(pathname.slice('/objects/files'.length + 1))
    if (key === '') return void answer.end(await this.#list(searchParams))
    if (request.method === 'PUT') {
      const metadata = Object.entries(request.headers)
        .filter(([name]) => name.startsWith(METADATA))
        .map(([name, value]): [string, string] => [
          name.slice(METADATA.length).toLowerCase(),
          String(value),
        ])
      const bytes = new Uint8Array(body)
      await this.#stores.bucket.put({
        key,
        bytes,
        metadata: Object.fromEntries(metadata) as Record<string, string>,
      })
      return void answer.end()
    }
    const object = await this.#stores.bucket.get(key)
    if (object === null) return void answer.writeHead(404).end()
    const headers = Object.entries(object.metadata).map(([name, value]) => [METADATA + name, value])
    answer.writeHead(200, Object.fromEntries(headers) as Record<string, string>).end(object.bytes)
  }

  async #query(body: string): Promise<string> {
    const { sql } = JSON.parse(body) as { sql: string }
    const rows = await this.#stores.database.run(sql.split(';\n'))
    const result = rows.map((results) => ({ success: true, results, meta: { duration: 1 } }))
    return JSON.stringify({ success: true, errors: [], messages: [], result })
  }

  async #list(asked: URLSearchParams): Promise<string> {
    const keys = await this.#stores.bucket.list(
      asked.get('prefix') ?? '',
      asked.get('start-after') ?? '',
    )
    const contents = keys
      .slice(0, LISTED)
      .map((key) => `<Contents><Key>${encodeURIComponent(key)}</Key><Size>1</Size></Contents>`)
    return `<?xml version="1.0"?><ListBucketResult>${contents.join('')}</ListBucketResult>`
  }
}
