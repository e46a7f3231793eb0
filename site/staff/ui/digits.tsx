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
