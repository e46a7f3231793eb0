// Holds the files that are to be sent with a reply. A file that was already sent is not sent again
// when the reply is retried. The files are dropped after a lock or when another case is opened. The
// names of the files stay with the drafts, so that nobody forgets them when sending the reply.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type ReplyFile } from '#protocol/report/plain-report'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { chunksOf, sendFile } from '../../write/send-file.ts'

export interface Attachments {
  files: readonly File[]
  /** the names of files that must be chosen again; empty if there are none */
  missing: string
  change: (files: File[]) => void
  /** number of chunks sent; null while nothing is being sent */
  sent: number | null
  /** number of chunks in all files together */
  chunks: number
  /** true when the person stopped the last transfer */
  stopped: boolean
  send: () => Promise<ReplyFile[]>
  stop: () => void
  clear: () => void
}

/** @param onChange  called when a person has added or removed files */
export function useAttachments(report: string, onChange: () => void): Attachments {
  const [files, setFiles] = useState<File[]>([])
  const [names, keepNames] = useDraft(savedDraftKey('answer_files', report))
  const [sent, setSent] = useState<number | null>(null)
  const [stopped, setStopped] = useState(false)
  const running = useRef(new AbortController())
  const done = useRef(new Map<File, ReplyFile>())
  useEffect(() => () => running.current.abort(), [])

  const send = async (): Promise<ReplyFile[]> => {
    setStopped(false)
    if (files.length === 0) return []
    const { signal } = (running.current = new AbortController())
    let count = 0
    const onSent = (): void => setSent(++count)
    setSent(0)
    try {
      const listed: ReplyFile[] = []
      for (const [place, file] of files.entries()) {
        const entry =
          done.current.get(file) ?? (await sendFile(report, place, file, onSent, signal))
        done.current.set(file, entry)
        listed.push(entry)
      }
      // Stopping after the last chunk also keeps the reply from being sent.
      signal.throwIfAborted()
      return listed
    } finally {
      setSent(null)
    }
  }
  const change = (next: File[]): void => {
    onChange()
    setFiles(next)
    keepNames(next.map(({ name }) => name).join(', '))
  }
  return {
    files,
    missing: files.length === 0 ? names : '',
    change,
    sent,
    chunks: files.reduce((all, file) => all + chunksOf(file), 0),
    stopped,
    send,
    stop: () => {
      setStopped(true)
      running.current.abort()
    },
    clear: () => {
      done.current.clear()
      change([])
    },
  }
}
