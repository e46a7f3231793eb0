// Names, lists and deletes the files in a folder of backups.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** The number of backups to keep. */
export const KEPT = 7

const NAME = /^(\d{4}-\d\d-\d\dT)(\d\d)(\d\d)(\d\d)Z-([0-9a-f]{32})\.backup$/
/** The file extension of an incomplete backup. */
const UNFINISHED = '.part'

export interface StoredBackup {
  name: string
  path: string
  /** the id of the backup and of its key, in base 16 */
  id: string
  /** when the backup began, in milliseconds since 1970 */
  beganAt: number
}

/** Names a backup after the second in which it begins. */
export const backupName = (id: string, nowMs: number): string =>
  `${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '')}Z-${id}.backup`

/** Lists the backups of a folder, the newest first. */
export function backupsIn(folder: string): StoredBackup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name): StoredBackup[] => {
      const [, date = '', hour = '', minute = '', second = '', id = ''] = NAME.exec(name) ?? []
      if (id === '') return []
      const beganAt = Date.parse(`${date}${hour}:${minute}:${second}Z`)
      return [{ name, path: join(folder, name), id, beganAt }]
    })
    .sort((a, b) => b.beganAt - a.beganAt || (a.name < b.name ? 1 : -1))
}

/**
 * Makes the folder, and deletes the leftovers of an interrupted backup.
 *
 * @returns the path of a file that is not complete yet
 */
export function prepareFolder(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const left of readdirSync(folder))
    if (left.endsWith(`.backup${UNFINISHED}`)) rmSync(join(folder, left))
  return join(folder, name + UNFINISHED)
}

/** Deletes all backups but the newest. @returns the names of the deleted backups */
export function dropOldBackups(folder: string): string[] {
  const old = backupsIn(folder).slice(KEPT)
  for (const { path } of old) rmSync(path)
  return old.map(({ name }) => name)
}
