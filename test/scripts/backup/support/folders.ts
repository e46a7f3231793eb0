// Makes a backup folder with a keeper's USB stick beside it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { makeBackupKeys, readBackupKey, idText } from '#scripts/backup/backup-keys'
import { readWholeBackup, type WholeBackup } from '#scripts/backup/read-backup'
import { readBackupId } from '#scripts/backup/sealed-stream'

export interface Folders {
  backups: string
  stick: string
}

/** Makes both folders for one test, with keys for future backups. */
export async function backupFolders(nowMs = Date.now()): Promise<Folders> {
  const folder = mkdtempSync(join(tmpdir(), 'oasis-backup-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const folders = { backups: join(folder, 'backups'), stick: join(folder, 'stick') }
  mkdirSync(folders.stick)
  await makeBackupKeys(folders.backups, [folders.stick], nowMs)
  return folders
}

/** Opens a backup with the key on the stick. */
export async function wholeOf(path: string, { stick }: Folders): Promise<WholeBackup> {
  const id = await readBackupId(path)
  return readWholeBackup(path, readBackupKey(join(stick, `${idText(id)}.key`), id))
}
