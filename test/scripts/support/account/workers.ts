// Imitates Workers: uploads with their files, versions, deployments, secrets and custom domains.
import { randomUUID } from 'node:crypto'
import { failure, NOT_THERE, type Answered, type Call } from '#test/scripts/support/account/call.ts'

export interface Binding {
  type: string
  name: string
  [field: string]: string
}

interface Version {
  id: string
  bindings: Binding[]
  /** the names of the secrets that this version has */
  secrets: string[]
  tag: string
}

export interface Worker {
  /** newest first */
  versions: Version[]
  /** the id of the live version */
  live: string
  crons: string[]
}

interface Metadata {
  bindings?: Binding[]
  annotations?: Record<string, string>
}

const TIME = '2026-12-01T00:00:00.000Z'
/** A token that contains its expiry time, because wrangler reads that time. */
const token = (): string => {
  const ends = { exp: Math.floor(Date.now() / 1000) + 3600 }
  return `e30.${Buffer.from(JSON.stringify(ends)).toString('base64url')}.x`
}

/** The settings of a worker with logs and other addresses turned off. */
const SETTINGS = {
  ...{ created_on: TIME, logpush: false, tags: [], tail_consumers: [] },
  subdomain: { enabled: false, previews_enabled: false },
  observability: { enabled: false },
}

/** Returns the bindings of the live version. */
export const bindingsOf = ({ versions, live }: Worker): Binding[] =>
  versions.find(({ id }) => id === live)?.bindings ?? []

/** Returns the names of the secrets of the live version. */
const secretsOf = ({ versions, live }: Worker): string[] =>
  versions.find(({ id }) => id === live)?.secrets ?? []

/** Adds a version with the secrets of the live version. @returns its id */
export function addVersion(worker: Worker, bindings: Binding[], tag = ''): string {
  const id = randomUUID()
  worker.versions.unshift({ id, bindings, secrets: [...secretsOf(worker)], tag })
  return id
}

const described = ({ id, bindings, secrets, tag }: Version): object => ({
  ...{
    id,
    number: 1,
    metadata: { created_on: TIME, source: 'wrangler', author_email: 'a@b.example' },
  },
  annotations: { 'workers/tag': tag },
  resources: {
    bindings: [...bindings, ...secrets.map((name) => ({ type: 'secret_text', name }))],
    script: { etag: 'e', handlers: ['fetch'] },
    script_runtime: {},
  },
})

/** The stores of the account. Every binding to a store must name one of them. */
export interface Stores {
  hasDatabase: (id: string) => boolean
  hasBucket: (name: string, jurisdiction: string | undefined) => boolean
}

/** Handles the paths under `/workers`. */
export class FakeWorkers {
  readonly all = new Map<string, Worker>()
  /** the worker of each custom domain, keyed by host */
  readonly hosts = new Map<string, string>()
  readonly #files = new Set<string>()

  async answer(
    call: Call,
    stores: Stores,
    zones: readonly string[],
  ): Promise<Answered | undefined> {
    const { path } = call
    if (path === '/workers/scripts') return { result: [...this.all.keys()].map((id) => ({ id })) }
    if (path.startsWith('/workers/domains')) {
      const domains = [...this.hosts].map(([hostname, service]) => ({
        hostname,
        service,
        id: hostname,
      }))
      return { result: domains }
    }
    if (path === '/workers/assets/upload') {
      for (const [, hash = ''] of call.body.toString('latin1').matchAll(/name="([0-9a-f]{32})"/g))
        this.#files.add(hash)
      return { status: 201, result: { jwt: token() } }
    }
    const [, kind, name = '', rest = ''] =
      /^\/workers\/(scripts|services|workers)\/([^/]+)\/?(.*)$/.exec(path) ?? []
    if (kind === undefined) return undefined
    if (rest === 'assets-upload-session') return { result: this.#missingFiles(call) }
    const worker = this.all.get(name)
    if (kind === 'scripts' && isUpload(call, rest)) return this.#upload(call, name, stores)
    if (!worker) return kind === 'services' ? failure(10090, 'service_not_found', 404) : NOT_THERE
    if (kind === 'workers') return { result: { id: name, name, ...SETTINGS } }
    if (kind === 'services') return { result: this.#ofService(name, worker, rest) }
    return this.#ofScript(call, name, rest, zones) ?? { result: {} }
  }

  #missingFiles(call: Call): object {
    const { manifest } = call.json<{ manifest: Record<string, { hash: string }> }>()
    const missing = Object.values(manifest).filter(({ hash }) => !this.#files.has(hash))
    const hashes = [...new Set(missing.map(({ hash }) => hash))]
    return { jwt: token(), buckets: hashes.length > 0 ? [hashes] : [] }
  }

  async #upload(call: Call, name: string, stores: Stores): Promise<Answered> {
    const { bindings = [], annotations } = await metadataOf(call)
    const fault = this.#bindingFault(bindings, stores)
    if (fault) return fault
    const worker = this.all.get(name) ?? { versions: [], live: '', crons: [] }
    const id = addVersion(worker, bindings, annotations?.['workers/tag'])
    this.all.set(name, worker)
    if (call.path.endsWith('/versions')) {
      const [made] = worker.versions
      return { result: { ...(made && described(made)), startup_time_ms: 5 } }
    }
    worker.live = id
    return {
      result: { id: name, version_id: id, deployment_id: id, startup_time_ms: 5, etag: 'e' },
    }
  }

  #bindingFault(bindings: readonly Binding[], stores: Stores): Answered | undefined {
    for (const { type, name, id = '', bucket_name = '', jurisdiction, service = '' } of bindings) {
      if (type === 'd1' && !stores.hasDatabase(id))
        return failure(10181, `D1 database '${id}' not found.`, 400)
      if (type === 'r2_bucket' && !stores.hasBucket(bucket_name, jurisdiction))
        return failure(10085, `R2 bucket '${bucket_name}' not found.`, 400)
      if (type === 'service' && !this.all.has(service))
        return failure(10143, `Could not resolve service binding '${name}'.`, 400)
    }
    return undefined
  }

