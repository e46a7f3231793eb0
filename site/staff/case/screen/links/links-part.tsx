// Shows the linked cases with their titles, and adds and removes links.
import { useState } from 'preact/hooks'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { useAction } from '../../../session/use-action.ts'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { linksOf, type CaseLink } from '../../read/links-of.ts'
import { sendLinkEnd } from '../../write/send-link.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { LinkFacts, useLinkName } from './link-facts.tsx'
import { NewLink } from './new-link.tsx'

interface LinksPartProps extends CaseProps {
  /** shows another case */
  onOpen: (id: string) => void
}

export function LinksPart(props: LinksPartProps) {
  const { loaded, onOpen } = props
  const { t } = useMessages()
  const { drafts } = useSessionContext()
  const hasDraft = drafts.has(savedDraftKey('link', loaded.item.id))
  const [isAdding, setIsAdding] = useState(hasDraft)
  // Cases that were linked before they were merged are now a single case.
  const own = new Set([loaded, ...loaded.others].map(({ id }) => id))
  const links = linksOf(loaded.entries).filter(({ caseId }) => !own.has(caseId))
  return (
    <section class="part" aria-labelledby="links-title">
      <h4 id="links-title" tabIndex={-1}>
        {t('staff.link.title', { n: links.length })}
      </h4>
      {links.length > 0 && (
        <ul class="links">
          {links.map((link) => (
            <LinkRow key={link.key} link={link} {...props} onOpen={() => onOpen(link.caseId)} />
          ))}
        </ul>
      )}
      {isAdding ? (
        <NewLink {...props} onClose={() => setIsAdding(false)} />
      ) : (
        <OpensForm isPlus onOpen={() => setIsAdding(true)}>
          {t('staff.link.add')}
        </OpensForm>
      )}
    </section>
  )
}

interface LinkRowProps extends CaseProps {
  link: CaseLink
  onOpen: () => void
}

function LinkRow({ link, loaded, checks, fresh, reload, onOpen }: LinkRowProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const shown = useLinkName(link)
  const differs = checks?.entries.has(link.n) === true
  const remove = async (): Promise<void> => {
    await sendLinkEnd(writer(), loaded.sealed, link)
    focusSoon('links-title')
  }
  return (
    <li class={fresh.has(link.key) ? 'is-fresh' : undefined}>
      <LinkFacts {...{ link, shown, differs, onOpen }} />
      <div class="verbs">
        {!shown.isShut && (
          <button
            type="button"
            class="plain"
            aria-label={t('staff.link.remove.of', { name: shown.name })}
            aria-disabled={action.busy}
            onClick={() => action.run(remove)}
          >
            {t('staff.link.remove')}
          </button>
        )}
        <ActionResult action={action} done="" />
      </div>
    </li>
  )
}
