// `npm run backup`: writes one sealed backup of the database and the bucket, and keeps the newest
// seven. `-- --local .oasis --to FOLDER` reads a local server instead of the deployment. `-- keys
// FOLDER...` makes keys for further backups, and writes the private halves onto the keepers'
// sticks. `-- check` exits with code 1 when the newest backup is too old, or when few keys are
// left.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { FEW_KEYS, fewKeys, makeBackupKeys, waitingKeys } from '#scripts/backup/backup-keys'
import { folderFaults } from '#scripts/backup/folder-faults'
import { openStores } from '#scripts/backup/open-stores'
import { writeBackup } from '#scripts/backup/write-backup'
import { backupsDir } from '#scripts/shared/paths'
import { runTask, step, Stop } from '#scripts/shared/progress'

const USE = [
  'Use: npm run backup, or npm run backup -- and these:',
  '  keys FOLDER...        make keys for backups on the sticks of keepers',
  '  check                 end with code 1 when the newest backup is old, or keys are few',
  '  --local FOLDER        read the local server with this state, such as .oasis; needs --to',
  '  --to FOLDER           the folder of the backups',
].join('\n')

interface Asked {
  command: string | undefined
  sticks: string[]
  folder: string
  local: string | undefined
}

function askedOf(args: string[]): Asked {
  try {
    const text = { type: 'string' } as const
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { local: text, to: text },
    })
    const [command, ...sticks] = positionals
    // Backups of a local server must not displace the deployment's backups in their folder.
    if (values.local !== undefined && values.to === undefined) throw new Stop(USE)
    const folder = values.to === undefined ? backupsDir : resolve(values.to)
    return { command, sticks, folder, local: values.local }
  } catch {
    throw new Stop(USE)
  }
}

async function backUp({ folder, local }: Asked): Promise<number> {
  const { stores, close } = await openStores(local)
  try {
    const written = await step('Writing the backup', () => writeBackup(stores, folder))
    const { path, reports, objects, ledger, at, dropped, keysLeft } = written
    console.log(`Written: ${path}. Reports: ${reports}. Objects: ${objects}.`)
    console.log(`It holds all that was stored before ${at}, up to row ${ledger.n} of the ledger.`)
    if (dropped.length > 0) console.log(`Deleted: ${dropped.join(', ')}.`)
    if (keysLeft <= FEW_KEYS) console.log(fewKeys(keysLeft))
    return 0
  } finally {
    await close()
  }
}

async function makeKeys({ folder, sticks }: Asked): Promise<number> {
  const { made, deleted, isSameDisk } = await makeBackupKeys(folder, sticks, Date.now())
  console.log(`${made} keys were made. ${waitingKeys(folder).length} wait for further backups.`)
  if (deleted > 0) console.log(`${deleted} keys of deleted backups were deleted from the sticks.`)
  if (isSameDisk)
    console.log('A stick is on the same disk as the backups. Who gets that disk opens them.')
  console.log('Take the sticks out, and keep them where the sheets of the recovery are.')
  return 0
}

runTask(() => {
  const asked = askedOf(process.argv.slice(2))
  const { command, sticks, folder } = asked
  if (command === undefined) return backUp(asked)
  if (command === 'keys' && sticks.length > 0) return makeKeys(asked)
  if (command !== 'check' || sticks.length > 0) throw new Stop(USE)
  const faults = folderFaults(folder, Date.now())
  for (const fault of faults) console.log(fault)
  return Promise.resolve(faults.length === 0 ? 0 : 1)
})
