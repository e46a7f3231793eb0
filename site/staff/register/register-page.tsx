// Shows the register: the referrals of all cases that this device has read, grouped by their next
// step. Pressing a line opens the case. The screen of the case compares every state with the signed
// log.
import { type RefObject } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useNames } from '../ledger/use-names.ts'
import { owedWords } from '../referral/owed-line.tsx'
import { WithReferralWords } from '../referral/with-referral-words.tsx'
import { type ReferralWords } from '../referral/words.ts'
import { useCaseIndex } from '../search/case-index.ts'
import { IndexLine } from '../search/index-provider.tsx'
import { listReferrals, receiverKey, type RegisterLine } from '../search/list-referrals.ts'
import { ScreenPage } from '../ui/screen-page.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { groupLines, type RegisterGroup } from './group-lines.ts'
import { ReceiversPart } from './receivers-part.tsx'

interface RegisterPageProps {
  onBack: () => void
  /** opens a case */
  onOpen: (id: string) => void
}

export function RegisterPage({ onBack, onOpen }: RegisterPageProps) {
  const { t } = useMessages()
  return (
    <ScreenPage title={t('staff.screen.register')} onBack={onBack}>
      <IndexLine />
      <WithReferralWords>
        {(_, own) => (
          <>
            <ReceiversPart own={own} />
            <Register own={own} onOpen={onOpen} />
          </>
        )}
      </WithReferralWords>
    </ScreenPage>
  )
}

/**
 * The number of lines of a group that are rendered at a time. Rendering more would make the page
 * slow.
 */
const STEP = 100

function Register({ own, onOpen }: { own: ReferralWords } & Pick<RegisterPageProps, 'onOpen'>) {
  const { say } = own
  const { t } = useMessages()
  const { cases, update } = useCaseIndex()
  useEffect(update, [])
  const [receiver, setReceiver] = useState('')
  const all = useMemo(() => listReferrals(cases.values(), {}, () => null, Date.now()), [cases])
  const shown = receiver === '' ? all : all.filter((line) => receiverKey(line) === receiver)
  const names = useMemo(() => receiverNames(all), [all])
  return (
    <>
      <p role="status">
        {all.length === 0 &&
          say('staff-referral.register.none', { title: t('staff.screen.register') })}
      </p>
      {names.length > 1 && (
        <SelectField
          label={say('staff-referral.receiver')}
          value={receiver}
          options={[['', say('staff-referral.register.everybody')], ...names]}
          onChange={setReceiver}
        />
      )}
      {groupLines(shown).map(({ group, lines }) => (
        <Group key={group} {...{ own, group, lines, onOpen }} />
      ))}
    </>
  )
}

/** Lists the receivers that occur in the lines, sorted by name, each with its key. */
const receiverNames = (lines: readonly RegisterLine[]): (readonly [key: string, name: string])[] =>
  [...new Map(lines.map((line) => [receiverKey(line), line.receiver.name] as const))].sort(
    ([, a], [, b]) => a.localeCompare(b),
  )

interface GroupProps {
  own: ReferralWords
  group: RegisterGroup
  lines: readonly RegisterLine[]
  onOpen: (id: string) => void
}

function Group({ own, group, lines, onOpen }: GroupProps) {
  const { t } = useMessages()
  const [shown, setShown] = useState(STEP)
  const firstNew = useRef<HTMLButtonElement>(null)
  // The last press on "more" removes that button, so the focus moves to the first new line.
  useEffect(() => {
    if (shown > STEP) firstNew.current?.focus()
  }, [shown])
  const isLate = lines.some(({ owed }) => owed.some((each) => each.isLate))
  const title = own.say(`staff-referral.register.${group}`)
  const list = (
    <>
      <ul class="register">
        {lines.slice(0, shown).map((line, at) => (
          <Line
            key={`${line.signed.caseId} ${line.signed.n}`}
            {...{ own, line, onOpen }}
            start={at === shown - STEP ? firstNew : null}
          />
        ))}
      </ul>
      {shown < lines.length && (
        <button type="button" onClick={() => setShown(shown + STEP)}>
          {t('staff.queue.more')}
        </button>
      )}
    </>
  )
  if (group === 'over')
    return (
      <details>
        <summary>
          {title} <small>{lines.length}</small>
        </summary>
        {list}
      </details>
    )
  return (
    <section aria-label={title}>
      <h3 class={isLate ? 'is-late' : undefined}>
        {title} <small>{lines.length}</small>
      </h3>
      {list}
    </section>
  )
}

interface LineProps extends Pick<GroupProps, 'own' | 'onOpen'> {
  line: RegisterLine
  /** receives the button of the first line that the last press added */
  start: RefObject<HTMLButtonElement> | null
}

function Line({ own, line, onOpen, start }: LineProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const { caseId, title, receiver, signed, owed, basis } = line
  const { say } = own
  const state = say(`staff-referral.state.${signed.state}`)
  return (
    <li>
      <button type="button" class="plain" ref={start} onClick={() => onOpen(caseId)}>
        <b>
          <bdi>{receiver.name}</bdi>
        </b>{' '}
        · <bdi>{title === '' ? t('staff.report.no_words') : title}</bdi>
      </button>
      <p class="by">
        {say(`staff-referral.basis.${basis}`)} · {state} · <bdi>{nameOf(signed.actor)}</bdi>
        {signed.expectedDay !== null &&
          ` · ${say('staff-referral.until')} ${dayInDigits(signed.expectedDay)}`}
      </p>
      {owed.map((each) => (
        <p key={each.what} class={each.isLate ? 'doubt' : 'by'}>
          {owedWords(each, own)}
        </p>
      ))}
    </li>
  )
}
