// Reports what is wrong with a backup folder, so that the machine's scheduler can alert somebody.
import { statSync } from 'node:fs'
import { backupsIn } from '#scripts/backup/backup-folder'
import { FEW_KEYS, fewKeys, waitingKeys } from '#scripts/backup/backup-keys'

/** The maximum age of the newest backup; an older backup is a fault. */
const OLDEST_HOURS = 24
const HOUR_MS = 3_600_000

/**
 * Returns a sentence for each fault.
 *
 * @param folder  the folder of the backups
 */
export function folderFaults(folder: string, nowMs: number): string[] {
  const keysLeft = waitingKeys(folder).length
  return [
    ...[ageFault(folder, nowMs)].filter((fault) => fault !== null),
    ...(keysLeft <= FEW_KEYS ? [fewKeys(keysLeft)] : []),
  ]
}

function ageFault(folder: string, nowMs: number): string | null {
  const [newest] = backupsIn(folder)
  if (!newest)
    return `There is no backup in ${folder}: run npm run backup, as docs/operations/backup.md says.`
  const { name, path, beganAt } = newest
  const hours = (nowMs - beganAt) / HOUR_MS
  if (hours < 0)
    return `The newest backup is from the future (${name}): set the clock of this machine.`
  if (statSync(path).size === 0)
    return `The newest backup is empty (${name}): look at the disk, and run npm run backup.`
  if (hours <= OLDEST_HOURS) return null
  return (
    `The newest backup is ${Math.floor(hours)} hours old (${name}): run npm run backup and read ` +
    'what it says.'
  )
}
