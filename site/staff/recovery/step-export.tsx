// Explains what a recovery needs, and reads the export. People are shown by id, role and day,
// because the export contains no names.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { ChooseFile } from './choose-file.tsx'
import { EXPORT_NAME, readExport, type ExportedPerson, type WholeExport } from './export-file.ts'
import { StepPage } from './step-page.tsx'

interface StepExportProps {
  /** the pinned root key, 65 bytes */
  root: Bytes
  onRead: (file: WholeExport) => void
}

export function StepExport({ root, onRead }: StepExportProps) {
  const { t } = useMessages()
  const [file, setFile] = useState<WholeExport | null>(null)
  const name = { name: EXPORT_NAME }
  const choose = (
    <ChooseFile
      label={file ? t('recovery.export.other') : t('recovery.export.go', name)}
      accept=".json,application/json"
      onText={async (text) => {
        setFile(null)
        setFile(await readExport(text, root))
      }}
    />
  )
  if (!file)
    return (
      <StepPage n={1} title={t('recovery.title')}>
        <p>{t('recovery.lead')}</p>
        <p>{t('recovery.need')}</p>
        <ul>
          <li>{t('recovery.need.offline')}</li>
          <li>{t('recovery.need.shares')}</li>
          <li>{t('recovery.need.export', name)}</li>
          <li>{t('recovery.need.person')}</li>
        </ul>
        <p>{t('recovery.privacy')}</p>
        {choose}
      </StepPage>
    )
  const read = { n: file.rows.length, day: dayInDigits(file.day) }
  return (
    <StepPage n={1} title={t('recovery.export.title')}>
      <p class="note" role="status">
        {t('recovery.export.whole', read)}
      </p>
      <People people={file.people} />
      <button type="button" class="go" onClick={() => onRead(file)}>
        {t('recovery.next')}
      </button>
      {choose}
    </StepPage>
  )
}

function People({ people }: { people: readonly ExportedPerson[] }) {
  const { t } = useMessages()
  if (people.length === 0) return <p>{t('recovery.export.nobody')}</p>
  return (
    <>
      <h2>{t('recovery.export.people')}</h2>
      <ul>
        {people.map(({ id, roles, state, day }) => (
          <li key={id}>
            {t('recovery.person', {
              id,
              roles: roles.map((role) => t(`recovery.role.${role}`)).join(', '),
              state: t(`recovery.state.${state}`),
              day: dayInDigits(day),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
