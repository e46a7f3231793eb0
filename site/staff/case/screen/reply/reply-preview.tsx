// Shows a reply before it is sent, as the person will see it: no name, no title, the local day.
import { useEffect, useRef } from 'preact/hooks'
import { messageDay } from '#protocol/time'
import { useMessages } from '../../../i18n/messages.tsx'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'

interface ReplyPreviewProps {
  text: string
  /** files that are sent with the reply */
  files: number
  /** number of the person's messages that have arrived */
  arrived: number
  /** words that the person asked us not to use */
  said: readonly string[]
}

export function ReplyPreview({ text, files, arrived, said }: ReplyPreviewProps) {
  const { t } = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h4 ref={heading} tabIndex={-1}>
        {t('staff.answer.preview')}
      </h4>
      <div class="as-seen">
        <small>{messageDay(new Date())}</small>
        <UntrustedText text={text} />
        {files > 0 && <small>{t('staff.answer.preview.files', { n: files })}</small>}
      </div>
      <ul class="check-list">
        {said.length > 0 && (
          <li class="doubt">{t('staff.answer.said', { words: said.join(', ') })}</li>
        )}
        <li>{t('staff.answer.preview.arrived', { n: arrived })}</li>
        <li>{t('staff.answer.preview.name')}</li>
      </ul>
    </>
  )
}
