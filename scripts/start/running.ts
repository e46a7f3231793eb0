// One server per state folder: two on one database would get in each other's way.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from '#scripts/step'

const markOf = (state: string): string => join(state, 'running')

export async function refuseTwice(state: string): Promise<void> {
  let origin: string
  try {
    origin = readFileSync(markOf(state), 'utf8').trim()
  } catch {
    return
  }
  // A mark left by a server that was killed says nothing: only an answer does.
  try {
    await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(2000) })
  } catch {
    return
  }
  throw new Stop(
    `It is running already at ${origin}/ky/; stop that one first (Ctrl-C where it was started).`,
  )
}

// Returns what takes the mark away again.
export function markRunning(state: string, origin: string): () => void {
  writeFileSync(markOf(state), origin)
  return () => rmSync(markOf(state), { force: true })
}
