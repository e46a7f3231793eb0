// Caches the results of slow work between builds, because a change affects only a few of the
// results. Each result is a file in the build's folder, named after the hash of the inputs. The
// installed packages are an input too.
import type { AstroIntegration } from 'astro'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DAY_MS } from '#protocol/limits'

/**
 * The folder for the results, inside the folder of a clone. A copy of the sources has its own
 * folder.
 */
const KEPT = '.oasis/kept'
/** A result that no build has used for this long is deleted. */
const KEPT_DAYS = 30

export interface Work {
  /** the kind of work; a changed method needs a new name */
  name: string
  /** everything that the result depends on, except the packages */
  input: string
  /** the folder of the clone; by default the folder of the build */
  root?: string
}

/** Does the work and returns its result, or returns the cached result from an earlier build. */
export async function keptWork(
  { name, input, root = resolve() }: Work,
  work: () => Promise<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const packages = await readFile(join(root, 'package-lock.json'))
  const hash = createHash('sha256').update(packages).update(`\0${name}\0`).update(input)
  const path = join(root, KEPT, hash.digest('hex'))
  const known = await readFile(path).catch(() => null)
  if (known !== null) {
    const now = new Date()
    await utimes(path, now, now).catch(() => undefined)
    return new Uint8Array(known)
  }
  const made = new Uint8Array(await work())
  await mkdir(join(root, KEPT), { recursive: true })
  // Two builds may write at the same time, and a build may be stopped.
  const unfinished = `${path}.${randomUUID()}`
  await writeFile(unfinished, made)
  await rename(unfinished, path)
  return made
}

/** Deletes the results that no build has used for a month. */
export async function dropOldWork(nowMs: number, root = resolve()): Promise<void> {
  const folder = join(root, KEPT)
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    // Another build may delete the same result at the same time.
    const found = await stat(path).catch(() => null)
    if (found && nowMs - found.mtimeMs > KEPT_DAYS * DAY_MS) await rm(path, { force: true })
  }
}

export const oldWork = (): AstroIntegration => ({
  name: 'old-work',
  hooks: { 'astro:build:done': () => dropOldWork(Date.now()) },
})
