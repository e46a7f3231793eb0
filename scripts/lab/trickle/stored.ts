// Reads the objects that the local edge has stored on disk with the R2 simulator.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { storeOf } from '#scripts/shared/database'
import type { Bytes } from '#protocol/bytes'

/** Reads objects by their key, `files/{id}/{n}`. */
export function storedObjects(state: string): (key: string) => Bytes | undefined {
  const home = join(storeOf(state), 'v3/r2')
  const found = new Map<string, string>()
  for (const file of globSync('**/*.sqlite', { cwd: home })) {
    const database = new DatabaseSync(join(home, file), { readOnly: true })
    try {
      for (const row of database.prepare('SELECT key, blob_id FROM _mf_objects').all()) {
        const [blob] = globSync(`*/blobs/${String(row['blob_id'])}`, { cwd: home })
        if (blob) found.set(String(row['key']), join(home, dirname(blob), String(row['blob_id'])))
      }
    } catch {
      // The file is a different database of the simulator.
    }
    database.close()
  }
  return (key) => {
    const path = found.get(key)
    return path === undefined ? undefined : new Uint8Array(readFileSync(path))
  }
}
