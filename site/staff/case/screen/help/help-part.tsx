// Shows, by day, the help recorded in the case and in absorbed cases. Also records help. Two
// presses are enough: the plus button, and the kind of help.
import { useState } from 'preact/hooks'
import { minuteOf } from '#protocol/time'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction } from '../../../session/use-action.ts'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { type EntryOf } from '../../../crypto/case-entry.ts'
import { helpOf, type HelpVersion } from '../../read/help-of.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { helpedPerson, namedPersons } from '../../read/named-persons.ts'
import { mendHelp } from '../../write/mend-help.ts'
import { useRecordDraft } from '../../write/record-draft.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { writeIn } from '../../write/write-in.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { newFields } from './help-fields.ts'
import { HelpForm } from './help-form.tsx'
import { HelpRow } from './help-row.tsx'

export function HelpGivenPart(props: CaseProps) {
  const { loaded, reload, onSaved } = props
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const [draft, setDraft] = useRecordDraft('help', loaded.item.id)
  /** the key of the help that this colleague has just written down */
  const [saved, setSaved] = useState('')
  const all = helpOf(threadsOf(loaded))
  const current = all.filter(({ end }) => end === null)
  const ended = all.filter(({ end }) => end !== null)
  const receivers = [...new Set(current.flatMap(({ last }) => last.help.receiver ?? []))]
  const own = current.find(({ last }) => last.key === saved)?.last
  const close = (): void => {
    setDraft(null)
    focusSoon('help-given-title')
  }
  const save = (help: EntryOf<'help'>): void =>
    action.run(async () => {
      const key = await writeIn(writer(), loaded.sealed).entry(help)
      onSaved(key)
      setSaved(key)
      close()
    })
  const undo = (version: HelpVersion): void =>
    action.run(async () => {
      const entry = { v: 1, kind: 'help_end', at: minuteOf(Date.now()), text: '' } as const
      onSaved(await mendHelp(writer(), loaded, version, entry))
      setSaved('')
      focusSoon('help-given-title')
    })
  const rows = { receivers, persons: namedPersons(loaded), ...props }
  return (
    <section class="part" aria-labelledby="help-given-title">
      <h4 id="help-given-title" tabIndex={-1}>
        {t('staff.help.title', { n: current.length })}
      </h4>
      {draft ? (
        <HelpForm
          fields={draft.fields}
          onFields={(fields) => setDraft({ base: 0, fields })}
          persons={rows.persons}
          receivers={receivers}
          isCorrection={false}
          busy={action.busy}
          onSave={save}
          onCancel={close}
        />
      ) : (
        <OpensForm
          isPlus
          onOpen={() => setDraft({ base: 0, fields: newFields(helpedPerson(loaded)) })}
        >
          {t('staff.help.add')}
        </OpensForm>
      )}
      <ActionResult action={action} done={own ? t('staff.help.saved') : ''} />
      {own && !draft && (
        <button type="button" aria-disabled={action.busy} onClick={() => undo(own)}>
          {t('staff.help.undo', { kind: t(`staff.help.kind.${own.help.help}`) })}
        </button>
      )}
      {current.length > 0 && (
        <ul class="tasks">
          {current.map((help) => (
            <HelpRow key={help.first.key} help={help} {...rows} />
          ))}
        </ul>
      )}
      {ended.length > 0 && (
        <details>
          <summary>{t('staff.help.ended', { n: ended.length })}</summary>
          <ul class="tasks">
            {ended.map((help) => (
              <HelpRow key={help.first.key} help={help} {...rows} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
