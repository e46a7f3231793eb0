// Links two cases by an entry of one of them, which says only the id of the other.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { type EntryAdd } from '#protocol/staff/case-changes'
import { minuteOf } from '#protocol/time'
import { postEntry } from '../api/case-api.ts'
import { sendSigned } from '../api/send-signed.ts'
import { withCaseKey } from '../case/case-key-in-use.ts'
import { type CaseWriter } from '../case/case-writer.ts'
import { sealEntry, type EntryOf } from '../crypto/case-entry.ts'
import { type LoadedReport } from '../report/load-report.ts'

/** @throws Refusal as withCaseKey does */
export async function linkCase(
  by: CaseWriter,
  { item, sealed: opened }: Pick<LoadedReport, 'item' | 'sealed'>,
  caseId: string,
): Promise<void> {
  const { keys } = by
  const entry: EntryOf<'link'> = { v: 1, kind: 'link', at: minuteOf(Date.now()), text: '', caseId }
  await withCaseKey(by, opened, async (key) => {
    const sealed = await sealEntry(key, keys.personId, entry)
    const entryHash = toB64(await sha256(fromB64(sealed)))
    const change: EntryAdd = { keyNo: key.keyNo, entryHash }
    await sendSigned(keys, { action: 'entry.add', subject: item.id, change }, (signed) =>
      postEntry(item.id, { signed, sealed }),
    )
  })
}

/** Lists the cases that a case is linked to. A later entry can end a link. */
export function linkedCases({ entries }: Pick<LoadedReport, 'entries'>): Set<string> {
  const linked = new Map<number, string>()
  for (const { n, entry } of entries) {
    if (entry?.kind === 'link') linked.set(n, entry.caseId)
    if (entry?.kind === 'link_end') linked.delete(entry.link)
  }
  return new Set(linked.values())
}
