// Shows the facts above the letters: the danger, how to reach the person, and the next step. The
// two lines with these facts are never collapsed, and no way to call the person is shown above
// them.
import { type ComponentChildren } from 'preact'
import { dayInDigits, momentInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { DueDay } from '../../../ui/due-day.tsx'
import { languageName } from '../../../ui/language-switch.tsx'
import { DangerMark } from '../../../ui/marks.tsx'
import { useMinute } from '../../../ui/use-minute.ts'
import { ReachLine } from '../../facts/safe-contact.tsx'
import { dangerOf } from '../../read/danger-of.ts'
import { hourThere } from '../../read/hour-there.ts'
import { isGiven } from '../../read/is-given.ts'
import { threadsInOrder, threadsOf } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { minorOf } from '../../read/minor-of.ts'
import { summaryIn } from '../../read/read-records.ts'
import { tasksOf } from '../../read/tasks-of.ts'
import { useAssigneeName } from '../team/use-assignee-name.ts'

export function HeadLines({ loaded }: { loaded: LoadedReport }) {
  const { t } = useMessages()
  const minor = minorOf(loaded)
  return (
    <>
      <ul class="head-line">
        <DangerFacts loaded={loaded} />
        <Item is="reach">
          <Reach loaded={loaded} />
        </Item>
        <Item is={minor === 'yes' ? 'child' : undefined}>{t(`staff.minor.${minor}`)}</Item>
        <LanguageAndHour loaded={loaded} />
      </ul>
      <ul class="head-line">
        <Item>
          <b>{t(`staff.status.${loaded.item.status}`)}</b>
          {loaded.item.closeReason && `: ${t(`staff.close.${loaded.item.closeReason}`)}`}
        </Item>
        <Holder loaded={loaded} />
        <Risk loaded={loaded} />
        <NextStep loaded={loaded} />
      </ul>
    </>
  )
}

interface ItemProps {
  is?: string | undefined
  children: ComponentChildren
}

const Item = ({ is, children }: ItemProps) => (
  <li class={is && `is-${is}`} dir="auto">
    {children}
  </li>
)

function DangerFacts({ loaded }: { loaded: LoadedReport }) {
  const { t } = useMessages()
  const nameOf = useNames()
  const danger = dangerOf(loaded)
  if (!danger) return null
  const { since, confirmed } = danger
  const by = confirmed && t('staff.danger.confirmed', { name: nameOf(confirmed.by) })
  return (
    <>
      <Item>
        <DangerMark /> {momentInDigits(since).slice(0, 10) || dayInDigits(since)}
      </Item>
      <Item is="confirmed">
        {confirmed ? `${by} ${momentInDigits(confirmed.at)}` : t('staff.danger.unconfirmed')}
      </Item>
    </>
  )
}

/** In a case with several writers, each answer is labelled with its letter. */
function Reach({ loaded }: { loaded: LoadedReport }) {
  const { t } = useMessages()
  const threads = threadsInOrder(loaded)
  return (
    <>
      {threads.map(({ id, first }, at) => (
        <span key={id}>
          {at > 0 && ' · '}
          {threads.length > 1 && `${t('staff.thread.of', { n: at + 1, m: threads.length })}: `}
          <ReachLine contact={first?.report.contact} />
        </span>
      ))}
    </>
  )
}

/** Shows the languages of the letters, and the current time at the place that they mention. */
function LanguageAndHour({ loaded }: { loaded: LoadedReport }) {
  const { t } = useMessages()
  const reports = threadsOf(loaded).flatMap(({ first }) => first?.report ?? [])
  const time = hourThere(
    reports.flatMap(({ place }) => place ?? []),
    useMinute(),
  )
  const langs = new Set(reports.map(({ lang }) => lang))
  const known = [...langs].map(languageName).concat(time ? t('staff.head.there', { time }) : [])
  return known.length > 0 ? <Item>{known.join(', ')}</Item> : null
}

function Holder({ loaded: { item } }: { loaded: LoadedReport }) {
  const { t } = useMessages()
  const holderOf = useAssigneeName()
  const nameOf = useNames()
  const { assignee } = item
  const whoHas = (id: string): string =>
    isGiven(item) ? t('staff.line.given', { name: nameOf(id) }) : holderOf(id)
  return (
    <Item>
      {t('staff.assign.title')}:{' '}
      <b>{assignee === null ? t('staff.assign.nobody') : whoHas(assignee)}</b>
    </Item>
  )
}

function Risk({ loaded }: { loaded: LoadedReport }) {
  const { t } = useMessages()
  const risk = summaryIn(loaded.records)?.risk
  if (!risk) return null
  return (
    <Item is={`risk-${risk}`}>
      {t('staff.summary.risk')}: <b>{t(`staff.risk.${risk}`)}</b>
    </Item>
  )
}

/** Shows the open task that is due first. */
function NextStep({ loaded }: { loaded: LoadedReport }) {
  const { t } = useMessages()
  const nameOf = useAssigneeName()
  const first = tasksOf(threadsOf(loaded)).find(({ end }) => end === null)
  if (!first) return null
  const { text, dueDay, assignee } = first.task
  const whose = assignee ?? loaded.item.assignee
  return (
    <Item is="next">
      {t('staff.head.next')}: <b dir="auto">{text}</b>
      {dueDay !== null && (
        <>
          {' '}
          · <DueDay day={dueDay} isShort />
        </>
      )}
      {whose !== null && ` · ${nameOf(whose)}`}
    </Item>
  )
}
