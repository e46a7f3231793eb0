import { type SealedFile } from '#protocol/report/plain-report'
import { type ListedFile } from '../../../crypto/listed-file.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { FileCard } from './file-card.tsx'
import { titleOf } from './file-facts.tsx'

/** Shows the files that were sent with one message. */
export function FileList({ files }: { files: readonly ListedFile[] }) {
  const { t } = useMessages()
  if (files.length === 0) return null
  return (
    <ul class="files" aria-label={t('staff.files.title')}>
      {files.map(({ id, file }) =>
        file ? (
          <FileCard key={id} id={id} file={file} />
        ) : (
          <li key={id} class="file">
            <p>{t('staff.file.broken')}</p>
          </li>
        ),
      )}
    </ul>
  )
}

/** Lists the names of the files that were sent with a reply; staff already have these files. */
export function SentFiles({ files }: { files: readonly (SealedFile | null)[] }) {
  const words = useMessages()
  if (files.length === 0) return null
  return (
    <ul class="files" aria-label={words.t('staff.files.title')}>
      {files.map((file, place) => (
        <li key={place} class="file">
          <h4>{file ? titleOf(file, words) : words.t('staff.file.broken')}</h4>
          {file?.name && <p dir="auto">{file.name}</p>}
        </li>
      ))}
    </ul>
  )
}
