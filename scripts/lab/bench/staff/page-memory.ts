// Measures the staff app's memory and nodes, with all words and lines loaded and a case open.
import type { StaffFigures } from '#scripts/lab/bench/staff/figures'
import { FIRST_LINE, type StaffPage } from '#scripts/lab/bench/staff/staff-page'

const ALL_CASES = 8
const MEGABYTE = 1e6

export async function benchMemoryOfPage(app: StaffPage, figures: StaffFigures): Promise<void> {
  await app.pressAndDraw({ click: `.views button:nth-child(${ALL_CASES})` })
  await app.pressUntil({ click: FIRST_LINE.selector }, { selector: '.report .thread li' })
  await app.until({ selector: '#inside-title' })
  await app.session.send('HeapProfiler.collectGarbage')
  const heap = await app.session.send('Runtime.getHeapUsage')
  const { nodes: inMemory } = await app.session.send('Memory.getDOMCounters')
  const nodes = await app.page.evaluate(() => {
    const walker = document.createTreeWalker(document)
    let count = 1
    while (walker.nextNode()) count += 1
    return count
  })
  figures.print({
    what: 'memory',
    how: 'JavaScript, its buffers and its document after a collection, with a case open',
    values: [(heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize) / MEGABYTE],
    ...{ unit: 'MB', bound: 400 },
  })
  figures.print({
    what: 'nodes of the document',
    how: `${inMemory} nodes in memory at the same moment, also those out of the document`,
    values: [nodes],
    ...{ unit: 'nodes', bound: 5000 },
  })
}
