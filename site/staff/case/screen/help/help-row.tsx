// Shows an entry about help with its author and day, and lets a colleague correct it or take it
// back. Every earlier version can still be read below the newest one.
import { minuteOf } from '#protocol/time'
import { dayInDigits, momentInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction } from '../../../session/use-action.ts'
import { focusNewForm } from '../../../ui/focus-form.ts'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { type Help, type HelpVersion } from '../../read/help-of.ts'
import { personValue, type NamedPerson } from '../../read/named-persons.ts'
import { mendHelp, type Mending } from '../../write/mend-help.ts'
import { useRecordDraft } from '../../write/record-draft.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { WordForm } from '../word-form.tsx'
import { fieldsOf } from './help-fields.ts'
import { HelpForm } from './help-form.tsx'

interface HelpRowProps extends CaseProps {
  help: Help
  persons: readonly NamedPerson[]
  receivers: readonly string[]
}

export function HelpRow(props: HelpRowProps) {
  const { help, persons, loaded, checks, fresh } = props
  const { t } = useMessages()
  const nameOf = useNames()
  const { last, former, end } = help
  const differs = (of: HelpVersion): boolean | undefined =>
    of.caseId === loaded.item.id
      ? checks?.entries.has(of.n)
      : checks?.absorbedEntries.get(of.caseId)?.has(of.n)
  return (
    <li class={fresh.has(last.key) ? 'is-fresh' : undefined}>
      {[last, ...former].some(differs) && <p class="doubt">{t('staff.thread.differs')}</p>}
      <VersionFacts version={last} persons={persons} isFresh={fresh.has(last.key)} />
      {end && (
        <>
          <p class="by">
            {t('staff.help.ended.by', { name: nameOf(end.author) })} {momentInDigits(end.entry.at)}
          </p>
          {end.entry.text && <UntrustedText text={end.entry.text} />}
        </>
      )}
      {former.length > 0 && (
        <details>
          <summary>{t('staff.help.former', { n: former.length })}</summary>
          {former.map((each) => (
            <VersionFacts key={each.key} version={each} persons={persons} isFresh={false} />
          ))}
        </details>
      )}
      {!end && <MendHelp {...props} />}
    </li>
  )
}

interface VersionFactsProps {
  version: HelpVersion
  persons: readonly NamedPerson[]
  isFresh: boolean
}

function VersionFacts({ version, persons, isFresh }: VersionFactsProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const { help, author } = version
  const { day, outcome, receiver, denial, text } = help
  const person = persons.find(({ place }) => personValue(place) === personValue(help.person))
  return (
    <>
      <p>
        <b>{t(`staff.help.kind.${help.help}`)}</b> · {t(`staff.help.${outcome}`)}
        {(receiver !== null || outcome === 'given' || outcome === 'offered') && (
          <>
            {' '}
            · <bdi>{receiver ?? t('staff.help.us')}</bdi>
          </>
        )}
        {help.person && (
          <>
            {' '}
            · <bdi>{person?.name || t('staff.help.person.unnamed')}</bdi>
          </>
        )}
      </p>
      {denial && (
        <p dir="auto">
          {t(`staff.help.why.${denial.why}`)} · {t('staff.help.sent')}: <bdi>{denial.sentTo}</bdi>
        </p>
      )}
      <p class="by">
        {isFresh && <b>{t('staff.fresh')} </b>}
        {dayInDigits(day)} · {t('staff.help.by', { name: nameOf(author) })}{' '}
        {momentInDigits(help.at)}
      </p>
      {text && <UntrustedText text={text} />}
    </>
  )
}

function MendHelp({ help, persons, receivers, loaded, reload, onSaved }: HelpRowProps) {
  const { first, last } = help
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const [correction, setCorrection] = useRecordDraft(`help ${first.n}`, first.caseId)
  const [ending, setEnding] = useRecordDraft(`help_end ${first.n}`, first.caseId)
  const close = (): void => {
    setCorrection(null)
    setEnding(null)
    focusSoon('help-given-title')
  }
  const save = (entry: Mending): void =>
    action.run(async () => {
      onSaved(await mendHelp(writer(), loaded, last, entry))
      close()
    })
  const kind = t(`staff.help.kind.${last.help.help}`)
  const text = ending?.fields['text'] ?? ''
  return (
    <>
      {correction && (
        <HelpForm
          fields={correction.fields}
          onFields={(fields) => setCorrection({ base: 0, fields })}
          persons={persons}
          receivers={receivers}
          isCorrection
          busy={action.busy}
          onSave={save}
          onCancel={close}
        />
      )}
      {ending && (
        <WordForm
          label={t('staff.help.end.why')}
          text={text}
          onText={(next) => setEnding({ base: 0, fields: { text: next } })}
          save={t('staff.help.undo', { kind })}
          busy={action.busy}
          onSave={() =>
            save({ v: 1, kind: 'help_end', at: minuteOf(Date.now()), text: text.trim() })
          }
          onCancel={close}
        />
      )}
      {!correction && !ending && (
        <div class="verbs">
          <button
            type="button"
            onClick={() => {
              focusNewForm()
              setCorrection({ base: 0, fields: fieldsOf(last.help) })
            }}
          >
            {t('staff.help.correct')}
            <span class="apart"> {kind}</span>
          </button>
          <button
            type="button"
            class="plain"
            onClick={() => {
              focusNewForm()
              setEnding({ base: 0, fields: { text: '' } })
            }}
          >
            {t('staff.help.end')}
            <span class="apart"> {kind}</span>
          </button>
        </div>
      )}
      <ActionResult action={action} done="" />
    </>
  )
}
