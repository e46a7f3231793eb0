// Shows the number of the person once, in groups of four, to be read out.
import { groupReceipt } from '#protocol/report/receipt'
import { useMessages } from '../i18n/messages.tsx'

export function NumberToRead({ receipt }: { receipt: string }) {
  const { t } = useMessages()
  return (
    <>
      <p>{t('staff.letter.number.read')}</p>
      <ol class="groups" aria-label={t('staff.letter.number')}>
        {groupReceipt(receipt)
          .split(' ')
          .map((group, place) => (
            <li key={place}>{group}</li>
          ))}
      </ol>
      <ul>
        <li>{t('staff.letter.number.back')}</li>
        <li>{t('staff.letter.number.hide')}</li>
        <li>{t('staff.letter.number.once')}</li>
      </ul>
    </>
  )
}
