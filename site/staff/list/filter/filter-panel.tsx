// Shows all parts of the filter as choices, and saves them as a view. The code is fetched when a
// colleague opens the filter.
import { CLOSE_REASONS, WAITING_FOR } from '#protocol/staff/fields'
import { RISKS } from '../../crypto/risk.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { type IndexedCase } from '../../search/case-index.ts'
import { languageName } from '../../ui/language-switch.tsx'
import { Field } from '../../ui/form.tsx'
import { DayField } from '../../ui/select-field.tsx'
import { FilterChoice } from './filter-choice.tsx'
import { HolderChoice } from './holder-choice.tsx'
import { DUE_CHOICES, KIND_CHOICES, STATUS_CHOICES, type ListFilter } from './list-filter.ts'
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
        <FilterChoice
          label={t('staff.fact.status')}
          value={filter.status}
          choices={STATUS_CHOICES}
          name={(each) => (each === 'open' ? t('staff.list.view.open') : t(`staff.status.${each}`))}
          onChoose={(value) => choose('status', value)}
        />
        <HolderChoice filter={filter} onFilter={onFilter} />
        <FilterChoice
          label={t('staff.summary.risk')}
          value={filter.risk}
          choices={RISKS}
          name={(each) => t(`staff.risk.${each}`)}
          onChoose={(value) => choose('risk', value)}
        />
        <FilterChoice
          label={t('staff.list.kind')}
          value={filter.kind}
          choices={KIND_CHOICES}
          name={(each) => t(`staff.kind.${each}`)}
          onChoose={(value) => choose('kind', value)}
        />
        <Field
          label={t('staff.fact.place')}
          value={filter.place ?? ''}
          onInput={(text) => choose('place', text.trim() === '' ? null : text)}
        />
        <DayField
          label={t('staff.list.since')}
          value={filter.since ?? ''}
          onInput={(day) => choose('since', day === '' ? null : day)}
        />
        <FilterChoice
          label={t('staff.list.waits')}
          value={filter.waitsFor}
          choices={WAITING_FOR}
          name={(each) => t(`staff.list.waits.${each}`)}
          onChoose={(value) => choose('waitsFor', value)}
        />
        <FilterChoice
          label={t('staff.list.due')}
          value={filter.due}
          choices={DUE_CHOICES}
          name={(each) => t(`staff.list.due.choice.${each}`)}
          onChoose={(value) => choose('due', value)}
        />
        <FilterChoice
          label={t('staff.fact.lane')}
          value={filter.lane}
          choices={['A', 'B'] as const}
          name={(each) => t(`staff.lane.${each}`)}
          onChoose={(value) => choose('lane', value)}
        />
        <FilterChoice
          label={t('staff.fact.lang')}
          value={filter.language}
          choices={languages}
          name={languageName}
          onChoose={(value) => choose('language', value)}
        />
        <FilterChoice
          label={t('staff.list.tag')}
          value={filter.tag}
          choices={tags}
          name={(each) => each}
          onChoose={(value) => choose('tag', value)}
        />
        <FilterChoice
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

function wordsOf(cases: FilterPanelProps['cases']): { tags: string[]; languages: string[] } {
  const [tags, languages] = [new Set<string>(), new Set<string>()]
  for (const { tags: own, language } of cases.values()) {
    for (const tag of own) tags.add(tag)
    if (language !== '') languages.add(language)
  }
  return { tags: [...tags].sort(), languages: [...languages].sort() }
}
