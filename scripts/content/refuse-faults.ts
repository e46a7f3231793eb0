// Refuses to build while content/ has a fault. The person who started the build then sees the file,
// the line and the remedy, instead of a tool's output.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

let hasLooked = false

/**
 * Checks only once, because one command may build more than once. The check runs in a separate
 * process, because some modules parse files on import.
 *
 * @throws Stop with one sentence for each fault
 */
export function refuseFaults(): void {
  if (hasLooked) return
  const script = join(root, 'scripts/content.ts')
  const args = ['--disable-warning=ExperimentalWarning', script, 'faults']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Stop(`${stdout.trim()}${stderr.trim()}`)
  hasLooked = true
}
