// Shows, above the list, the handovers to this colleague and any handovers that nobody has read in
// time. Pressing the line opens the first case; the head of each case leads to the next case.
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { countCases, isLate, type HandoverLine } from '../../../search/list-handovers.ts'
import { WithCaseWords } from '../with-case-words.tsx'
import { useHandovers } from './use-handovers.ts'

interface HandoverLinesProps {
  /** opens a case */
  onOpen: (id: string) => void
}

export function HandoverLines({ onOpen }: HandoverLinesProps) {
  const { due, reader } = useHandovers()
  if (due.length === 0) return null
  const late = due.filter((each) => reader.isReader && isLate(each, reader.rota, reader.now))
  const calm = due.filter((each) => !late.includes(each))
  return (
    <WithCaseWords isQuiet>
      <Line lines={late} isLate onOpen={onOpen} />
      <Line lines={calm} onOpen={onOpen} />
    </WithCaseWords>
  )
}

interface LineProps extends HandoverLinesProps {
  lines: readonly HandoverLine[]
  isLate?: boolean
}

function Line({ lines, isLate = false, onOpen }: LineProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const [first] = lines
  if (!first) return null
  const wayOf = ({ from, to }: HandoverLine): string =>
    t('staff.handover.from', {
      from: nameOf(from),
      to: to === null ? t('staff.shift.all') : nameOf(to),
    })
  const names = new Set(lines.map((each) => (isLate ? wayOf(each) : nameOf(each.from))))
  const params = { names: [...names].join(', '), n: countCases(lines) }
  return (
    <aside class={isLate ? 'alert' : 'alert calm'}>
      <p dir="auto">{t(isLate ? 'staff.handover.late' : 'staff.handover.line', params)}</p>
      <button type="button" onClick={() => onOpen(first.goesOn)}>
        {t('staff.handover.go')}
      </button>
    </aside>
  )
}
