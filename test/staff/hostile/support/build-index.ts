// Builds a tab's search index once, and reads the words that the list and the search show.
import { IndexBuilder } from '#site/staff/search/build-index.ts'
import { type CaseIndex } from '#site/staff/search/case-index.ts'
import { fetchExtents } from '#site/staff/search/fetch-extents.ts'
import { SealedReader } from '#site/staff/search/read-sealed.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { FORGED, type SeenCase } from './view-case.ts'
import { isReader } from './world.ts'

export async function buildIndex(by: CaseWriter): Promise<Pick<SeenCase, 'shown' | 'forged'>> {
  let index: CaseIndex | null = null
  const isIntake = isReader(by)
  const source = { ...by, writer: isIntake ? by : null, isIntake }
  const onChange = (next: CaseIndex): void => void (index = next)
  const builder = new IndexBuilder(source, { onChange, onProgress: () => undefined })
  await builder.update()
  const shown = [...((index as CaseIndex | null)?.cases.values() ?? [])].map((each) =>
    JSON.stringify(each),
  )
  builder.stop()
  shown.push(...(await readWithLeaves(by)))
  return { shown: shown.join('\n'), forged: shown.filter((each) => each.includes(FORGED)) }
}

/**
 * Reads all cases as the app does for a large index: the leaves of the last checkpoint prove them.
 */
async function readWithLeaves(by: CaseWriter): Promise<string[]> {
  const reader = new SealedReader(by)
  if (isReader(by)) await reader.fetchLeaves()
  const ids = [...(await fetchExtents()).keys()]
  const { cases } = await reader.loadPage(ids)
  const read = await Promise.all(cases.map((each) => reader.read(each)))
  return read.map((each) => JSON.stringify(each.read))
}
