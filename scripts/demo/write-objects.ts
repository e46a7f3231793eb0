// Writes chunks of files and shares of cases into the local R2, through the binding of the
// worker.
import { join } from 'node:path'
import { getPlatformProxy } from 'wrangler'
import { storeOf } from '#scripts/shared/database'
import { inParallel } from '#scripts/shared/in-parallel'
import { root } from '#scripts/shared/paths'

interface Stores {
  FILES: { put: (name: string, bytes: Uint8Array) => Promise<unknown> }
}

const AT_ONCE = 32

/** An object of R2. */
export interface DemoObject {
  name: string
  bytes: Uint8Array
}

export async function writeObjects(folder: string, objects: readonly DemoObject[]): Promise<void> {
  if (objects.length === 0) return
  const { env, dispose } = await getPlatformProxy<Stores>({
    configPath: join(root, 'wrangler.toml'),
    persist: { path: join(storeOf(folder), 'v3') },
    remoteBindings: false,
  })
  try {
    await inParallel(AT_ONCE, objects, async ({ name, bytes }) => {
      await env.FILES.put(name, bytes)
    })
  } finally {
    await dispose()
  }
}
