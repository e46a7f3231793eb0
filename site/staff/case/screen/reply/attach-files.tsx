// Shows the files for a reply, which a person can add and remove before sending.
import { useId, useRef } from 'preact/hooks'
import { MAX_FILE_BYTES, MAX_FILES } from '#protocol/limits'
import { useMessages } from '../../../i18n/messages.tsx'
import { titleOf } from '../files/file-facts.tsx'

/** The rough number of Cyrillic letters that a file's key, hash and name take up in a reply. */
const FILE_LETTERS = 130

interface AttachFilesProps {
  files: readonly File[]
  onChange: (files: File[]) => void
  disabled: boolean
}

export function AttachFiles({ files, onChange, disabled }: AttachFilesProps) {
  const words = useMessages()
  const { t } = words
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const sizes = { n: MAX_FILES, mb: MAX_FILE_BYTES / 1024 / 1024, letters: FILE_LETTERS }
  const add = (): void => {
    onChange([...files, ...(input.current?.files ?? [])])
    // After removing a file, the person can choose the same file again.
    if (input.current) input.current.value = ''
  }
  return (
    <div class="field">
      <p class="hint" id={`${id}-hint`}>
        {t('staff.answer.files.hint', sizes)}
      </p>
      {/* The browser's own button would say "no file chosen" below the list of chosen files. */}
      <label class="attach" for={id}>
        {t('staff.answer.files')}
      </label>
      <input
        id={id}
        ref={input}
        type="file"
        multiple
        disabled={disabled}
        aria-describedby={`${id}-hint`}
        onChange={add}
      />
      {files.length > 0 && (
        <ul class="files">
          {files.map((file, place) => (
            <li key={place} class="file">
              <p dir="auto" id={`${id}-${place}`}>
                <b>{titleOf(file, words)}</b> {file.name}
              </p>
              <button
                type="button"
                disabled={disabled}
                aria-describedby={`${id}-${place}`}
                onClick={() => onChange(files.filter((_, at) => at !== place))}
              >
                {t('staff.answer.files.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {files.length > MAX_FILES && (
        <p class="mistake" role="alert">
          {t('staff.answer.files.too_many', { n: MAX_FILES })}
        </p>
      )}
    </div>
  )
}
