// Finds the title of another case in the index on this device, or by opening the case.
import { useEffect, useState } from 'preact/hooks'
import { useCaseIndex } from '../../../search/case-index.ts'
import { caseTitle } from '../../../search/read-case.ts'
import { useReader } from '../../../session/use-reader.ts'
import { loadReport, type LoadedReport } from '../../read/load-report.ts'
import { summaryIn } from '../../read/read-records.ts'

/**
 * Returns the title or note from the summary, otherwise the first words of the letter, otherwise
 * ''.
 */
export function titleOfCase({ records, first }: Pick<LoadedReport, 'records' | 'first'>): string {
  const summary = summaryIn(records)
  const title = summary?.title || summary?.note
  return caseTitle({ title: title?.trim() ?? '', words: first?.report.text.trim() ?? '' })
}

/**
 * The title of another case; empty for a case without words. `shut` means that the case could not
 * be opened.
 */
type OtherTitle = { is: 'loading' } | { is: 'shut' } | { is: 'known'; title: string }

export function useCaseTitle(id: string): OtherTitle {
  const reader = useReader()
  const indexed = useCaseIndex().cases.get(id)?.title
  const [found, setFound] = useState<OtherTitle>({ is: 'loading' })
  useEffect(() => {
    if (indexed || !reader) return
    let isGone = false
    const show = (other: OtherTitle): void => {
      if (!isGone) setFound(other)
    }
    void loadReport(reader, id).then(
      (loaded) => show({ is: 'known', title: titleOfCase(loaded) }),
      () => show({ is: 'shut' }),
    )
    return () => void (isGone = true)
  }, [id, indexed, reader === null])
  return indexed ? { is: 'known', title: indexed } : found
}