  #ofService(name: string, worker: Worker, rest: string): unknown {
    const script = { id: name, last_deployed_from: 'wrangler', tags: [], modified_on: TIME }
    if (rest.endsWith('/bindings')) return bindingsOf(worker)
    if (rest.startsWith('environments')) return { environment: 'production', script }
    return { id: name, default_environment: { environment: 'production', script } }
  }

  #ofScript(
    call: Call,
    name: string,
    rest: string,
    zones: readonly string[],
  ): Answered | undefined {
    const worker = this.all.get(name)
    if (!worker) return NOT_THERE
    if (rest === 'deployments') return deployments(call, worker)
    if (rest === 'versions') return { result: { items: worker.versions.map(described) } }
    if (rest.startsWith('versions/')) {
      const version = worker.versions.find(({ id }) => rest.endsWith(id))
      return version ? { result: described(version) } : failure(10007, 'no such version', 404)
    }
    if (rest === 'secrets' && call.method === 'GET')
      return { result: secretsOf(worker).map((name) => ({ name, type: 'secret_text' })) }
    if (rest === 'secrets' && call.method === 'PUT') {
      worker.live = addVersion(worker, bindingsOf(worker))
      worker.versions[0]?.secrets.push(call.json<{ name: string }>().name)
      return { result: {} }
    }
    if (rest.startsWith('domains/changeset')) {
      return { result: { added: [], removed: [], updated: [], conflicting: [] } }
    }
    if (rest.startsWith('domains/records')) return this.#takeHosts(call, name, zones)
    if (rest === 'schedules') {
      if (call.method === 'PUT')
        worker.crons = call.json<{ cron: string }[]>().map(({ cron }) => cron)
      return { result: { schedules: worker.crons.map((cron) => ({ cron })) } }
    }
    if (rest === 'subdomain') return { result: { enabled: false, previews_enabled: false } }
    if (rest === 'settings' || rest === 'script-settings')
      return { result: { bindings: bindingsOf(worker), ...SETTINGS } }
    return undefined
  }

  #takeHosts(call: Call, name: string, zones: readonly string[]): Answered {
    const { origins } = call.json<{ origins: { hostname: string }[] }>()
    for (const { hostname } of origins) {
      if (!zones.some((zone) => hostname === zone || hostname.endsWith(`.${zone}`)))
        return failure(10082, `Could not find zone for \`${hostname}\`.`, 400)
      this.hosts.set(hostname, name)
    }
    return { result: {} }
  }
}

const isUpload = ({ method }: Call, rest: string): boolean =>
  (rest === '' && method === 'PUT') || (rest === 'versions' && method === 'POST')

async function metadataOf({ body, headers }: Call): Promise<Metadata> {
  const type = String(headers['content-type'])
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData()
  const metadata = form.get('metadata')
  const text = typeof metadata === 'string' ? metadata : ((await metadata?.text()) ?? '{}')
  return JSON.parse(text) as Metadata
}

function deployments(call: Call, worker: Worker): Answered {
  if (call.method === 'POST') {
    const { versions } = call.json<{ versions: { version_id: string }[] }>()
    const wanted = versions[0]?.version_id ?? ''
    if (!worker.versions.some(({ id }) => id === wanted))
      return failure(10007, 'no such version', 404)
    worker.live = wanted
    return { result: { id: randomUUID() } }
  }
  const [id, created_on] = ['00000000-0000-4000-8000-000000000000', TIME]
  const versions = [{ version_id: worker.live, percentage: 100 }]
  const live = { id, created_on, source: 'wrangler', strategy: 'percentage', versions }
  return { result: { deployments: worker.live === '' ? [] : [live] } }
}
