// Shows the events of the case and who caused them, newest first. The messages themselves are in
// the conversation above.
import { useState } from 'preact/hooks'
import { dayInDigits, momentInDigits } from '../../../i18n/dates.ts'
import { useMessages, type Messages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { beginOf } from '../../../ui/begin-of.ts'
import { type CaseProps } from '../case-props.ts'
import { TIMELINE_KINDS, type Happening, type TimelineKind } from './timeline-event.ts'
import { timelineOf } from './timeline-of.ts'

export function Timeline({ loaded }: Pick<CaseProps, 'loaded'>) {
  const { t } = useMessages()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details class="timeline" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{t('staff.time.title')}</summary>
      {isOpen && <Events loaded={loaded} />}
    </details>
  )
}

function Events({ loaded }: Pick<CaseProps, 'loaded'>) {
  const words = useMessages()
  const { t } = words
  const nameOf = useNames()
  const [shown, setShown] = useState<TimelineKind | null>(null)
  const events = timelineOf(loaded).reverse()
  const kinds = TIMELINE_KINDS.filter((kind) => events.some((event) => event.kind === kind))
  return (
    <>
      <div class="verbs kinds" role="group" aria-label={t('staff.time.filter')}>
        <button type="button" aria-pressed={shown === null} onClick={() => setShown(null)}>
          {t('staff.time.all')}
        </button>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={shown === kind}
            onClick={() => setShown(kind)}
          >
            {t(`staff.time.kind.${kind}`)}
          </button>
        ))}
      </div>
      <ol class="events">
        {events
          .filter(({ kind }) => shown === null || kind === shown)
          .map(({ key, day, at, actor, what }) => (
            <li key={key}>
              <p class="by">
                <b>{actor === null ? t('staff.time.person') : nameOf(actor)}</b>{' '}
                {momentInDigits(at) || dayInDigits(day)}
              </p>
              <p dir="auto">{sentenceOf(what, words, nameOf)}</p>
            </li>
          ))}
      </ol>
    </>
  )
}

/** The number of characters of a message that the history shows. */
const LETTERS = 140

/** Describes an event in one line. */
function sentenceOf(
  what: Happening,
  { t }: Pick<Messages, 't'>,
  nameOf: (id: string) => string,
): string {
  switch (what.is) {
    case 'letter':
    case 'reply': {
      const { text } = what.message
      return text === null
        ? t('staff.thread.cannot_open')
        : t(`staff.time.${what.is}`, { text: beginOf(text, LETTERS) })
    }
    case 'entry': {
      const { entry } = what
      if (!entry) return t('staff.notes.cannot_open')
      const text = beginOf(entry.text, LETTERS)
      if (entry.kind === 'task_end' && entry.outcome)
        return t('staff.time.follow', { outcome: t(`staff.follow.${entry.outcome}`), text })
      if (entry.kind === 'task_end')
        return t(entry.isDone ? 'staff.time.task_done' : 'staff.time.task_dropped', { text })
      if (entry.kind === 'danger')
        return t(entry.isDanger ? 'staff.time.danger' : 'staff.time.danger_lifted', { text })
      if (entry.kind === 'handover')
        return t('staff.time.handover', {
          name: entry.to === null ? t('staff.shift.all') : nameOf(entry.to),
          text,
        })
      if (entry.kind === 'wish')
        return t('staff.time.wish', { wish: t(`staff.consent.${entry.wish}`), text })
      if (entry.kind === 'attempt')
        return t('staff.time.attempt', {
          way: t(`staff.attempt.way.${entry.way}`),
          outcome: t(`staff.attempt.${entry.outcome}`),
          text,
        })
      if (entry.kind === 'help')
        return t(entry.corrects ? 'staff.time.help_corrected' : 'staff.time.help', {
          kind: t(`staff.help.kind.${entry.help}`),
          outcome: t(`staff.help.${entry.outcome}`),
          text,
        })
      if (entry.kind === 'referral')
        return t('staff.time.referral', { name: entry.receiver.name, text })
      if (entry.kind === 'referral_mark')
        return t('staff.time.referral_mark', { state: t(`staff.referral.${entry.to}`), text })
      if (entry.kind === 'give') return t('staff.time.give', { name: nameOf(entry.to), text })
      if (entry.kind === 'handover_read') return t('staff.time.handover_read')
      if (entry.kind === 'about')
        return t(entry.of.length > 0 ? 'staff.time.about' : 'staff.time.about_nobody')
      return t(`staff.time.${entry.kind}`, { text })
    }
    case 'status':
      return what.reason
        ? t('staff.time.closed', { reason: t(`staff.close.${what.reason}`) })
        : t('staff.time.status', { status: t(`staff.status.${what.to}`) })
    case 'summary':
      return t('staff.time.summary')
    case 'added':
    case 'changed':
    case 'removed':
      return t(`staff.time.person_${what.is}`, { name: what.name })
    case 'assign':
      return what.to === null
        ? t('staff.time.unassigned')
        : t('staff.time.assigned', { name: nameOf(what.to) })
    case 'merge':
    case 'absorb':
    case 'enter':
    case 'return':
      return t(`staff.time.${what.is}`)
  }
}
