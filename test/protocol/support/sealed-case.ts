// Turns a report into the sealed case that the edge sends for the search index.
import { fromB64 } from '#protocol/bytes'
import { Statement } from '#protocol/staff/chain'
import type { OpenedReport } from '#protocol/staff/opened-report'
import type { SealedCase } from '#protocol/staff/sealed-cases'

export function sealedCaseOf(opened: OpenedReport): SealedCase {
  const { item, log, mergedInto, taken, caseKeys, grants, shares, records } = opened
  const keyRows = [...log, ...opened.keyRows].filter(
    ({ statement }) => Statement.parse(JSON.parse(statement)).action === 'key.make',
  )
  return {
    ...{ keyRows, mergedInto, taken, caseKeys, grants, shares, records },
    ...{ id: item.id, day: item.day },
    extent: { followUps: item.followUps, rows: item.rows },
    entries: opened.entries.map(({ n, sealed }) => {
      const { statement = '', change = '' } = log[n - 1] ?? {}
      return { n, sealed, statement, change }
    }),
    envelope: fromB64(opened.envelope),
    followUps: opened.followUps.map(({ id, day, envelope }) => ({
      ...{ id, day },
      envelope: fromB64(envelope),
    })),
    answers: opened.answers.map(({ slot, day, sealed }) => ({
      ...{ slot, day },
      sealed: fromB64(sealed),
    })),
  }
}
