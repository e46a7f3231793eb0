// Shows a colleague's warning note before distressing words. The reader decides whether to read the
// words now.
import { useRef, useState } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { focusSoon } from '../../session/navigation.ts'
import { UntrustedText } from '../../ui/untrusted-text.tsx'
import { type LoadedReport } from '../read/load-report.ts'
import { summaryIn } from '../read/read-records.ts'
import { THREAD_TITLE } from './thread.tsx'

export interface ContentNote {
  /** the note that hides the words; null while the words are shown */
  hiding: string | null
  /** shows the words, until the reader leaves the case */
  show: () => void
}

/**
 * Hides the words of a case that already had a note when the case was opened. A note that is added
 * later does not hide the words.
 */
export function useContentNote(loaded: Pick<LoadedReport, 'records'> | null): ContentNote {
  const [isChosen, setIsChosen] = useState(false)
  const atOpening = useRef<string | null>(null)
  if (loaded) atOpening.current ??= summaryIn(loaded.records)?.note ?? ''
  const hiding = isChosen ? null : atOpening.current || null
  return { hiding, show: () => setIsChosen(true) }
}

/**
 * id of the heading, which receives focus when a colleague wants to reply before reading the words
 */
export const NOTE_TITLE = 'content-note-title'

export function ContentNotePart({ note, onShow }: { note: string; onShow: () => void }) {
  const { t } = useMessages()
  const show = (): void => {
    onShow()
    focusSoon(THREAD_TITLE)
  }
  return (
    <section class="content-note" aria-labelledby={NOTE_TITLE}>
      <h3 id={NOTE_TITLE} tabIndex={-1}>
        {t('staff.heavy.title')}
      </h3>
      <UntrustedText text={note} />
      <p class="hint">{t('staff.heavy.hint')}</p>
      <button type="button" class="go" onClick={show}>
        {t('staff.heavy.show')}
      </button>
    </section>
  )
}
