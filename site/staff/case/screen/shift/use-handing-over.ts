// Hands a case over with a note. On request, also assigns the case itself, as "Give to" does. If a
// wish forbids the assignment or a letter mentions the colleague, a reason is required.
import { useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { type Member } from '#protocol/staff/ledger/roster-state'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useSeenLedger, useWholeLedger } from '../../../ledger/ledger-context.ts'
import { holdsRole } from '../../../ledger/read-roster.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { loadReport, type LoadedReport } from '../../read/load-report.ts'
import { reasonsToAsk, standingsOf, type NeedsReason } from '../../read/wish-rules.ts'
import { wishesOf } from '../../read/wishes-of.ts'
import { needsGrants } from '../../write/grants.ts'
import { assignable, sendAssignment } from '../../write/send-assignment.ts'
import { shiftEntry } from '../../write/shift-entry.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { writeIn } from '../../write/write-in.ts'
import { isNamedIn } from '../wishes/names-in-letters.ts'

export interface HandingOver {
  /** the receiver; null for everybody */
  member: Member | null
  /** false for a caseworker, who cannot assign a case */
  mayGive: boolean
  /** true when the case itself is to be assigned as well */
  isGiven: boolean
  setGiven: (isGiven: boolean) => void
  /** the case as the person saw it before assigning it; null until it is loaded */
  loaded: LoadedReport | null
  load: () => Promise<void>
  /** the grounds on which a reason is required; empty until the case is loaded */
  asked: readonly NeedsReason[]
  reason: string
  setReason: (reason: string) => void
  /**
   * @returns the key of the entry in the view
   * @throws Refusal `text_empty` if the words or a required reason are missing, before anything is
   *   sent. Otherwise the codes of writeIn and sendAssignment. Once the words are stored, another
   *   attempt only assigns the case.
   */
  handOver: (text: string) => Promise<string>
}

/**
 * @param to     id of the receiver; empty for everybody
 * @param shown  the case, if a screen shows it already
 */
export function useHandingOver(
  caseId: string,
  to: string,
  shown: LoadedReport | null = null,
): HandingOver {
  const { keys } = useSessionContext()
  const { names } = useSeenLedger()
  const roster = useWholeLedger()?.roster
  const writer = useCaseWriter()
  // The stored tick contains the receiver's id, because giving the case to another colleague
  // requires a new tick.
  const [givenTo, setGivenTo] = useDraft(savedDraftKey('handover_give', caseId))
  const [fetched, setFetched] = useState<LoadedReport | null>(null)
  const [reason, setReason] = useDraft(savedDraftKey('give', caseId))
  const written = useRef<{ words: string; key: string } | null>(null)
  const loaded = shown ?? fetched
  const member = (roster ? assignable(roster) : []).find(({ id }) => id === to) ?? null
  const mayGive = roster !== undefined && holdsRole(roster, keys.personId, 'intake')
  const isGiven = givenTo === to && mayGive && member !== null

  const reasonsIn = (report: LoadedReport): NeedsReason[] =>
    member === null
      ? []
      : reasonsToAsk(standingsOf(wishesOf(report)), {
          readsReports: !needsGrants(member),
          isNamed: isNamedIn(report, names.get(member.id)?.name ?? ''),
        })
  const read = async (): Promise<LoadedReport> => {
    const report = await loadReport(writer(), caseId)
    setFetched(report)
    return report
  }
  const handOver = async (text: string): Promise<string> => {
    const entry = shiftEntry(text, to)
    const report = loaded ?? (await read())
    const isAsked = reasonsIn(report).length > 0
    if (isGiven && isAsked && !hasWords(reason)) throw new Refusal('text_empty')
    const words = `${to} ${text}`
    if (written.current?.words !== words)
      written.current = { words, key: await writeIn(writer(), report.sealed).entry(entry) }
    const { key } = written.current
    if (isGiven) {
      // After a refusal, the next press assigns the case as the person then sees it.
      setFetched(null)
      await sendAssignment(writer(), report, to, isAsked ? reason : null)
      setReason('')
    }
    setGivenTo('')
    written.current = null
    return key
  }
  return {
    ...{ member, mayGive, isGiven, loaded, reason, setReason, handOver },
    setGiven: (isTicked) => setGivenTo(isTicked ? to : ''),
    load: async () => void (await read()),
    asked: isGiven && loaded ? reasonsIn(loaded) : [],
  }
}
