// Links two cases with an entry in each of them, or removes both links. Writes to the other case
// first. If the second write fails, the next attempt recognises that the first write succeeded, and
// makes only the second. A different reason for the same link is stored too; otherwise its words
// would be lost.
import { Refusal } from '#protocol/errors'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { minuteOf } from '#protocol/time'
import { fetchReport } from '../../api/case-api.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { openKeysOf } from '../read/key-hashes.ts'
import { linksOf, type CaseLink } from '../read/links-of.ts'
import { readEntries } from '../read/read-entries.ts'
import { writeIn } from './write-in.ts'

const linksIn = async (by: CaseWriter, stored: StoredCase): Promise<CaseLink[]> =>
  linksOf(await readEntries(await openKeysOf(by, [stored]), stored))

/**
 * @param other  id of the other case
 * @throws Refusal `not_found` for an unknown case, and for this case itself. `case_merged` when the
 *   other case has been merged. Otherwise the codes of CaseWriting.entry.
 */
export async function sendLink(
  by: CaseWriter,
  stored: StoredCase,
  other: string,
  text: string,
): Promise<void> {
  const { id } = stored.item
  if (other === id) throw new Refusal('not_found')
  const theirs = await fetchReport(other)
  if (theirs.mergedInto !== null) throw new Refusal('case_merged')
  const at = minuteOf(Date.now())
  for (const [from, to] of [
    [theirs, id],
    [await fetchReport(id), other],
  ] as const) {
    const links = (await linksIn(by, from)).filter(({ caseId }) => caseId === to)
    const isKept = links.some((link) => link.text === text || text === '')
    if (!isKept) await writeIn(by, from).entry({ v: 1, kind: 'link', at, text, caseId: to })
  }
}

/** Removes the links between two cases. Throws the codes of CaseWriting.entry. */
export async function sendLinkEnd(
  by: CaseWriter,
  stored: StoredCase,
  { caseId: other }: Pick<CaseLink, 'caseId'>,
): Promise<void> {
  const { id } = stored.item
  const at = minuteOf(Date.now())
  for (const [from, to] of [
    [await fetchReport(other), id],
    [await fetchReport(id), other],
  ] as const) {
    // Colleagues do not write in a merged case, whose links no longer count.
    if (from.mergedInto !== null) continue
    const links = (await linksIn(by, from)).filter(({ caseId }) => caseId === to)
    for (const { n } of links)
      await writeIn(by, from).entry({ v: 1, kind: 'link_end', at, text: '', link: n })
  }
}
