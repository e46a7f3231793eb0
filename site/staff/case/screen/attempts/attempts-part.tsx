// Shows the attempts to reach the person, newest first, and lets a colleague add one. "No answer"
// takes one press, which records the current minute and the means of contact that the person asked
// for.
import { minuteOf } from '#protocol/time'
import { type EntryOf } from '../../../crypto/case-entry.ts'
import { momentInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction } from '../../../session/use-action.ts'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { attemptsOf, type ReachAttempt } from '../../read/attempts-of.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { useRecordDraft } from '../../write/record-draft.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { writeIn } from '../../write/write-in.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { AttemptForm } from './attempt-form.tsx'
import { wayIn } from './way-in-contact.ts'

export function AttemptsPart(props: CaseProps) {
  const { loaded, reload, onSaved } = props
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const [draft, setDraft] = useRecordDraft('attempt', loaded.item.id)
  const attempts = attemptsOf(threadsOf(loaded))
  const way = wayIn(loaded.first?.report.contact)
  const now = (): string => minuteOf(Date.now())
  const close = (): void => {
    setDraft(null)
    focusSoon('attempts-title')
  }
  const save = (entry: EntryOf<'attempt'>): void =>
    action.run(async () => {
      onSaved(await writeIn(writer(), loaded.sealed).entry(entry))
      if (draft) close()
    })
  const saveNoAnswer = (): void =>
    save({ v: 1, kind: 'attempt', at: now(), text: '', outcome: 'no_answer', way, triedAt: now() })
  return (
    <section aria-labelledby="attempts-title">
      <h4 id="attempts-title" tabIndex={-1}>
        {t('staff.attempt.title', { n: attempts.length })}
      </h4>
      {attempts.length > 0 && (
        <ul class="notes">
          {attempts.map((attempt) => (
            <AttemptLine key={attempt.key} attempt={attempt} {...props} />
          ))}
        </ul>
      )}
      {draft ? (
        <AttemptForm
          way={way}
          busy={action.busy}
          fields={draft.fields}
          onFields={(fields) => setDraft({ base: 0, fields })}
          onSave={save}
          onCancel={close}
        />
      ) : (
        <div class="verbs">
          <button type="button" aria-disabled={action.busy} onClick={saveNoAnswer}>
            {t('staff.attempt.no_answer.go', { way: t(`staff.attempt.way.${way}`) })}
          </button>
          <OpensForm shortcut="P" onOpen={() => setDraft({ base: 0, fields: {} })}>
            {t('staff.attempt.other.go')}
          </OpensForm>
        </div>
      )}
      <ActionResult action={action} done={draft ? '' : t('staff.attempt.saved')} />
    </section>
  )
}

interface AttemptLineProps extends Pick<CaseProps, 'loaded' | 'checks' | 'fresh'> {
  attempt: ReachAttempt
}

function AttemptLine({ attempt, loaded, checks, fresh }: AttemptLineProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const { caseId, n, key, author } = attempt
  const { outcome, way, triedAt, text } = attempt.attempt
  const isOwn = caseId === loaded.item.id
  const differs = isOwn ? checks?.entries : checks?.absorbedEntries.get(caseId)
  return (
    <li class={fresh.has(key) ? 'is-fresh' : undefined}>
      {differs?.has(n) && <p class="doubt">{t('staff.thread.differs')}</p>}
      <p>
        <b>{t(`staff.attempt.${outcome}`)}</b> · {t(`staff.attempt.way.${way}`)} ·{' '}
        {momentInDigits(triedAt)}
      </p>
      <p class="by">
        {fresh.has(key) && <b>{t('staff.fresh')} </b>}
        {nameOf(author)}
      </p>
      {text && <UntrustedText text={text} />}
    </li>
  )
}
