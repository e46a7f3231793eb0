// The conversation: the first words, what the person added, what we answered, by the minute of writing where it is known.
import { ageOf, dayInDigits, momentInDigits } from '../ages.ts'
import { PlainWords } from '../parts/plain-words.tsx'
import { conversationOf } from '../reports/conversation.ts'
import { type LoadedReport } from '../reports/load-report.ts'
import { useWords } from '../words.tsx'
import { FileList, SentFiles } from './file-list.tsx'

export function Thread({ loaded }: { loaded: LoadedReport }) {
  const words = useWords()
  const { t } = words
  return (
    <section aria-labelledby="thread-title">
      <h3 id="thread-title">{t('staff.thread.title')}</h3>
      <ol class="thread">
        {conversationOf(loaded).map(({ key, day, at, from, text, files, sent }) => (
          <li key={key} class={`from-${from}`}>
            <p class="by">
              <b>{t(key === 'first' ? 'staff.thread.first' : `staff.thread.${from}`)}</b>{' '}
              {ageOf(day, Date.now(), words)} · {momentInDigits(at) || dayInDigits(day)}
            </p>
            {text === null ? <p>{t('staff.thread.cannot_open')}</p> : <PlainWords text={text} />}
            <FileList files={files} />
            <SentFiles files={sent} />
          </li>
        ))}
      </ol>
    </section>
  )
}
