// Asks what a person went through, using HTCDS codes. Every question can be skipped. When a
// colleague has stored answers in the meantime, the form shows them before it saves.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type Classification } from '../../../crypto/classification.ts'
import { recordBytesLeft, type CaseRecord } from '../../../crypto/case-record.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { useAction } from '../../../session/use-action.ts'
import { Form } from '../../../ui/form.tsx'
import { FactList } from '../../../ui/untrusted-text.tsx'
import { type SayClass } from '../../facts/with-class-words.tsx'
import { type LoadedRecord } from '../../read/read-records.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { writeIn } from '../../write/write-in.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { TheirVersion } from '../records/their-version.tsx'
import { changedFields, isTouched, rebased, type ClassDraft } from './class-draft.ts'
import { AgeConflicts, classFacts } from './class-facts.tsx'
import {
  answerWords,
  classesFrom,
  COUNTRY_FIELDS,
  fieldName,
  type Answers,
} from './class-fields.ts'
import { settled } from './settle-countries.ts'
import { ClassQuestions } from './class-questions.tsx'
import { Suggestions } from './class-suggestions.tsx'

export interface ClassFormProps extends Pick<CaseProps, 'loaded' | 'reload'> {
  stored: LoadedRecord
  draft: ClassDraft
  /** true when a press has just opened the form */
  isNew: boolean
  onDraft: (draft: ClassDraft) => void
  onClose: () => void
}

type WordedProps = ClassFormProps & { say: SayClass; countries: ReadonlyMap<string, string> }

export function ClassForm(props: WordedProps) {
  const { stored, draft, isNew, say, onClose } = props
  const { t, sentence } = useMessages()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isNew) title.current?.focus()
  }, [])
  const { kept } = stored
  return (
    <section class="classes" aria-labelledby={`classes-${stored.record}`}>
      <h5 id={`classes-${stored.record}`} tabIndex={-1} ref={title}>
        {say('staff-class.title')}
      </h5>
      {kept?.kind === 'person' && kept.role !== 'suspect' ? (
        <OpenForm {...props} person={kept} />
      ) : (
        // Nothing can be stored, so the answers stay on the screen until the author discards them.
        <>
          <p>
            {stored.isNewer
              ? sentence(new Refusal('made_newer'))
              : kept
                ? say('staff-class.gone')
                : t('staff.record.cannot_open')}
          </p>
          <ul>
            {draft.said.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <button type="button" onClick={onClose}>
            {t('staff.record.drop')}
          </button>
        </>
      )}
    </section>
  )
}

type OpenFormProps = WordedProps & { person: Extract<CaseRecord, { kind: 'person' }> }

function OpenForm(props: OpenFormProps) {
  const { loaded, stored, person, say, countries, reload, onDraft, onClose } = props
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const [isTried, setIsTried] = useState(false)
  const draft = rebased(props.draft, stored.revision, person.classes)
  const { answers, typed, began, isLater } = draft
  const place = { caseId: loaded.item.id, record: stored.record }
  const change = (next: Answers, written = typed): void => {
    const said = [
      ...changedFields(began, next).map(
        (field) => `${fieldName(field, say)}: ${answerWords(next, field, say, countries)}`,
      ),
      ...COUNTRY_FIELDS.filter((field) => written[field].trim() !== '').map(
        (field) => `${fieldName(field, say)}: ${written[field]}`,
      ),
    ]
    const ofWhom = said.length > 0 && person.name !== '' ? [person.name] : []
    onDraft({ ...draft, answers: next, typed: written, said: [...ofWhom, ...said] })
  }
  const store = async (classes: Classification): Promise<void> => {
    const record = { ...person, classes }
    if (recordBytesLeft(record) < 0) throw new Refusal('text_too_long')
    const next = { record: stored.record, revision: stored.revision + 1 }
    await writeIn(writer(), loaded.sealed).record(next, record)
    onClose()
  }
  const submit = (): void => {
    setIsTried(true)
    const given = settled(draft, countries)
    change(given.answers, given.typed)
    const classes = classesFrom(given.answers)
    const isTyped = Object.values(given.typed).some((each) => each.trim() !== '')
    if (classes && !isTyped) action.run(() => store(classes))
  }
  return (
    <Form
      busy={action.busy}
      onSubmit={submit}
      onCancel={() => {
        if (!isTouched(draft)) onClose()
      }}
    >
      {isLater && <Theirs {...props} draft={draft} />}
      <p class="hint">{say('staff-class.lead')}</p>
      <Suggestions {...{ loaded, say, countries, began, answers }} onAnswers={change} />
      <ClassQuestions {...{ say, countries, answers, typed, isTried }} onChange={change} />
      <AgeConflicts {...{ loaded, place, person, say, answers }} />
      <ActionResult action={action} done="" />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {t(isLater ? 'staff.record.save_both' : 'staff.record.save')}
        </button>
        <button type="button" onClick={onClose}>
          {t(isLater ? 'staff.record.take_theirs' : 'staff.record.drop')}
        </button>
      </div>
    </Form>
  )
}

function Theirs({ stored, draft, person, say, countries }: OpenFormProps) {
  return (
    <TheirVersion later={stored} level="h6">
      <FactList facts={classFacts(person.classes, say, countries)} />
      {draft.both.length > 0 && (
        <p>
          {say('staff-class.both', {
            fields: draft.both.map((field) => fieldName(field, say)).join(', '),
          })}
        </p>
      )}
    </TheirVersion>
  )
}
