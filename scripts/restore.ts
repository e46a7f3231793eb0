// `npm run restore -- BACKUP KEY`: restores a backup into the empty database and the empty bucket
// of the deployment. `--local FOLDER` restores into a local server instead. `-- BACKUP KEY --check`
// only proves that the backup is complete and that the key opens it.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openStores } from '#scripts/backup/open-stores'
import { prepareTables } from '#scripts/backup/prepare-tables'
import { readBackupKey } from '#scripts/backup/backup-keys'
import { readWholeBackup } from '#scripts/backup/read-backup'
import { requireEmpty } from '#scripts/backup/require-empty'
import { restoreBackup } from '#scripts/backup/restore-backup'
import { readBackupId } from '#scripts/backup/sealed-stream'
import type { Stores } from '#scripts/backup/stores'
import { root } from '#scripts/shared/paths'
import { runTask, step, Stop } from '#scripts/shared/progress'

const USE = [
  'Use: npm run restore -- BACKUP KEY, and one of these:',
  '  --check            prove that the backup is whole and that the key opens it, no more',
  '  --local FOLDER     restore into the local server with this state, such as .oasis',
].join('\n')

const NEXT = [
  'Now run npm run deploy. In a new account, put the secrets in again.',
  'Then everybody signs in again, and a keeper opens "Log" and presses "Go on after a restore"',
  'if it says that the log is older: docs/operations/restore.md, "From a backup".',
]

function askedOf(args: string[]) {
  try {
    const options = { local: { type: 'string' }, check: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
    const [path, key, more] = positionals
    if (path === undefined || key === undefined || more !== undefined) throw new Stop(USE)
    const [from, by] = [resolve(root, path), resolve(root, key)]
    return { path: from, key: by, local: values.local, isCheck: !!values.check }
  } catch {
    throw new Stop(USE)
  }
}

async function withStores<Result>(
  local: string | undefined,
  work: (stores: Stores) => Promise<Result>,
): Promise<Result> {
  const { stores, close } = await openStores(local)
  try {
    return await work(stores)
  } finally {
    await close()
  }
}

runTask(async () => {
  const { path, key, local, isCheck } = askedOf(process.argv.slice(2))
  const seed = readBackupKey(key, await readBackupId(path))
  const whole = await step('Reading the backup to its end', () => readWholeBackup(path, seed))
  console.log(`It holds all that was stored before ${whole.at}, up to row ${whole.ledger.n}.`)
  if (isCheck) return 0
  await withStores(local, requireEmpty)
  await prepareTables(local)
  return withStores(local, async (stores) => {
    const { reports, objects } = await step('Restoring', () => restoreBackup(whole, stores))
    console.log(`Restored reports: ${reports}. Objects: ${objects}. All chains are whole.`)
    if (local === undefined) for (const line of NEXT) console.log(line)
    return 0
  })
})
