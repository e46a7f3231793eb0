// Queries the worker's V8 inspector under Miniflare, over the DevTools protocol.
import * as z from 'zod/mini'
import { openBrowserSession } from '#scripts/browser/browser-session'

const Targets = z.array(z.object({ id: z.string(), webSocketDebuggerUrl: z.string() }))
const Heap = z.object({
  usedSize: z.number(),
  embedderHeapUsedSize: z.number(),
  backingStorageSize: z.number(),
})

export interface Inspector {
  /**
   * returns the number of bytes still in use after a garbage collection, including scripts,
   * platform objects and buffers
   */
  left: () => Promise<number>
  close: () => void
}

/** A request must be in flight during each query, because an idle isolate collects no garbage. */
export async function openInspector(port: number): Promise<Inspector> {
  const list = await fetch(`http://127.0.0.1:${String(port)}/json/list`)
  const target = Targets.parse(await list.json()).find(({ id }) => id.startsWith('core:user'))
  if (target === undefined) throw new Error('The inspector knows of no worker.')
  const { send, close } = await openBrowserSession(target.webSocketDebuggerUrl)
  for (const domain of ['Runtime', 'HeapProfiler']) await send(`${domain}.enable`)
  return {
    left: async () => {
      await send('HeapProfiler.collectGarbage')
      const heap = Heap.parse(await send('Runtime.getHeapUsage'))
      return heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize
    },
    close,
  }
}
