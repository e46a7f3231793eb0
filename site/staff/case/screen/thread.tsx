// Shows the thread: the first words, the follow-ups and the replies. Messages are sorted by the
// minute in which they were written, if known. In a case with several threads, each message shows
// which report it belongs to. New messages are marked. The first new message receives focus, so
// that a colleague reads it before acting.
import { useEffect, useRef } from 'preact/hooks'
import { momentWithAge } from '../../i18n/dates.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { useNames } from '../../ledger/use-names.ts'
import { UntrustedText } from '../../ui/untrusted-text.tsx'
import { type CaseChecks } from '../read/check-case.ts'
import { conversationOf } from '../read/conversation.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { FileList, SentFiles } from './files/file-list.tsx'
import { LetterFacts } from './letter-facts.tsx'

/** id of the heading, which receives focus when the words appear */
export const THREAD_TITLE = 'thread-title'

interface ThreadProps {
  loaded: LoadedReport
  checks: CaseChecks | null
  fresh: ReadonlySet<string>
}

export function ThreadView({ loaded, checks, fresh }: ThreadProps) {
  const words = useMessages()
  const { t } = words
  const threads = 1 + loaded.others.length
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => list.current?.querySelector<HTMLElement>('.is-fresh')?.focus(), [fresh])
  return (
    <section aria-labelledby={THREAD_TITLE}>
      <h3 id={THREAD_TITLE} tabIndex={-1}>
        {t('staff.thread.title')}
      </h3>
      <ol class="thread" ref={list}>
        {conversationOf(loaded, checks).map(({ key, day, at, from, text, doubts, ...each }) => (
          <li
            key={key}
            class={fresh.has(key) ? `from-${from} is-fresh` : `from-${from}`}
            tabIndex={fresh.has(key) ? -1 : undefined}
          >
            <p class="by">
              {fresh.has(key) && <b>{t('staff.fresh')} </b>}
              <b>{t(each.isFirst ? 'staff.thread.first' : `staff.thread.${from}`)}</b>{' '}
              {each.by !== null && from === 'us' && <Author id={each.by} />}
              {threads > 1 && (
                <span class="mark">{t('staff.thread.of', { n: each.thread, m: threads })}</span>
              )}{' '}
              {momentWithAge({ at, day }, Date.now(), words)}
            </p>
            {each.by !== null && from === 'person' && <Author id={each.by} hasEntered />}
            {doubts.map((doubt) => (
              <p key={doubt} class="doubt">
                {t(`staff.thread.${doubt}`)}
              </p>
            ))}
            {text === null ? (
              <p>{t('staff.thread.cannot_open')}</p>
            ) : text.trim() === '' ? (
              <p>
                <b>{t('staff.report.no_words')}</b>
              </p>
            ) : (
              <UntrustedText text={text} />
            )}
            <FileList files={each.files} />
            <SentFiles files={each.sent} />
            {each.report && each.isFirst && (
              <LetterFacts loaded={loaded} thread={each.threadId} report={each.report} />
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Returns a colleague's name, for use within the organisation. The person never sees the name. */
function Author({ id, hasEntered = false }: { id: string; hasEntered?: boolean }) {
  const { t } = useMessages()
  const name = useNames()(id)
  return hasEntered ? (
    <p class="hint">{t('staff.thread.entered', { name })}</p>
  ) : (
    <span>{name} · </span>
  )
}
