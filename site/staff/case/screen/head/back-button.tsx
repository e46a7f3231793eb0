import { useMessages } from '../../../i18n/messages.tsx'
import { type ReportViewProps } from '../case-props.ts'

export function BackButton({ onBack }: Pick<ReportViewProps, 'onBack'>) {
  const { t } = useMessages()
  return (
    <button type="button" class="back" onClick={onBack}>
      {t('staff.back')}
    </button>
  )
}
