import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { saveFile } from '../files/save-file.ts'
import { useWords } from '../words.tsx'

interface SaveFileProps {
  content: Bytes
  /** ours, not the sender's */
  name: string
}

/** Says what a file from a stranger can do before it lies on the device. */
export function SaveFile({ content, name }: SaveFileProps) {
  const { t } = useWords()
  const [at, setAt] = useState<'offered' | 'asked' | 'saved'>('offered')
  /** what stands where the pressed button was */
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
    saveFile(content, name)
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
