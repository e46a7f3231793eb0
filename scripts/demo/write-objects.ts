// Writes the chunks of files into the local R2, through the binding that the worker has.
import { join } from 'node:path'
import { getPlatformProxy } from 'wrangler'
import type { SealedChunk } from '#scripts/demo/seal-planned'
import { storeOf } from '#scripts/shared/database'
import { inParallel } from '#scripts/shared/in-parallel'
import { root } from '#scripts/shared/paths'

interface Stores {
  FILES: { put: (name: string, bytes: Uint8Array) => Promise<unknown> }
}

const AT_ONCE = 8

export async function writeObjects(folder: string, chunks: readonly SealedChunk[]): Promise<void> {
  if (chunks.length === 0) return
  const { env, dispose } = await getPlatformProxy<Stores>({
    configPath: join(root, 'wrangler.toml'),
    persist: { path: join(storeOf(folder), 'v3') },
    remoteBindings: false,
  })
  try {
    await inParallel(AT_ONCE, chunks, async ({ file, n, bytes }) => {
      await env.FILES.put(`files/${file}/${n}`, bytes)
    })
  } finally {
    await dispose()
  }
}
