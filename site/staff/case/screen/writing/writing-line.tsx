// Shows that a colleague is writing in the case now. The line does not stop anybody from writing.
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { WithCaseWords } from '../with-case-words.tsx'

interface WritingLineProps {
  /** ids of the colleagues */
  writers: readonly string[]
  /** true for the line that a screen reader announces; the case shows two such lines */
  isAnnounced?: boolean
}

export const WritingLine = ({ writers, isAnnounced = false }: WritingLineProps) => (
  <p class="by writing" role={isAnnounced ? 'status' : undefined}>
    {writers.length > 0 && (
      <WithCaseWords isQuiet>
        <Names writers={writers} />
      </WithCaseWords>
    )}
  </p>
)

function Names({ writers }: Pick<WritingLineProps, 'writers'>) {
  const { t } = useMessages()
  const nameOf = useNames()
  return <bdi>{t('staff.writing.now', { names: writers.map(nameOf).join(', ') })}</bdi>
}
