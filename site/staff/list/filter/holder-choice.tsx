// Offers the colleagues who can have a case, so that the list can show the cases of one of them.
import { useCaseColleagues } from '../../case/read/colleagues-in-case.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { useNames } from '../../ledger/use-names.ts'
import { useSessionContext } from '../../session/session-context.ts'
import { FilterChoice } from './filter-choice.tsx'
import { HOLDER_CHOICES, type ListFilter } from './list-filter.ts'

interface HolderChoiceProps {
  filter: ListFilter
  onFilter: (filter: ListFilter) => void
  /** true to show the label only to screen readers */
  isBare?: boolean
}

export function HolderChoice({ filter, onFilter, isBare = false }: HolderChoiceProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const nameOf = useNames()
  const others = useCaseColleagues().flatMap(([id]) => (id === me.id ? [] : [id]))
  return (
    <FilterChoice
      label={t('staff.list.holder')}
      isBare={isBare}
      value={filter.holder}
      choices={[...HOLDER_CHOICES, ...others]}
      name={(each) =>
        each === 'me' || each === 'nobody' ? t(`staff.list.holder.${each}`) : nameOf(each)
      }
      onChoose={(holder) => onFilter({ ...filter, holder })}
    />
  )
}
