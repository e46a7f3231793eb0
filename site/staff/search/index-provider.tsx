// Builds the search index while the workspace is open, and provides it to every part of the
// workspace. Locking drops the words. The bar shows how many cases are still being read.
import { type ComponentChildren } from 'preact'
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Arrivals } from '#protocol/staff/list/queue'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useReader } from '../session/use-reader.ts'
import type { IndexBuilder } from './build-index.ts'
import {
  CaseIndexContext,
  ReadingContext,
  SuggestionsContext,
  useReading,
  type CaseIndex,
  type ReadingProgress,
} from './case-index.ts'
import type { IndexSource } from './hold-pieces.ts'

interface ProviderProps {
  /** the newest counts, which show whether a letter has arrived */
  arrivals: Arrivals | undefined
  children: ComponentChildren
}

/** Time after which the code is fetched again if it has not arrived. */
const MISSED_MS = 30_000

/**
 * Time after which the index checks for changes again, because colleagues also change cases when no
 * letter arrives.
 */
const AGAIN_MS = 10 * 60_000

export function CaseIndexProvider({ arrivals, children }: ProviderProps) {
  const source = useIndexSource()
  const empty = useContext(CaseIndexContext)
  const [index, setIndex] = useState<CaseIndex>(empty)
  const [progress, setProgress] = useState<ReadingProgress>(null)
  const builder = useRef<IndexBuilder | null>(null)
  /** number of failed attempts to fetch the code */
  const [missed, setMissed] = useState(0)
  const name = source === null ? null : nameOf(source)

  useEffect(() => {
    if (!source) return
    let hasEnded = false
    // The first lines of the list are fetched before the code that opens every case.
    void import('./build-index.ts').then(
      (code) => {
        if (hasEnded) return
        builder.current = new code.IndexBuilder(source, {
          onChange: setIndex,
          onProgress: setProgress,
        })
        void builder.current.update()
      },
      () => setTimeout(() => setMissed((times) => times + 1), MISSED_MS),
    )
    const timer = setInterval(() => void builder.current?.update(), AGAIN_MS)
    return () => {
      hasEnded = true
      clearInterval(timer)
      builder.current?.stop()
      builder.current = null
      setProgress(null)
    }
  }, [name, missed])

  useEffect(() => {
    if (source) void builder.current?.renew(source)
  }, [source?.keys, source?.roster])

  const arrived = arrivals ? arrivals.reports + arrivals.followUps : 0
  useEffect(() => void builder.current?.update(), [arrived])

  const suggest = useMemo(() => (id: string) => builder.current?.suggest(id) ?? NONE, [name])
  return (
    <CaseIndexContext.Provider value={index}>
      <ReadingContext.Provider value={progress}>
        <SuggestionsContext.Provider value={suggest}>{children}</SuggestionsContext.Provider>
      </ReadingContext.Provider>
    </CaseIndexContext.Provider>
  )
}

const NONE = Promise.resolve([])

/**
 * Returns the newest generation of the team key that the person holds. Returns 0 for a person
 * without the team key, and while the ledger is not yet verified.
 */
const newestHeld = (writer: IndexSource['writer']): number =>
  Math.max(0, ...[...(writer?.keys.team.keys() ?? [])].filter((n) => writer?.roster.teams.has(n)))

/** Identifies the facts that determine the index: the role, and the generation of the pieces. */
const nameOf = ({ isIntake, writer }: IndexSource): string => `${isIntake} ${newestHeld(writer)}`

/**
 * Returns null for a person without cases, and until the first verdict on the ledger. Until then,
 * the people who may sign case keys are not known.
 */
function useIndexSource(): IndexSource | null {
  const { me } = useSessionContext()
  const { ledger } = useSeenLedger()
  const reader = useReader()
  const isIntake = me.roles.includes('intake')
  if (!isIntake && !me.roles.includes('caseworker')) return null
  if (reader === null) return null
  // A broken ledger stops sealing but never reading: the app then reads every case separately.
  const writer = isIntake && ledger?.is === 'whole' ? reader : null
  return { ...reader, writer, isIntake }
}

/** Shows a bar while many cases are being read. */
export function IndexLine() {
  const { t } = useMessages()
  const progress = useReading()
  if (progress === null) return null
  const { done, total } = progress
  return (
    <div class="index-line">
      <p id="index-line">{t('staff.index.reading', { done, total })}</p>
      <progress max={total} value={done} aria-labelledby="index-line" />
    </div>
  )
}
