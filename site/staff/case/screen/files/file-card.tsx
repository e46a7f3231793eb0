// Shows one file from the person: its kind, how much of it has arrived and, on request, its
// content.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type SealedFile } from '#protocol/report/plain-report'
import { paddedChunks } from '#protocol/file/seal-chunk'
import { fetchArrived } from '../../../api/case-api.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useSessionAttempt } from '../../../session/session-context.ts'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { FileFacts, titleOf } from './file-facts.tsx'
import { contentChunks, openFile, type OpenedFile } from './open-file.ts'
import { OpenedPart } from './opened-part.tsx'

interface FileCardProps {
  /** file id, base64url */
  id: string
  file: SealedFile
}

export function FileCard({ id, file }: FileCardProps) {
  const words = useMessages()
  const { t } = words
  const attempt = useSessionAttempt()
  const [arrived, setArrived] = useState<readonly number[] | null>(null)
  const [done, setDone] = useState<number | null>(null)
  const [opened, setOpened] = useState<OpenedFile | null>(null)
  const running = useRef(new AbortController())
  const title = useRef<HTMLHeadingElement>(null)

  const parts = paddedChunks(file.size, file.chunk)
  const needed = contentChunks(file)
  const there = arrived?.filter((n) => n < parts).length ?? 0
  const complete = (arrived?.filter((n) => n < needed).length ?? 0) === needed

  const look = async (): Promise<void> => setArrived((await fetchArrived(id)).arrived)
  const open = async (): Promise<void> => {
    // The button disappears, so the focus moves to the title.
    title.current?.focus()
    const { signal } = (running.current = new AbortController())
    setDone(0)
    try {
      setOpened(await openFile(id, file, setDone, signal))
    } catch (thrown) {
      if (!signal.aborted) throw thrown
    } finally {
      setDone(null)
    }
  }
  const cancel = (): void => {
    title.current?.focus()
    running.current.abort()
  }
  useEffect(() => {
    attempt.run(look)
    return () => running.current.abort()
  }, [])

  return (
    <li class="file">
      <h4 ref={title} tabIndex={-1}>
        {titleOf(file, words)}
      </h4>
      <FileFacts file={file} />
      {arrived && !opened && (
        <p role="status">
          {t('staff.file.parts', { n: there, m: parts })}
          {!complete && ` ${t('staff.file.incomplete')}`}
        </p>
      )}
      {done !== null && (
        <>
          <progress max={needed} value={done} aria-label={t('staff.file.opening')} />
          <p>{t('staff.file.opened', { n: done, m: needed })}</p>
          <button type="button" onClick={cancel}>
            {t('staff.file.cancel')}
          </button>
        </>
      )}
      {isDamaged(attempt.why) ? (
        <p class="refused" role="alert">
          {t('staff.file.cannot_open')}
        </p>
      ) : (
        <ErrorMessage why={attempt.why} />
      )}
      {!opened && done === null && (
        <div class="verbs">
          {complete ? (
            <button type="button" aria-disabled={attempt.busy} onClick={() => attempt.run(open)}>
              {t('staff.file.open')}
            </button>
          ) : (
            <button type="button" aria-disabled={attempt.busy} onClick={() => attempt.run(look)}>
              {t('staff.file.look')}
            </button>
          )}
        </div>
      )}
      {opened && <OpenedPart id={id} file={file} opened={opened} />}
    </li>
  )
}

const isDamaged = (why: unknown): boolean => why instanceof Refusal && why.code === 'cannot_open'
