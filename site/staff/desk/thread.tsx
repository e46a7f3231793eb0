// The conversation: the first words, what the person added, what we answered, by day.
import { type PlainReport } from '#protocol/report'
import { ageOf, dayInDigits } from '../ages.ts'
import { PlainWords } from '../parts/plain-words.tsx'
import { type LoadedReport } from '../reports/load-report.ts'
import { useWords } from '../words.tsx'

interface Message {
  key: string
  day: string
  from: 'person' | 'us'
  text: string | null
}

export function messagesOf(first: PlainReport, loaded: LoadedReport): Message[] {
  const added = loaded.followUps.map(({ id, day, report }): Message => ({
    key: id,
    day,
    from: 'person',
    text: report?.text ?? null,
  }))
  const answers = loaded.answers.map(({ slot, day, text }): Message => ({
    key: `answer-${slot}`,
    day,
    from: 'us',
    text,
  }))
  const later = [...added, ...answers].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return [{ key: 'first', day: loaded.item.day, from: 'person', text: first.text }, ...later]
}

export function Thread({ first, loaded }: { first: PlainReport; loaded: LoadedReport }) {
  const words = useWords()
  const { t } = words
  return (
    <section aria-labelledby="thread-title">
      <h3 id="thread-title">{t('staff.thread.title')}</h3>
      <ol class="thread">
        {messagesOf(first, loaded).map(({ key, day, from, text }) => (
          <li key={key} class={`from-${from}`}>
            <p class="by">
              <b>{t(key === 'first' ? 'staff.thread.first' : `staff.thread.${from}`)}</b>{' '}
              {ageOf(day, Date.now(), words)} · {dayInDigits(day)}
            </p>
            {text === null ? <p>{t('staff.thread.cannot_open')}</p> : <PlainWords text={text} />}
          </li>
        ))}
      </ol>
    </section>
  )
}
