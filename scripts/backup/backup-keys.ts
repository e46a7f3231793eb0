// Makes the keys for backups, one key for each backup. The private half goes onto the keepers'
// sticks, and the public half waits in the backup folder. The machine that makes backups therefore
// cannot open any of them.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
import * as z from 'zod/mini'
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { HYBRID_SEED_BYTES, ID_BYTES } from '#protocol/limits'
import { backupsIn } from '#scripts/backup/backup-folder'
import { Stop } from '#scripts/shared/progress'
import { makeHybridPair } from '#site/staff/crypto/seal-to.ts'

/** Number of waiting keys after `makeBackupKeys`, enough for five weeks of daily backups. */
export const KEYS_AT_ONCE = 35
/** Number of waiting keys at which a backup asks for more keys. */
export const FEW_KEYS = 7

/** Asks for more keys. @param left  the number of waiting keys */
export const fewKeys = (left: number): string =>
  `${left} keys are left for further backups: put a keeper's stick in, and run npm run backup -- ` +
  'keys with its folder.'

const PUBLIC = '.public'
const PRIVATE = '.key'

const id = z.string().check(z.regex(/^[0-9a-f]{32}$/))
const PublicFile = z.object({ version: z.literal(1), id, made: z.int(), publicKey: z.string() })
const PrivateFile = z.object({ version: z.literal(1), id, seed: z.string() })

/** The public key of the next backup. */
export interface BackupKey {
  id: Bytes
  publicKey: Bytes
}

export const idText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const idBytes = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'hex'))

const folderOf = (backups: string): string => join(backups, 'keys')
const publicPath = (backups: string, name: string): string => join(folderOf(backups), name + PUBLIC)

const namesIn = (folder: string, end: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(end))
        .map((name) => name.slice(0, -end.length))
    : []

/** Lists the keys that no backup has used, the oldest first. */
export const waitingKeys = (backups: string): BackupKey[] =>
  namesIn(folderOf(backups), PUBLIC)
    .map((name) => PublicFile.parse(JSON.parse(readFileSync(publicPath(backups, name), 'utf8'))))
    .sort((a, b) => a.made - b.made)
    .map((file) => ({ id: idBytes(file.id), publicKey: fromB64(file.publicKey) }))

/** Deletes the public half of a key that a backup has used. */
export const dropPublicKey = (backups: string, key: BackupKey): void =>
  rmSync(publicPath(backups, idText(key.id)))

/**
 * Makes keys until KEYS_AT_ONCE are waiting, and writes the private halves onto each stick. Removes
 * from the sticks each key whose backup no longer exists.
 *
 * @param sticks  folders outside the backup folder
 * @throws Stop when a stick is missing, is not separate from the backup folder, or holds only keys
 *   for other backups
 */
export async function makeBackupKeys(
  backups: string,
  sticks: readonly string[],
  nowMs: number,
): Promise<{ made: number; deleted: number; isSameDisk: boolean }> {
  for (const stick of sticks) requireOwnPlace(backups, stick)
  const known = neededKeys(backups)
  for (const stick of sticks) requireOwnKeys(backups, stick, known)
  mkdirSync(folderOf(backups), { recursive: true, mode: 0o700 })
  const made = Math.max(0, KEYS_AT_ONCE - waitingKeys(backups).length)
  for (let n = 0; n < made; n++) await makeKey(backups, sticks, nowMs + n)
  const needed = neededKeys(backups)
  const old = sticks.flatMap((stick) =>
    keysOn(stick)
      .filter((name) => !needed.has(name))
      .map((name) => join(stick, name + PRIVATE)),
  )
  for (const path of old) rmSync(path)
  const disk = statSync(backups).dev
  return {
    made,
    deleted: old.length,
    isSameDisk: sticks.some((stick) => statSync(stick).dev === disk),
  }
}

/** Returns the names of the waiting keys, and of the keys of existing backups. */
const neededKeys = (backups: string): ReadonlySet<string> =>
  new Set([...namesIn(folderOf(backups), PUBLIC), ...backupsIn(backups).map((each) => each.id)])

const keysOn = (stick: string): string[] =>
  namesIn(stick, PRIVATE).filter((name) => id.safeParse(name).success)

/**
 * Refuses a stick that holds only keys for other backups, because they would be deleted as old
 * keys.
 */
function requireOwnKeys(backups: string, stick: string, known: ReadonlySet<string>): void {
  const keys = keysOn(stick)
  if (keys.length === 0 || keys.some((name) => known.has(name))) return
  throw new Stop(
    `${stick} holds ${keys.length} keys, and none of them is for the backups in ${backups}. They ` +
      'may open other backups, so nothing was deleted. Name an empty folder on the stick.',
  )
}

async function makeKey(backups: string, sticks: readonly string[], made: number): Promise<void> {
  const name = idText(randomBytes(ID_BYTES))
  const { publicKey, seed } = await makeHybridPair()
  const text = JSON.stringify({ version: 1, id: name, seed: toB64(seed) })
  // The private half is written first: with only a public half, a backup could never be opened.
  for (const stick of sticks)
    writeFileSync(join(stick, name + PRIVATE), text, { flag: 'wx', mode: 0o600, flush: true })
  seed.fill(0)
  const file = { version: 1, id: name, made, publicKey: toB64(publicKey) }
  writeFileSync(publicPath(backups, name), JSON.stringify(file), { flag: 'wx', flush: true })
}

function requireOwnPlace(backups: string, stick: string): void {
  if (!existsSync(stick) || !statSync(stick).isDirectory())
    throw new Stop(`There is no folder ${stick}: put the stick in, and name a folder on it.`)
  const inside = (outer: string, inner: string): boolean =>
    !relative(resolve(outer), resolve(inner)).startsWith('..')
  if (inside(backups, stick) || inside(stick, backups))
    throw new Stop(
      `The keys must not lie with the backups: ${stick} and ${backups} are one place. Name a ` +
        'folder on a stick that the keeper takes away.',
    )
}

/**
 * Reads the private half of a key.
 *
 * @param id  the id of the backup that the key must open
 * @throws Stop for a file that is not a backup key, and for the key of another backup
 */
export function readBackupKey(path: string, backupId: Bytes): Bytes {
  const wanted = idText(backupId)
  const file = PrivateFile.safeParse(parsed(path))
  if (!file.success) throw new Stop(`${path} is no key of a backup: look for ${wanted}${PRIVATE}.`)
  if (file.data.id !== wanted)
    throw new Stop(`${path} is the key of another backup: look for ${wanted}${PRIVATE}.`)
  const seed = fromB64(file.data.seed)
  if (seed.length === HYBRID_SEED_BYTES) return seed
  throw new Stop(`${path} is damaged: take the copy of ${wanted}${PRIVATE} on another stick.`)
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
