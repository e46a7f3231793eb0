// Writes file chunks and case secrets into the files of the local R2. Only this file depends on
// their format, in which a row refers to a file of bytes. The worker's binding writes one object
// per request, which is too slow for thousands of objects.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { getPlatformProxy } from 'wrangler'
import { randomBytes } from '#protocol/bytes'
import { storeOf } from '#scripts/shared/database'
import { root } from '#scripts/shared/paths'

interface Stores {
  FILES: { put: (name: string, bytes: Uint8Array) => Promise<unknown> }
}

/** An R2 object. */
export interface DemoObject {
  name: string
  bytes: Uint8Array
}

const BLOB_ID_BYTES = 40
const VERSION_BYTES = 16

/** Stores the first object through the worker's binding, which creates the files of R2. */
async function putFirst(persisted: string, { name, bytes }: DemoObject): Promise<void> {
  const { env, dispose } = await getPlatformProxy<Stores>({
    configPath: join(root, 'wrangler.toml'),
    persist: { path: persisted },
    remoteBindings: false,
  })
  try {
    await env.FILES.put(name, bytes)
  } finally {
    await dispose()
  }
}

/** Returns the only matching name in a folder. */
function onlyNameIn(folder: string, fits: (name: string) => boolean): string {
  const names = existsSync(folder) ? readdirSync(folder).filter(fits) : []
  const [name] = names
  if (name === undefined || names.length > 1) throw new Error(`${folder} has another form`)
  return join(folder, name)
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export async function writeObjects(folder: string, objects: readonly DemoObject[]): Promise<void> {
  const [first, ...others] = objects
  if (!first) return
  const persisted = join(storeOf(folder), 'v3')
  await putFirst(persisted, first)
  const files = join(persisted, 'r2')
  const rows = join(files, 'miniflare-R2BucketObject')
  const blobs = join(
    onlyNameIn(files, (name) => !name.startsWith('miniflare-')),
    'blobs',
  )
  const database = new DatabaseSync(onlyNameIn(rows, (name) => /^[0-9a-f]{64}\.sqlite$/.test(name)))
  try {
    database.exec('PRAGMA synchronous = OFF; BEGIN')
    const insert = database.prepare(`INSERT INTO _mf_objects
      (key, blob_id, version, size, etag, uploaded, checksums, http_metadata, custom_metadata)
      VALUES (?, ?, ?, ?, ?, ?, '{}', '{}', '{}')`)
    for (const { name, bytes } of others) {
      const blob = hexOf(randomBytes(BLOB_ID_BYTES))
      writeFileSync(join(blobs, blob), bytes)
      const etag = createHash('md5').update(bytes).digest('hex')
      const version = hexOf(randomBytes(VERSION_BYTES))
      insert.run(name, blob, version, bytes.length, etag, Date.now())
    }
    database.exec('COMMIT')
  } finally {
    database.close()
  }
}
