// Imitates a Cloudflare account: zones, records, workers, hosts, databases and buckets. Responds to
// the requests of a deployment and of wrangler. As in non-interactive mode, hosts are replaced
// without a prompt.
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { askCloudflare, type AskCloudflare } from '#scripts/account/cloudflare'
import { failure, type Answered, type Call } from '#test/scripts/support/account/call.ts'
import { FakeDatabases, makeDatabase } from '#test/scripts/support/account/database.ts'
import {
  addVersion,
  bindingsOf,
  FakeWorkers,
  type Binding,
} from '#test/scripts/support/account/workers.ts'

/** The part of a deployment's configuration that the account stores. */
interface Configuration {
  name: string
  routes: { pattern: string }[]
  vars?: Record<string, string>
  services?: { binding: string; service: string }[]
  d1_databases?: { binding: string; database_id: string }[]
  r2_buckets?: { binding: string; bucket_name: string }[]
}

export const ACCOUNT = '0'.repeat(31) + '1'
const ZONES = ['oasis.example', 'second.example', 'umut.example']
const TOKEN = 'token'

/** Returns the bindings of a worker, as the account lists them. */
const boundBy = ({ vars, services, d1_databases, r2_buckets }: Configuration): Binding[] => [
  ...Object.entries(vars ?? {}).map(([name, text]) => ({ type: 'plain_text', name, text })),
  ...(services ?? []).map(({ binding: name, service }) => ({ type: 'service', name, service })),
  ...(d1_databases ?? []).map(({ binding: name, database_id: id }) => ({ type: 'd1', name, id })),
  ...(r2_buckets ?? []).map(({ binding: name, bucket_name }) => ({
    ...{ type: 'r2_bucket', name, bucket_name },
  })),
]

/**
 * Returns the key of a bucket, which depends on the jurisdiction because each jurisdiction has its
 * own namespace.
 */
const bucketKey = (name: string, jurisdiction = 'default'): string =>
  jurisdiction === 'default' ? name : `${jurisdiction}:${name}`

export class FakeCloudflare {
  readonly workers = new FakeWorkers()
  readonly databases = new FakeDatabases()
  readonly records: { name: string; type: string; content: string }[] = []
  /** keyed by bucketKey; each value is the list of lifecycle rules */
  readonly buckets = new Map<string, object[]>()
  /** the requests that changed something, as method and path */
  readonly changes: string[] = []
  /** requests that the token may not make, as method and path */
  forbidden: RegExp | null = null
  /** returns a response in place of the stored one; undefined for paths that it leaves unchanged */
  lie: ((path: string) => unknown) | null = null
  /** returns true if a request, given as method and path, must fail inside Cloudflare */
  breaks: ((request: string) => boolean) | null = null
  #base = ''

  /** Makes an account that has the stores of a deployment, and nothing else. */
  static with({ databaseId, bucket }: { databaseId: string; bucket: string }): FakeCloudflare {
    const account = new FakeCloudflare()
    account.addStores({ databaseId, bucket })
    return account
  }

  addStores(names: { databaseId: string; database?: string; bucket: string }): void {
    this.databases.all.set(names.databaseId, makeDatabase(names.database ?? 'oasis'))
    this.buckets.set(names.bucket, [])
  }

  /** Adds a worker that was not made by a deployment. */
  addWorker(name: string, bindings: Binding[] = []): void {
    const worker = this.workers.all.get(name) ?? { versions: [], live: '', crons: [] }
    worker.live = addVersion(worker, bindings)
    this.workers.all.set(name, worker)
  }

  bindings(name: string): Binding[] {
    const worker = this.workers.all.get(name)
    return worker ? bindingsOf(worker) : []
  }

  /** Responds in process, as the API would. */
  ask: AskCloudflare = async ({ path, result, headers = {} }) => {
    const answered = await this.#answer(this.#call('GET', path, headers))
    return answered.status === 404 ? null : result.parse(answered.result)
  }

