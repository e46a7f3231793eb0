// Shows the person's number once, in groups of four, for the colleague to read out.
import { groupReceipt } from '#protocol/report/receipt'
import { useMessages } from '../i18n/messages.tsx'
import { NumberGroups } from '../ui/digits.tsx'

export function NumberToRead({ receipt }: { receipt: string }) {
  const { t } = useMessages()
  return (
    <>
      <p>{t('staff.letter.number.read')}</p>
      <NumberGroups written={groupReceipt(receipt)} label={t('staff.letter.number')} />
      <ul>
        <li>{t('staff.letter.number.back')}</li>
        <li>{t('staff.letter.number.hide')}</li>
        <li>{t('staff.letter.number.once')}</li>
      </ul>
    </>
  )
}
