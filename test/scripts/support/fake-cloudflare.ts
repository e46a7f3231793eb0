// Imitates a Cloudflare account: zones, records, workers, hosts, databases and buckets. Answers
// the questions that a deployment asks. Takes a deployment as wrangler does in a pipe, which
// replaces hosts and workers without a question.
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { askCloudflare, type AskCloudflare } from '#scripts/account/cloudflare'

interface Binding {
  type: string
  name: string
  [field: string]: string
}

/** The configuration that a deployment writes, as far as the account stores it. */
interface Configuration {
  name: string
  routes: { pattern: string }[]
  vars?: Record<string, string>
  services?: { binding: string; service: string }[]
  d1_databases?: { binding: string; database_id: string }[]
  r2_buckets?: { binding: string; bucket_name: string }[]
}

const ACCOUNT = '0'.repeat(31) + '1'
const ZONES = ['oasis.example', 'second.example', 'umut.example']

/** Returns the bindings of a worker, as the account lists them. */
const bindingsOf = ({ vars, services, d1_databases, r2_buckets }: Configuration): Binding[] => [
  ...Object.entries(vars ?? {}).map(([name, text]) => ({ type: 'plain_text', name, text })),
  ...(services ?? []).map(({ binding: name, service }) => ({ type: 'service', name, service })),
  ...(d1_databases ?? []).map(({ binding: name, database_id: id }) => ({ type: 'd1', name, id })),
  ...(r2_buckets ?? []).map(({ binding: name, bucket_name }) => ({
    ...{ type: 'r2_bucket', name, bucket_name },
  })),
]

export class FakeCloudflare {
  /** the bindings of each worker, keyed by its name */
  readonly workers = new Map<string, Binding[]>()
  /** the worker of each custom domain, keyed by host */
  readonly hosts = new Map<string, string>()
  readonly records: { name: string; type: string; content: string }[] = []
  /** the name of each database, keyed by its id */
  readonly databases = new Map<string, string>()
  readonly buckets = new Set<string>()
  /** paths that the token may not read */
  forbidden: RegExp | null = null
  /** gives an answer in place of the stored one; undefined for paths that it leaves */
  lie: ((path: string) => unknown) | null = null

  /** Makes an account that has the stores of a deployment, and nothing else. */
  static with({ databaseId, bucket }: { databaseId: string; bucket: string }): FakeCloudflare {
    const account = new FakeCloudflare()
    account.databases.set(databaseId, 'oasis')
    account.buckets.add(bucket)
    return account
  }

  /** Answers without a server, as the API would. */
  ask: AskCloudflare = ({ path, result }) => {
    const found = this.#find(new URL(path, 'https://api.example'))
    return Promise.resolve(found === null ? null : result.parse(found))
  }

  /** Serves the API on this machine. @returns the way to ask it, and the server to close */
  async serve(): Promise<{ ask: AskCloudflare; server: Server }> {
    const server = createServer(({ url = '', headers }, answer) => {
      const asked = new URL(url, 'https://api.example')
      const isRefused =
        headers.authorization !== 'Bearer token' || this.forbidden?.test(asked.pathname)
      const lie = this.lie?.(asked.pathname)
      const result = isRefused ? null : lie === undefined ? this.#find(asked) : lie
      answer.writeHead(isRefused ? 403 : result === null ? 404 : 200)
      answer.end(JSON.stringify({ success: result !== null, errors: [], messages: [], result }))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    return { ask: askCloudflare('token', `http://127.0.0.1:${port}`), server }
  }

  /** Deploys a worker. @param path  the configuration that the deployment wrote */
  deploy(path: string): void {
    const configuration = JSON.parse(readFileSync(path, 'utf8')) as Configuration
    this.workers.set(configuration.name, bindingsOf(configuration))
    for (const { pattern } of configuration.routes) {
      this.hosts.set(pattern, configuration.name)
      for (const [at, { name }] of [...this.records.entries()].reverse())
        if (name === pattern) this.records.splice(at, 1)
    }
  }

  /** Returns everything that the account holds, to compare it before and after. */
  state(): string {
    const { workers, hosts, records, databases, buckets } = this
    return JSON.stringify([[...workers], [...hosts], records, [...databases], [...buckets]])
  }

  #find({ pathname, searchParams }: URL): unknown {
    const path = pathname.replace(`/accounts/${ACCOUNT}`, '')
    const name = searchParams.get('name')
    const [, last = ''] = /([^/]+)(?:\/settings)?$/.exec(path) ?? []
    if (path === '/accounts') return [{ id: ACCOUNT, name: 'NGO' }]
    if (path === '/zones')
      return ZONES.filter((zone) => zone === name).map((zone) => ({ id: zone, name: zone }))
    if (path.endsWith('/dns_records')) return this.records.filter((record) => record.name === name)
    if (path === '/workers/domains')
      return [...this.hosts].map(([hostname, service]) => ({ hostname, service }))
    if (path === '/workers/scripts') return [...this.workers.keys()].map((id) => ({ id }))
    if (path.startsWith('/workers/scripts/')) {
      const bindings = this.workers.get(last)
      return bindings ? { bindings } : null
    }
    if (path.startsWith('/d1/database/')) {
      const database = this.databases.get(last)
      return database === undefined ? null : { uuid: last, name: database }
    }
    if (path.startsWith('/r2/buckets/')) return this.buckets.has(last) ? { name: last } : null
    throw new Error(`The account has no answer to ${path}.`)
  }
}
