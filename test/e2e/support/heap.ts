// Counts the objects that remain in the heap of a page. The count excludes compiled code and the
// browser's own records of requests, both of which grow with each request.
import { type CDPSession } from '@playwright/test'
import * as z from 'zod/mini'

const Snapshot = z.object({
  snapshot: z.object({
    meta: z.object({
      node_fields: z.array(z.string()),
      node_types: z.tuple([z.array(z.string())], z.unknown()),
    }),
  }),
  nodes: z.array(z.number()),
})

/** The types of heap snapshot nodes that scripts create. */
const MADE_BY_SCRIPTS = ['object', 'closure', 'string', 'concatenated string', 'array', 'regexp']

/** Returns the number of objects, functions, strings and arrays still in use on a page. */
export async function countInHeap(session: CDPSession): Promise<number> {
  let text = ''
  const add = ({ chunk }: { chunk: string }): void => {
    text += chunk
  }
  session.on('HeapProfiler.addHeapSnapshotChunk', add)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  session.off('HeapProfiler.addHeapSnapshotChunk', add)
  const { snapshot, nodes } = Snapshot.parse(JSON.parse(text))
  const {
    node_fields: { length: width },
    node_types: [types],
  } = snapshot.meta
  const made = new Set(MADE_BY_SCRIPTS.map((name) => types.indexOf(name)))
  let count = 0
  for (let at = 0; at < nodes.length; at += width) if (made.has(nodes[at] ?? -1)) count++
  return count
}
