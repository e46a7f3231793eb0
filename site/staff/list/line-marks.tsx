// Shows marks of a line: the words around a hit, and for whom the case waits.
import { type QueueItem } from '#protocol/staff/queue'
import { dayNumber } from '#protocol/time'
import { type Messages } from '../i18n/messages.tsx'
import { type FoundCase } from '../search/case-index.ts'

/** Shows the words around a hit, and marks the hit. */
export function Excerpt({ found: { excerpt } }: { found: FoundCase }) {
  const [before, hit, after] = excerpt
  return (
    <bdi class="excerpt">
      {before}
      <mark>{hit}</mark>
      {after}
    </bdi>
  )
}

/** Says for whom the case waits and since when. A closed case waits for nobody. */
export function waitsIn({ waitsFor, waitsSince }: QueueItem, { t }: Messages) {
  if (waitsFor === 'nobody') return null
  const n = dayNumber(Date.now()) - dayNumber(Date.parse(waitsSince))
  return (
    <>
      <b class={`waits-${waitsFor}`}>{t(`staff.list.waits.${waitsFor}`)}</b>{' '}
      <small>{n <= 0 ? t('staff.list.since.today') : t('staff.list.since.days', { n })}</small>
    </>
  )
}
