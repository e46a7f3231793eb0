// Runs the commands of `npm run org` that keep recovery possible. The commands export the keys,
// write the recovery page, and renew a keeper's certificate or the recovery key.
import { join } from 'node:path'
import { renewKeeper } from '#scripts/org/renew-keeper'
import { writeExport } from '#scripts/org/recovery/export'
import { comparesDigits, exportPath } from '#scripts/org/recovery/commands'
import { RECOVERY_PAGE, writeRecoveryPage } from '#scripts/org/recovery/page'
import { RECOVERY_SQL, renewRecovery } from '#scripts/org/recovery/renew'
import { readDeployment } from '#scripts/account/deployment'
import { writeConfigurations } from '#scripts/account/configuration'
import { storeOf } from '#scripts/shared/database'
import { deployDir, keysDir, root } from '#scripts/shared/paths'
import { step } from '#scripts/shared/progress'
import { runQuietly } from '#scripts/shared/run-tool'
import { askPassphrase, withTerminal } from '#scripts/org/terminal'

/** @param local  the folder of a local server; null for the deployed database */
export async function exportKeys(local: string | null): Promise<number> {
  const place =
    local === null ? ['--remote'] : ['--local', '--persist-to', storeOf(join(root, local))]
  const config =
    local === null
      ? ['--config', deployedConfiguration(), '--env', '']
      : ['--config', join(root, 'wrangler.toml')]
  const wrangler = (name: string, args: string[]): Promise<string> =>
    runQuietly(name, 'wrangler', [...args, ...config])
  const { path, rows, newKeys } = await step('Reading the database', () =>
    writeExport(keysDir, { wrangler, place }, Date.now()),
  )
  console.log(`Written: ${path}, with ${rows} rows. It has no names and no reports.`)
  console.log('Keep it with the backup, and copy it to the offline laptop.')
  if (newKeys !== null)
    console.log(`${newKeys} Copy it to the offline laptop, and to everybody who watches.`)
  return 0
}

const deployedConfiguration = (): string =>
  writeConfigurations(root, readDeployment(join(keysDir, 'public.json')), deployDir).site

export async function buildRecoveryPage(): Promise<number> {
  const hash = await writeRecoveryPage(keysDir)
  console.log(`Written: ${join(keysDir, RECOVERY_PAGE)}. SHA-256: ${hash}`)
  console.log('Keep a copy with each sheet, on a memory stick. It needs no network.')
  return 0
}

/** @param request  the path of keeper-request.txt */
export async function renew(request: string): Promise<number> {
  const path = await withTerminal((terminal) =>
    renewKeeper(
      keysDir,
      request,
      {
        passphrase: () => askPassphrase(terminal, 'the root key'),
        compareDigits: (digits) => comparesDigits(terminal, digits),
      },
      Date.now(),
    ),
  )
  console.log(`\nWritten: ${path}. The person chooses it on the screen "Keys", within the hour.`)
  return 0
}

export async function renewRecoveryKey(): Promise<number> {
  const names = await withTerminal((terminal) =>
    renewRecovery(keysDir, exportPath, () => askPassphrase(terminal, 'the root key'), Date.now()),
  )
  console.log(`\nWritten to ${keysDir}: ${names.join(', ')}, ${RECOVERY_PAGE}.`)
  console.log('1. Print the three new sheets for three people, then delete the three files.')
  console.log(`2. Load ${RECOVERY_SQL}: docs/operations/lost-keys.md has the command.`)
  console.log(
    '3. A keeper then opens a new epoch and a new generation of the team key in the staff app: ' +
      'only keys that are made after the row open with the new sheets.',
  )
  console.log(
    '4. The older sheets still open the older keys, and the root key in older copies of ' +
      'public.json. Collect them, and destroy them when the older epochs have ended.',
  )
  return 0
}
