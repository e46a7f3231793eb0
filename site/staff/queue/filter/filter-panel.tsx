// Shows all parts of the filter as choices, and saves them as a view. The code is fetched when
// somebody opens the filter.
import { useId } from 'preact/hooks'
import { CLOSE_REASONS, WAITING_FOR } from '#protocol/staff/fields'
import { useMessages } from '../../i18n/messages.tsx'
import { type IndexedCase } from '../../pieces/case-index.ts'
import { languageName } from '../../ui/language-switch.tsx'
import { DUE_CHOICES, HOLDER_CHOICES, STATUS_CHOICES, type ListFilter } from './list-filter.ts'
import { SaveView, type SaveViewProps } from './save-view.tsx'

export interface FilterPanelProps extends Omit<SaveViewProps, 'filter'> {
  filter: ListFilter
  cases: ReadonlyMap<string, Pick<IndexedCase, 'tags' | 'language'>>
  onFilter: (filter: ListFilter) => void
}

export function FilterPanel({ filter, cases, onFilter, ...saving }: FilterPanelProps) {
  const { t } = useMessages()
  const choose = <Part extends keyof ListFilter>(part: Part, value: ListFilter[Part]): void =>
    onFilter({ ...filter, [part]: value })
  const { tags, languages } = wordsOf(cases)
  return (
    <div class="filter-panel">
      <div class="filters">
        <Choice
          label={t('staff.fact.status')}
          value={filter.status}
          choices={STATUS_CHOICES}
          name={(each) => (each === 'open' ? t('staff.list.view.open') : t(`staff.status.${each}`))}
          onChoose={(value) => choose('status', value)}
        />
        <Choice
          label={t('staff.list.holder')}
          value={filter.holder}
          choices={HOLDER_CHOICES}
          name={(each) => t(`staff.list.holder.${each}`)}
          onChoose={(value) => choose('holder', value)}
        />
        <Choice
          label={t('staff.list.waits')}
          value={filter.waitsFor}
          choices={WAITING_FOR}
          name={(each) => t(`staff.list.waits.${each}`)}
          onChoose={(value) => choose('waitsFor', value)}
        />
        <Choice
          label={t('staff.list.due')}
          value={filter.due}
          choices={DUE_CHOICES}
          name={(each) => t(`staff.list.due.choice.${each}`)}
          onChoose={(value) => choose('due', value)}
        />
        <Choice
          label={t('staff.fact.lane')}
          value={filter.lane}
          choices={['A', 'B'] as const}
          name={(each) => t(`staff.lane.${each}`)}
          onChoose={(value) => choose('lane', value)}
        />
        <Choice
          label={t('staff.fact.lang')}
          value={filter.language}
          choices={languages}
          name={languageName}
          onChoose={(value) => choose('language', value)}
        />
        <Choice
          label={t('staff.list.tag')}
          value={filter.tag}
          choices={tags}
          name={(each) => each}
          onChoose={(value) => choose('tag', value)}
        />
        <Choice
          label={t('staff.list.reason')}
          value={filter.closeReason}
          choices={CLOSE_REASONS}
          name={(each) => t(`staff.close.${each}`)}
          onChoose={(value) => choose('closeReason', value)}
        />
      </div>
      <div class="filter-marks">
        {(['isUnread', 'isDanger'] as const).map((part) => (
          <label key={part} class="choice">
            <input
              type="checkbox"
              checked={filter[part]}
              onChange={({ currentTarget }) => choose(part, currentTarget.checked)}
            />
            {t(part === 'isUnread' ? 'staff.list.view.unread' : 'staff.list.view.danger')}
          </label>
        ))}
      </div>
      <SaveView filter={filter} {...saving} />
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  value: Value | null
  choices: readonly Value[]
  name: (value: Value) => string
  onChoose: (value: Value | null) => void
}

/** Chooses one of several values, or any. A value that is not offered any more stays shown. */
function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { t } = useMessages()
  const id = useId()
  const { label, value, choices, name, onChoose } = props
  const offered = value === null || choices.includes(value) ? choices : [...choices, value]
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value ?? ''}
        onChange={({ currentTarget }) =>
          onChoose(offered.find((each) => each === currentTarget.value) ?? null)
        }
      >
        <option value="">{t('staff.list.any')}</option>
        {offered.map((each) => (
          <option key={each} value={each}>
            {name(each)}
          </option>
        ))}
      </select>
    </div>
  )
}

function wordsOf(cases: FilterPanelProps['cases']): { tags: string[]; languages: string[] } {
  const [tags, languages] = [new Set<string>(), new Set<string>()]
  for (const { tags: own, language } of cases.values()) {
    for (const tag of own) tags.add(tag)
    if (language !== '') languages.add(language)
  }
  return { tags: [...tags].sort(), languages: [...languages].sort() }
}
