// Builds a reader's index of in-memory cases.
import { vi } from 'vitest'
import { IndexBuilder } from '#site/staff/search/build-index.ts'
import { type CaseIndex } from '#site/staff/search/case-index.ts'
import type { CaseWriter } from '#site/staff/session/case-writer.ts'
import { type IndexEdge } from './index-edge.ts'

export async function indexOf(by: CaseWriter, edge: IndexEdge): Promise<CaseIndex> {
  vi.stubGlobal('fetch', edge.answer)
  const shown: CaseIndex[] = []
  const builder = new IndexBuilder(
    { ...by, writer: by, isIntake: true },
    { onChange: (index) => shown.push(index), onProgress: () => undefined },
  )
  await builder.update()
  return shown.at(-1)!
}
