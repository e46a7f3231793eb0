// Refuses to build while something in content/ is wrong. A person then reads which file, which line
// and what to do, in place of the output of a tool.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

let hasLooked = false

/**
 * Looks once in a process, because a start builds more than once. Looks in a program of its own,
 * because some files are parsed on import.
 *
 * @throws Stop with the sentence of each fault
 */
export function refuseFaults(): void {
  if (hasLooked) return
  const script = join(root, 'scripts/content.ts')
  const args = ['--disable-warning=ExperimentalWarning', script, 'faults']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Stop(`${stdout.trim()}${stderr.trim()}`)
  hasLooked = true
}
