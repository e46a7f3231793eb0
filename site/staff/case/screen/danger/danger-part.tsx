// Shows who set or lifted the danger in the case and why, or the form for changing the danger. Also
// asks whether an old danger still exists. If a colleague acted first, the words are saved as a
// note.
import { useRef, useState } from 'preact/hooks'
import { type ErrorCode, Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { minuteOf } from '#protocol/time'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { momentInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction, type SessionAction } from '../../../session/use-action.ts'
import { Field, Form } from '../../../ui/form.tsx'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { noteOf } from '../../write/note-of.ts'
import { useRecordDraft, type RecordDraft } from '../../write/record-draft.ts'
import { placeFrom, reportDanger } from '../../write/report-danger.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { useTake } from '../../write/use-take.ts'
import { daysUnconfirmed } from '../../read/danger-age.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { writeIn } from '../../write/write-in.ts'

const TOO_LATE: readonly ErrorCode[] = [...CASE_MOVED, 'report_grew', 'status_changed']

export function DangerPart(props: CaseProps) {
  const { loaded, reload } = props
  const { t } = useMessages()
  const nameOf = useNames()
  const action = useAction(reload, TOO_LATE)
  const [draft, setDraft] = useRecordDraft('danger', loaded.item.id)
  const [isNote, setIsNote] = useState(false)
  const days = daysUnconfirmed(loaded.item, Date.now())
  const last = loaded.entries.filter(({ entry }) => entry?.kind === 'danger').at(-1)
  return (
    <section aria-labelledby="danger-title">
      <h4 id="danger-title" tabIndex={-1}>
        {t(loaded.danger ? 'staff.danger.is' : 'staff.danger.none')}
      </h4>
      {last?.entry?.kind === 'danger' && (
        <div>
          <p class="by">
            {t(last.entry.isDanger ? 'staff.danger.set_by' : 'staff.danger.lifted_by', {
              name: nameOf(last.author),
            })}{' '}
            {momentInDigits(last.entry.at)}
          </p>
          <UntrustedText text={last.entry.text} />
        </div>
      )}
      {days !== null && (
        <p class="note">
          {t('staff.line.still', { n: days })} {t('staff.danger.still')}
        </p>
      )}
      {!draft && (
        <div class="verbs">
          {days !== null && (
            <OpensForm shortcut="S" onOpen={() => setDraft(dangerDraft('', 'confirm'))}>
              {t('staff.danger.confirm')}
            </OpensForm>
          )}
          <OpensForm
            shortcut={days === null ? 'S' : undefined}
            onOpen={() => setDraft(dangerDraft('', loaded.danger ? 'lift' : 'set'))}
          >
            {t(loaded.danger ? 'staff.danger.lift' : 'staff.danger.set')}
          </OpensForm>
          <ActionResult
            action={action}
            done={t(isNote ? 'staff.notes.saved' : 'staff.danger.saved')}
          />
        </div>
      )}
      {draft && (
        <DangerForm {...props} action={action} {...{ draft, setDraft }} onNote={setIsNote} />
      )}
    </section>
  )
}

type DangerAct = 'set' | 'confirm' | 'lift'

/**
 * The draft also stores which act its words explain, so that they are never used for the opposite
 * act.
 */
const dangerDraft = (text: string, act: DangerAct): RecordDraft => ({
  base: 0,
  fields: { text, act },
})

const actOf = ({ fields }: RecordDraft): DangerAct =>
  (['set', 'confirm'] as const).find((act) => act === ownValue(fields, 'act')) ?? 'lift'

/** The labels of the button and of the field. */
const LABELS = {
  set: ['staff.danger.set', 'staff.danger.set.why'],
  confirm: ['staff.danger.confirm', 'staff.danger.still'],
  lift: ['staff.danger.lift', 'staff.danger.lift.why'],
} as const satisfies Record<DangerAct, readonly [string, string]>

interface DangerFormProps extends CaseProps {
  action: SessionAction
  draft: RecordDraft
  setDraft: (draft: RecordDraft | null) => void
  /** receives true when the words were saved as a note */
  onNote: (isNote: boolean) => void
}

function DangerForm({ loaded, onSaved, action, draft, setDraft, onNote }: DangerFormProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const { assigns } = useTake(loaded)
  const stored = useRef(new Map<string, string>())
  const text = ownValue(draft.fields, 'text') ?? ''
  const followUp = placeFrom(ownValue(draft.fields, 'followUp') ?? '')
  const act = actOf(draft)
  const isDanger = act !== 'lift'
  /** A colleague acted first, so the words can only be saved as a note. */
  const isMade = loaded.danger === (act === 'set')
  const close = (): void => {
    setDraft(null)
    focusSoon('danger-title')
  }
  const save = async (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    const entry = { v: 1, kind: 'danger', at: minuteOf(Date.now()), text, isDanger } as const
    const how = { assigns, stored: stored.current }
    onSaved(
      followUp
        ? await reportDanger(writer(), loaded, followUp, entry, how)
        : isMade
          ? await writeIn(writer(), loaded.sealed).entry(noteOf(text))
          : await writeIn(writer(), loaded.sealed).danger(entry),
    )
    onNote(isMade)
    close()
  }
  const [verb, label] = LABELS[act]
  return (
    <Form busy={action.busy} onSubmit={() => action.run(save)} onCancel={close}>
      {isMade && (
        <p class="note">
          {t(act === 'set' ? 'staff.danger.set.already' : 'staff.danger.lift.already')}
        </p>
      )}
      <Field
        label={t(label)}
        hint={t('staff.danger.hint')}
        value={text}
        onInput={(next) => setDraft({ base: 0, fields: { ...draft.fields, text: next, act } })}
        rows={2}
      />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {t(isMade && !followUp ? 'staff.notes.save' : verb)}
        </button>
        <button type="button" onClick={close}>
          {t('staff.people.not_yet')}
        </button>
      </div>
      <ActionResult action={action} done="" />
    </Form>
  )
}
