// Runs the worker's entry over D1 and R2 in memory, and copies everything that both hold.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { fromB64, randomBytes } from '#protocol/bytes'
import { NO_ROW, rowHash, Statement } from '#protocol/staff/chain'
import type { Deps } from '#worker/deps'
import type { Env } from '#worker/env'
import { submitForm } from '#worker/forms/submit-form'
import { depsOf } from '#worker/http/app'
import worker from '#worker/index'
import { runChores } from '#worker/scheduled/run-chores'
import {
  STAFF_ORIGIN,
  type EdgeImage,
  type MemoryEdge,
  type StoresCopy,
} from '#test/staff/leaving/support/edge.ts'
import { builtPages } from './built-pages.ts'
import { defineNativeBytes } from './native-bytes.ts'
import { memoryBucket, memoryDb, type Turn } from './memory-stores.ts'

const ORIGIN = 'https://oasis.example'

defineNativeBytes()

const allows: RateLimit = { limit: () => Promise.resolve({ success: true }) }

/**
 * @param turn  makes each call of a store wait
 * @param from  stores to begin with; by default empty ones
 */
export function memoryEdge(
  root: string,
  turn?: Turn,
  from?: EdgeImage,
): MemoryEdge & { deps: Deps } {
  const { db, sqlite } = memoryDb(turn, from && databaseIn(from))
  const bucket = memoryBucket(Date.now, turn)
  const env: Env = {
    DB: db,
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
    ALERT_REPEATS: '1',
    ALERT_DIGEST_HOURS: '9 18',
    ASSETS: builtPages(root),
    STAFF_HOST: new URL(STAFF_ORIGIN).host,
  }
  const deps = depsOf(env)
  for (const { key, bytes, metadata } of from?.objects ?? [])
    void bucket.put(key, bytes, { customMetadata: metadata })
  const rows: MemoryEdge['rows'] = (query, ...values) => sqlite.prepare(query).all(...values)
  const insert = (table: string, row: Record<string, SQLInputValue>): void => {
    const names = Object.keys(row)
    const places = names.map(() => '?').join()
    sqlite
      .prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${places})`)
      .run(...Object.values(row))
  }
  return {
    rows,
    deps,
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
    copy: async () => ({
      tables: new Map(
        rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").map(
          ({ name }) => [String(name), rows(`SELECT * FROM "${String(name)}"`)],
        ),
      ),
      objects: await objectsIn(bucket),
    }),
    image: async () => ({
      database: new Uint8Array(sqlite.serialize()),
      objects: await objectsIn(bucket),
    }),
    close: () => sqlite.close(),
    submitText: async (keys, text) => {
      await submitForm(deps, keys, 'ky', new Map([['text', text]]), null)
    },
    putObject: async ({ key, bytes, metadata }) => {
      await bucket.put(key, bytes, { customMetadata: metadata })
    },
    runChores: () => runChores(deps),
    insertLedger: async (ledger) => {
      let prev = NO_ROW
      for (const [at, { change, statement, signature }] of ledger.entries()) {
        const bytes = fromB64(signature)
        const hash = await rowHash(prev, { statement, signature: bytes })
        const actor = fromB64(Statement.parse(JSON.parse(statement)).actor)
        const row = { seq: at + 1, prev_hash: prev, hash, change, statement, signature: bytes }
        insert('ledger', { ...row, actor })
        prev = hash
      }
    },
    insertPerson: ({ id, named, roles, keys }, keeperLastDay) => {
      insert('people', {
        ...{ id: fromB64(id), name: named.name, name_salt: fromB64(named.salt) },
        ...{ roles: JSON.stringify(roles), offered: '[]' },
        hpke_public: fromB64(keys.hpkePublic),
        sign_public: fromB64(keys.signPublic),
        sealed_private: fromB64(keys.sealedPrivate),
        keeper_last_day: keeperLastDay,
      })
    },
    insertSlot: (person, { id, kind, salt, memoryKib, passes, sealedMaster }) => {
      insert('slots', {
        ...{ id: fromB64(id), person, kind, salt: fromB64(salt), memory_kib: memoryKib, passes },
        sealed_master: fromB64(sealedMaster),
        ...{ added_day: '2026-11-26', tried_day: '2026-11-26' },
      })
    },
    insertSession: (tokenHash, person, expiresAt) => {
      const now = Date.now()
      const times = { began_at: now, proven_at: now, expires_at: expiresAt }
      const id = randomBytes(16)
      insert('sessions', { token_hash: tokenHash, id, person, began_by: 'passkey', ...times })
    },
  }
}

async function objectsIn(bucket: R2Bucket): Promise<StoresCopy['objects']> {
  const { objects } = await bucket.list()
  return Promise.all(
    objects.map(async ({ key, customMetadata }) => {
      const stored = await bucket.get(key)
      if (!stored) throw new Error('an object is gone')
      return {
        key,
        bytes: new Uint8Array(await stored.arrayBuffer()),
        metadata: customMetadata ?? {},
      }
    }),
  )
}

function databaseIn({ database }: EdgeImage): DatabaseSync {
  const sqlite = new DatabaseSync(':memory:')
  sqlite.deserialize(database)
  return sqlite
}
