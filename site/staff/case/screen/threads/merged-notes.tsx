// Shows the content that staff stored in cases merged into this one: summary, notes, people and
// links. A colleague reads them here, and writes new ones in the surviving case. Tasks from these
// cases appear among the tasks of the surviving case.
import { Fragment } from 'preact'
import { isClassified } from '../../../crypto/classification.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { FactList } from '../../../ui/untrusted-text.tsx'
import { linksOf, type CaseLink } from '../../read/links-of.ts'
import { type LoadedThread } from '../../read/open-thread.ts'
import { type LoadedEntry } from '../../read/read-entries.ts'
import { personsIn, summaryIn } from '../../read/read-records.ts'
import { type CaseProps } from '../case-props.ts'
import { LoadClassFacts } from '../classes/load-classes.tsx'
import { LinkFacts, useLinkName } from '../links/link-facts.tsx'
import { EntryLine } from '../notes/notes.tsx'
import { summaryFacts } from '../records/summary-part.tsx'

interface MergedNotesProps extends Pick<CaseProps, 'loaded' | 'checks'> {
  /** shows another case */
  onOpen: (id: string) => void
}

const SHOWN_KINDS = new Set(['note', 'handover', 'danger', 'give'])
const isShown = ({ entry }: LoadedEntry): boolean => entry === null || SHOWN_KINDS.has(entry.kind)

export function MergedNotes({ loaded, checks, onOpen }: MergedNotesProps) {
  const { t } = useMessages()
  const { item, others } = loaded
  const kept = others.filter(({ entries, records }) => entries.length + records.length > 0)
  if (kept.length === 0) return null
  const parts = new Set([item.id, ...others.map(({ id }) => id)])
  return (
    <section aria-labelledby="merged-title">
      <h4 id="merged-title">{t('staff.merged.title')}</h4>
      {kept.map((thread) => (
        <MergedCase
          key={thread.id}
          {...{ thread, loaded }}
          entriesDiffer={checks?.absorbedEntries.get(thread.id)}
          recordsDiffer={checks?.absorbedRecords.get(thread.id)}
          links={linksOf(thread.entries).filter(({ caseId }) => !parts.has(caseId))}
          onOpen={onOpen}
        />
      ))}
    </section>
  )
}

interface MergedCaseProps extends Pick<MergedNotesProps, 'loaded' | 'onOpen'> {
  thread: LoadedThread
  /** undefined until the log has been checked */
  entriesDiffer: ReadonlySet<number> | undefined
  recordsDiffer: ReadonlySet<number> | undefined
  /** links to cases that are not part of this case */
  links: readonly CaseLink[]
}

function MergedCase(props: MergedCaseProps) {
  const { loaded, thread, entriesDiffer, recordsDiffer, links, onOpen } = props
  const { t } = useMessages()
  const summary = summaryIn(thread.records)
  const doubt = <p class="doubt">{t('staff.thread.differs')}</p>
  return (
    <>
      {recordsDiffer && recordsDiffer.size > 0 && doubt}
      {summary && <FactList facts={summaryFacts(summary, { t })} />}
      {personsIn(thread.records).map(({ record, kept }) => (
        <Fragment key={record}>
          <FactList
            facts={[
              [
                t(`staff.person.role.${kept.role}`),
                [kept.name, kept.age, kept.contact, kept.text].filter(Boolean).join(' · '),
              ],
            ]}
          />
          {isClassified(kept.classes) && (
            <LoadClassFacts loaded={loaded} place={{ caseId: thread.id, record }} person={kept} />
          )}
        </Fragment>
      ))}
      <ul class="notes">
        {thread.entries.filter(isShown).map((entry) => (
          <EntryLine
            key={entry.key}
            entry={entry}
            fresh={false}
            differs={entriesDiffer?.has(entry.n) ?? false}
          />
        ))}
      </ul>
      {links.length > 0 && (
        <ul class="links">
          {links.map((link) => (
            <MergedLink
              key={link.key}
              link={link}
              differs={entriesDiffer?.has(link.n) ?? false}
              onOpen={() => onOpen(link.caseId)}
            />
          ))}
        </ul>
      )}
    </>
  )
}

interface MergedLinkProps {
  link: CaseLink
  differs: boolean
  onOpen: () => void
}

function MergedLink({ link, ...shown }: MergedLinkProps) {
  const name = useLinkName(link)
  return (
    <li>
      <LinkFacts link={link} shown={name} {...shown} />
    </li>
  )
}