  /**
   * Serves the API on this machine.
   *
   * @returns a function that sends requests to the API, the address of the API, and the server
   */
  async serve(): Promise<{ ask: AskCloudflare; base: string; server: Server }> {
    const server = createServer((request, answer) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const { method = 'GET', url = '', headers } = request
        const call = this.#call(method, url, headers, Buffer.concat(parts))
        void this.#answerOverHttp(call).then(({ status = 200, result, errors = [], etag }) => {
          answer.writeHead(status, { 'content-type': 'application/json', ...(etag && { etag }) })
          answer.end(JSON.stringify({ success: status < 400, errors, messages: [], ...{ result } }))
        })
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    this.#base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return { ask: askCloudflare(TOKEN, this.#base), base: this.#base, server }
  }

  /** Deploys a worker, as wrangler does. @param path  the configuration of the deployment */
  deploy(path: string): void {
    const configuration = JSON.parse(readFileSync(path, 'utf8')) as Configuration
    this.addWorker(configuration.name, boundBy(configuration))
    for (const { pattern } of configuration.routes) {
      this.workers.hosts.set(pattern, configuration.name)
      for (const [at, { name }] of [...this.records.entries()].reverse())
        if (name === pattern) this.records.splice(at, 1)
    }
  }

  /**
   * Returns everything that the account contains, so that a test can compare its state before and
   * after.
   */
  state(): string {
    const { workers, databases, records, buckets } = this
    const stored = [...databases.all].map(([id, { name, changes }]) => [id, name, changes])
    return JSON.stringify([[...workers.all], [...workers.hosts], records, stored, [...buckets]])
  }

  #call(method: string, url: string, headers: Call['headers'], body = Buffer.alloc(0)): Call {
    const { pathname, searchParams } = new URL(url, 'https://api.example')
    return {
      ...{ method, headers, body, base: this.#base, query: searchParams },
      path: pathname.replace(`/accounts/${ACCOUNT}`, '') || '/',
      json: <T>() => JSON.parse(body.toString()) as T,
    }
  }

  async #answerOverHttp(call: Call): Promise<Answered> {
    const request = `${call.method} ${call.path}`
    const isUpload = call.path.startsWith('/upload/') || call.path === '/workers/assets/upload'
    if (!isUpload && call.headers['authorization'] !== `Bearer ${TOKEN}`)
      return failure(10000, 'Authentication error', 403)
    if (this.forbidden?.test(request)) return failure(10000, 'Authentication error', 403)
    if (this.breaks?.(request)) return failure(10013, 'An unknown error has occurred.', 500)
    const lie = this.lie?.(call.path)
    if (lie !== undefined) return { result: lie }
    if (call.method !== 'GET' && !/query|changeset|upload/.test(call.path))
      this.changes.push(request)
    return this.#answer(call)
  }

  async #answer(call: Call): Promise<Answered> {
    const { path, query } = call
    const name = query.get('name')
    if (path === '/user') return { result: { id: 'u', email: 'ngo@oasis.example' } }
    if (path.endsWith('/tokens/verify')) return { result: { id: 't', status: 'active' } }
    if (path === '/accounts') return { result: [{ id: ACCOUNT, name: 'NGO' }] }
    if (path === '/memberships') return { result: [{ account: { id: ACCOUNT, name: 'NGO' } }] }
    if (path === '/zones')
      return {
        result: ZONES.filter((zone) => zone === name).map((zone) => ({ id: zone, name: zone })),
      }
    if (path.endsWith('/dns_records'))
      return { result: this.records.filter((record) => record.name === name) }
    if (path.startsWith('/r2/buckets')) return this.#ofBucket(call)
    const stores = {
      hasDatabase: (id: string) => this.databases.all.has(id),
      hasBucket: (bucket: string, place?: string) => this.buckets.has(bucketKey(bucket, place)),
    }
    const answered = this.databases.answer(call) ?? (await this.workers.answer(call, stores, ZONES))
    if (answered) return answered
    // Wrangler prints this response; without a response, wrangler would wait forever.
    return failure(501, `The account has no answer to ${call.method} ${path}.`, 501)
  }

  #ofBucket(call: Call): Answered {
    const place = call.headers['cf-r2-jurisdiction']
    const jurisdiction = typeof place === 'string' ? place : undefined
    if (call.method === 'POST') {
      const { name } = call.json<{ name: string }>()
      const key = bucketKey(name, jurisdiction)
      if (this.buckets.has(key)) return failure(10004, 'The bucket already exists.', 409)
      this.buckets.set(key, [])
      return { result: { name } }
    }
    const [, name = '', rest = ''] = /^\/r2\/buckets\/([^/]+)\/?(.*)$/.exec(call.path) ?? []
    const key = bucketKey(name, jurisdiction)
    const rules = this.buckets.get(key)
    if (!rules) return failure(10006, 'The specified bucket does not exist.', 404)
    if (rest !== 'lifecycle') return { result: { name } }
    if (call.method === 'PUT') this.buckets.set(key, call.json<{ rules: object[] }>().rules)
    return { result: { rules: this.buckets.get(key) } }
  }
}
