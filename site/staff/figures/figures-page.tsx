// Shows the organisation's own figures for a year, and the yearly tables that may leave the
// organisation. All numbers come from the cases as this device has read them, so the screen sends
// no requests.
import { useEffect, useMemo, useState } from 'preact/hooks'
import organisation from '#content/organisation.json' with { type: 'json' }
import { localDayOf } from '#content/clock.ts'
import type { LeftFigures } from '#protocol/staff/figures'
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useWholeLedger } from '../ledger/ledger-context.ts'
import { focusSoon } from '../session/navigation.ts'
import { useCaseIndex } from '../search/case-index.ts'
import { IndexLine } from '../search/index-provider.tsx'
import { ChoiceRow } from '../ui/choice-row.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { helpedPeople } from './helped-people.ts'
import { LeavingPart } from './leaving-part.tsx'
import { ownFigures, yearsOf, type OwnTableName } from './own-tables.ts'
import { OwnTableSection } from './own-table-section.tsx'
import { SaveTable } from './save-table.tsx'
import { WithFigureWords, type FigureWords } from './words.tsx'

export function FiguresPage({ onBack }: { onBack: () => void }) {
  const { t } = useMessages()
  return (
    <ScreenPage title={t('staff.screen.figures')} onBack={onBack} kind="figures">
      <IndexLine />
      <WithFigureWords>{(words) => <Figures words={words} />}</WithFigureWords>
    </ScreenPage>
  )
}

/** Used in place of the figures that have left the organisation, while the ledger is not valid. */
const NONE: readonly LeftFigures[] = []

function Figures({ words }: { words: FigureWords }) {
  const { say } = words
  const { cases, isRead, update } = useCaseIndex()
  useEffect(update, [])
  const now = localDayOf(Date.now()).slice(0, 4)
  const helped = useMemo(() => helpedPeople(cases.values()), [cases])
  const left = useWholeLedger()?.roster.figures ?? NONE
  const years = useMemo(() => yearsOf(cases.values(), helped, left, now), [cases, left])
  const [year, setYear] = useState(now)
  const [isExact, setIsExact] = useState(false)
  const [saving, setSaving] = useState<OwnTableName | null>(null)
  const figures = useMemo(() => {
    const countries = isExact ? null : organisation.figures.countries
    return ownFigures(cases.values(), helped, { year, isNow: year === now, countries })
  }, [cases, year, isExact])
  const table = figures.tables.find(({ name }) => name === saving)
  const choice = (
    <ChoiceRow
      label={say('staff-figures.small')}
      options={[
        ['range', say('staff-figures.small.range')],
        ['exact', say('staff-figures.small.exact')],
      ]}
      value={isExact ? 'exact' : 'range'}
      onChange={(chosen) => setIsExact(chosen === 'exact')}
    />
  )
  if (table) {
    const close = (): void => {
      setSaving(null)
      focusSoon(`csv-${table.name}`)
    }
    return <SaveTable {...{ words, table, year, isExact, choice, onClose: close }} />
  }
  return (
    <>
      <div class="figures-head">
        <SelectField
          label={say('staff-figures.year')}
          value={year}
          options={years.map((each) => [each, each])}
          onChange={setYear}
        />
        {choice}
      </div>
      <p class="hint" role="status">
        {say('staff-figures.counted', { n: cases.size })}
        <Checkpoint say={say} />
        {!isRead && ` ${say('staff-figures.reading')}`}
      </p>
      <div class="tables">
        {figures.tables.map((each) => (
          <OwnTableSection
            key={each.name}
            {...{ words, table: each, figures, isExact, isRead }}
            onSave={() => setSaving(each.name)}
          />
        ))}
      </div>
      {figures.tables.some(({ rows }) => rows.length > 0) && (
        <p class="hint">{say(isExact ? 'staff-figures.exact.hint' : 'staff-figures.hatch')}</p>
      )}
      <LeavingPart {...{ words, cases, helped, isRead, year: Number(year) }} />
    </>
  )
}

/** Names the last checkpoint, once the ledger is valid. */
function Checkpoint({ say }: Pick<FigureWords, 'say'>) {
  const roster = useWholeLedger()?.roster
  if (!roster) return null
  if (!roster.checkpoint) return <> {say('staff-figures.unsigned')}</>
  const { row, at } = roster.checkpoint
  return <> {say('staff-figures.signed', { row, at: momentInDigits(at) })}</>
}
