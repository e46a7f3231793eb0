// Shows the files for a reply, which a person can add and remove before sending.
import { useId, useRef } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { MAX_FILE_BYTES, MAX_FILES } from '#protocol/limits'
import { useMessages } from '../../../i18n/messages.tsx'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { whyUnsendable } from '../../write/send-file.ts'
import { titleOf } from '../files/file-facts.tsx'
import { WithCaseWords } from '../with-case-words.tsx'

/**
 * The approximate space in a reply, in Cyrillic characters, that a file's key, hash and name take
 * up.
 */
const FILE_LETTERS = 130

interface AttachFilesProps {
  files: readonly File[]
  /** the names of files that must be chosen again; empty if there are none */
  missing: string
  onChange: (files: File[]) => void
  disabled: boolean
}

export function AttachFiles({ files, missing, onChange, disabled }: AttachFilesProps) {
  const words = useMessages()
  const { t } = words
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const sizes = { n: MAX_FILES, mb: MAX_FILE_BYTES / 1024 / 1024, letters: FILE_LETTERS }
  const add = (): void => {
    onChange([...files, ...(input.current?.files ?? [])])
    // Clearing the input lets the person choose the same file again after removing it.
    if (input.current) input.current.value = ''
  }
  return (
    <div class="field">
      <p class="hint" id={`${id}-hint`}>
        {t('staff.answer.files.hint', sizes)}
      </p>
      {/* The browser's own label would be "no file chosen" below the list of chosen files. */}
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
      {missing && <MissingFiles names={missing} onDrop={() => onChange([])} />}
      {files.length > 0 && (
        <ul class="files">
          {files.map((file, place) => (
            <li key={place} class="file">
              <p dir="auto" id={`${id}-${place}`}>
                <b>{titleOf(file, words)}</b> {file.name}
              </p>
              <FileFault file={file} />
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

/**
 * Immediately reports a file that cannot be sent, before the person writes a reply that relies on
 * it.
 */
function FileFault({ file }: { file: File }) {
  const fault = whyUnsendable(file)
  return <ErrorMessage why={fault && new Refusal(fault)} />
}

interface MissingFilesProps {
  names: string
  onDrop: () => void
}

/** Lists the files that the app no longer holds. */
const MissingFiles = (props: MissingFilesProps) => (
  <WithCaseWords isQuiet>
    <MissingLine {...props} />
  </WithCaseWords>
)

function MissingLine({ names, onDrop }: MissingFilesProps) {
  const { t } = useMessages()
  return (
    <div class="verbs" role="alert">
      <p class="mistake" dir="auto">
        {t('staff.answer.files.again', { names })}
      </p>
      <button type="button" onClick={onDrop}>
        {t('staff.answer.files.remove')}
      </button>
    </div>
  )
}
