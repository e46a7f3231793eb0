import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { useMessages } from '../../../i18n/messages.tsx'
import { saveBytes } from '../../../ui/save-bytes.ts'

interface SaveFileProps {
  content: Bytes
  /** the app's name for the file, not the sender's */
  name: string
}

/** Warns about a stranger's file before saving it to the device. */
export function SaveFile({ content, name }: SaveFileProps) {
  const { t } = useMessages()
  const [at, setAt] = useState<'offered' | 'asked' | 'saved'>('offered')
  /** the button that replaces the pressed button */
  const next = useRef<HTMLButtonElement>(null)
  const isNew = useRef(true)
  useEffect(() => {
    if (!isNew.current) next.current?.focus()
    isNew.current = false
  }, [at])
  if (at !== 'asked')
    return (
      <>
        <button type="button" ref={next} onClick={() => setAt('asked')}>
          {t('staff.file.save')}
        </button>
        <p role="status">{at === 'saved' && t('staff.file.saved', { name })}</p>
      </>
    )
  const save = (): void => {
    saveBytes(content, name)
    setAt('saved')
  }
  return (
    <div class="note" role="alert">
      <p>{t('staff.file.save.warning')}</p>
      <div class="verbs">
        <button type="button" ref={next} onClick={() => setAt('offered')}>
          {t('staff.file.save.not')}
        </button>
        <button type="button" onClick={save}>
          {t('staff.file.save.go')}
        </button>
      </div>
    </div>
  )
}
