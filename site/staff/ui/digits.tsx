// Shows numbers in groups, as people read them out, compare them and write them down.
import { useMessages } from '../i18n/messages.tsx'

/** Shows five groups of four digits, which two people compare by voice. */
export function Digits({ groups }: { groups: readonly string[] }) {
  const { t } = useMessages()
  return (
    <ol class="digits" aria-label={t('staff.digits')}>
      {groups.map((group, at) => (
        <li key={at}>
          <b>{group}</b>
        </li>
      ))}
    </ol>
  )
}

interface NumberGroupsProps {
  /** the groups, with a space between them */
  written: string
  label: string
}

/** Shows a long number as a list of its groups. */
export const NumberGroups = ({ written, label }: NumberGroupsProps) => (
  <ol class="groups" aria-label={label}>
    {(written ? written.split(' ') : []).map((group, place) => (
      <li key={place}>{group}</li>
    ))}
  </ol>
)
