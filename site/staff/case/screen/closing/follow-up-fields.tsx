// Asks whether colleagues may later ask how the person is. The form proposes tasks only if the
// person agrees and can be reached safely. Each task can be removed. A question may be left
// unanswered.
import { localDayOf } from '#content/clock.ts'
import { dayInDigits } from '../../../i18n/dates.ts'
import { useMessages, type MessageKey, type Messages } from '../../../i18n/messages.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { contactIn, ReachLine } from '../../facts/safe-contact.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { type Closing } from '../../write/close-case.ts'
import {
  contactToAsk,
  FOLLOW_UP_MONTHS,
  followUpTask,
  monthsAfter,
} from '../../write/plan-follow-up.ts'

const ANSWERS = ['yes', 'no', 'unknown'] as const
export type FollowUpAnswer = (typeof ANSWERS)[number]

export interface FollowUpAnswers {
  /** null until a colleague has answered */
  way: FollowUpAnswer | null
  wish: FollowUpAnswer | null
  /** the months at which nobody will ask, because a colleague unticked them */
  without: readonly number[]
}

export const NO_ANSWERS: FollowUpAnswers = { way: null, wish: null, without: [] }

const isAgreed = ({ way, wish }: FollowUpAnswers): boolean => way === 'yes' && wish === 'yes'

interface FollowUpFieldsProps {
  loaded: LoadedReport
  answers: FollowUpAnswers
  onAnswers: (answers: FollowUpAnswers) => void
}

export function FollowUpFields({ loaded, answers, onAnswers }: FollowUpFieldsProps) {
  const { t } = useMessages()
  const today = localDayOf(Date.now())
  const contact = contactToAsk(loaded)
  const question = (name: 'way' | 'wish', label: MessageKey) => (
    <SelectField
      label={t(label)}
      value={answers[name] ?? ''}
      options={[
        ['', t('staff.follow.unanswered')],
        ...ANSWERS.map((each) => [each, t(`staff.follow.${name}.${each}`)] as const),
      ]}
      onChange={(value) =>
        onAnswers({ ...answers, [name]: ANSWERS.find((each) => each === value) ?? null })
      }
    />
  )
  return (
    <fieldset class="follow-up">
      <legend>{t('staff.follow.title')}</legend>
      {contact && (
        <p class="note" dir="auto">
          <ReachLine contact={contact} />
        </p>
      )}
      {question('way', 'staff.follow.way')}
      {question('wish', 'staff.follow.wish')}
      {isAgreed(answers) && (
        <div role="group" aria-label={t('staff.follow.plan')}>
          {FOLLOW_UP_MONTHS.map((months) => (
            <label key={months} class="choice">
              <input
                type="checkbox"
                checked={!answers.without.includes(months)}
                onChange={({ currentTarget: { checked } }) => {
                  const others = answers.without.filter((each) => each !== months)
                  onAnswers({ ...answers, without: checked ? others : [...others, months] })
                }}
              />
              <span>
                {t('staff.follow.month', {
                  n: months,
                  day: dayInDigits(monthsAfter(today, months)),
                })}
              </span>
            </label>
          ))}
          <p class="hint">{t('staff.follow.rule')}</p>
        </div>
      )}
    </fieldset>
  )
}

/**
 * Returns the tasks of the follow-up, or the words that explain why nobody will ask later. Returns
 * undefined while the question is unanswered.
 *
 * @param me  id of the colleague who closes the case; they will ask if nobody has the case
 */
export function followUpFrom(
  loaded: LoadedReport,
  answers: FollowUpAnswers,
  me: string,
  words: Pick<Messages, 't'>,
): Closing['followUp'] {
  const { t } = words
  const { way, wish, without } = answers
  if (!way && !wish) return undefined
  if (!isAgreed(answers)) {
    const said = [
      way && `${t('staff.follow.way')} ${t(`staff.follow.way.${way}`)}.`,
      wish && `${t('staff.follow.wish')} ${t(`staff.follow.wish.${wish}`)}.`,
    ]
    return { tasks: [], why: [`${t('staff.follow.title')}.`, ...said].filter(Boolean).join(' ') }
  }
  const contact = contactToAsk(loaded) ?? undefined
  const reach = contactIn(contact, words).map(({ name, text }) => `${name}: ${text}`)
  const assignee = loaded.item.assignee ?? me
  return {
    tasks: FOLLOW_UP_MONTHS.filter((months) => !without.includes(months)).map((months) =>
      followUpTask(
        months,
        [t('staff.follow.task', { n: months }), ...reach].join('\n'),
        assignee,
        Date.now(),
      ),
    ),
    why: '',
  }
}
