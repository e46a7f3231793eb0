// Runs the worker's entry point on in-memory D1 and R2, and copies the contents of both.
import { fromB64, randomBytes, type Bytes } from '#protocol/bytes'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import { boundStores } from '#scripts/backup/bound-stores'
import { HomeBucket } from '#scripts/home/bucket'
import { callAtOnce, HomeDatabase, type StoreCall } from '#scripts/home/database'
import type { Deps } from '#worker/deps'
import type { Env } from '#worker/env'
import { submitForm } from '#worker/forms/submit-form'
import { depsOf } from '#worker/http/app'
import worker from '#worker/index'
import { runChores } from '#worker/scheduled/run-chores'
import {
  STAFF_ORIGIN,
  type EdgeImage,
  type EdgeSettings,
  type MemoryEdge,
  type StoresCopy,
} from '#test/staff/departure/support/edge.ts'
import { builtPages } from './built-pages.ts'
import { defineNativeBytes } from './native-bytes.ts'
import { planted } from './plants.ts'

const ORIGIN = 'https://oasis.example'

defineNativeBytes()

const allows: RateLimit = { limit: () => Promise.resolve({ success: true }) }

/**
 * @param call  runs each store call, and may delay the call
 * @param from  the initial stores; absent for empty stores
 * @param settings  bindings that replace the usual ones, and a planted fault
 */
export function memoryEdge(
  root: string,
  call: StoreCall = callAtOnce,
  from?: EdgeImage,
  { bindings = {}, plant = null }: EdgeSettings = {},
): MemoryEdge & { deps: Deps } {
  const database = new HomeDatabase(':memory:', from?.database)
  const objects = new HomeBucket()
  const bucket = objects.binding(call)
  const env: Env = planted(plant, {
    DB: database.binding(call),
    FILES: bucket,
    CHUNK_PACE: allows,
    REPORT_PACE: allows,
    FLOOD: allows,
    FLOOD_HIGH: allows,
    FLOOD_MODE: 'off',
    TURNSTILE_SITE_KEY: '',
    TURNSTILE_VERIFY_URL: '',
    DATABASE_MB: '500',
    PLAN: 'free',
    ALERT_LANG: 'ky',
    ALERT_EVERY_MINUTES: '10',
    ALERT_DANGER_MINUTES: '15',
    ALERT_REPEATS: '1',
    ALERT_DIGEST_HOURS: '9 18',
    ASSETS: builtPages(root),
    STAFF_HOST: new URL(STAFF_ORIGIN).host,
    ...bindings,
  })
  const deps = depsOf(env)
  const putObject: MemoryEdge['putObject'] = ({ key, bytes, metadata }) =>
    void objects.put(key, bytes, { customMetadata: metadata })
  for (const object of from?.objects ?? []) putObject(object)
  const rows: MemoryEdge['rows'] = (query, ...values) => database.rows(query, values)
  const copyObjects = (): StoresCopy['objects'] =>
    objects
      .objects()
      .map(({ key, bytes, customMetadata }) => ({ key, bytes, metadata: customMetadata }))
  return {
    rows,
    deps,
    stores: (around = callAtOnce) => boundStores(database.binding(around), objects.binding(around)),
    ask: async (path, init = {}) => {
      const host = path.startsWith('/api/staff/') ? STAFF_ORIGIN : ORIGIN
      const works: Promise<unknown>[] = []
      const waitUntil = (work: Promise<unknown>): void => void works.push(work)
      const context = { waitUntil } as unknown as ExecutionContext
      const request = new Request(new URL(path, host), { redirect: 'manual', ...init })
      const answer = await worker.fetch(request, env, context)
      await Promise.all(works)
      return answer
    },
    copy: () => ({
      tables: new Map(
        rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").map(
          ({ name }) => [String(name), rows(`SELECT * FROM "${String(name)}"`)],
        ),
      ),
      objects: copyObjects(),
    }),
    image: () => ({ database: database.image(), objects: copyObjects() }),
    close: () => database.close(),
    submitText: async (keys, text) => {
      await submitForm(deps, keys, 'ky', new Map([['text', text]]), null)
    },
    putObject,
    runChores: () => runChores(deps),
    insertLedger: async (ledger) => {
      const [last] = rows('SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1')
      let seq = Number(last?.['seq'] ?? 0)
      let prev = (last?.['hash'] ?? NO_ROW) as Bytes
      for (const { change, statement, signature } of ledger) {
        const bytes = fromB64(signature)
        const hash = await rowHash(prev, { statement, signature: bytes })
        const actor = fromB64(Statement.parse(JSON.parse(statement)).actor)
        const row = { seq: ++seq, prev_hash: prev, hash, change, statement, signature: bytes }
        database.insert('ledger', { ...row, actor })
        prev = hash
      }
    },
    insertEpoch: (epoch, { manifest, hybridKey }) => {
      const sealed = { sealed_for_recovery: new Uint8Array(1) }
      database.insert('epochs', { epoch, manifest, hybrid_key: hybridKey, ...sealed })
    },
    insertTeam: (generation) => {
      database.insert('teams', { generation, sealed_for_recovery: new Uint8Array(1) })
    },
    insertPerson: ({ id, named, roles, keys }, keeperLastDay) => {
      database.insert('people', {
        ...{ id: fromB64(id), name: named.name, name_salt: fromB64(named.salt) },
        ...{ roles: JSON.stringify(roles), offered: '[]' },
        hpke_public: fromB64(keys.hpkePublic),
        sign_public: fromB64(keys.signPublic),
        sealed_private: fromB64(keys.sealedPrivate),
        keeper_last_day: keeperLastDay,
      })
    },
    insertSlot: (person, { id, kind, salt, memoryKib, passes, sealedMaster }) => {
      database.insert('slots', {
        ...{ id: fromB64(id), person, kind, salt: fromB64(salt), memory_kib: memoryKib, passes },
        sealed_master: fromB64(sealedMaster),
        ...{ added_day: '2026-11-26', tried_day: '2026-11-26' },
      })
    },
    insertSession: (tokenHash, person, expiresAt) => {
      const now = Date.now()
      const times = { began_at: now, proven_at: now, expires_at: expiresAt }
      const id = randomBytes(16)
      database.insert('sessions', {
        token_hash: tokenHash,
        id,
        person,
        began_by: 'passkey',
        ...times,
      })
    },
  }
}
