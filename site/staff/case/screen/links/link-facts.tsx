// Shows a link: the title of the other case, the reason and the author. A colleague who cannot open
// the other case cannot remove the link, because both cases contain the link.
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { type CaseLink } from '../../read/links-of.ts'
import { useCaseTitle } from './use-case-title.ts'

interface LinkName {
  name: string
  /** true when this colleague cannot open the other case */
  isShut: boolean
}

export function useLinkName({ caseId }: Pick<CaseLink, 'caseId'>): LinkName {
  const { t } = useMessages()
  const found = useCaseTitle(caseId)
  if (found.is === 'loading') return { name: t('staff.loading'), isShut: false }
  if (found.is === 'shut') return { name: t('staff.link.shut'), isShut: true }
  return { name: found.title || t('staff.similar.untitled'), isShut: false }
}

interface LinkFactsProps {
  link: CaseLink
  shown: LinkName
  /** true when the server shows an entry other than the signed one */
  differs: boolean
  /** shows the other case */
  onOpen: () => void
}

export function LinkFacts({ link, shown: { name, isShut }, differs, onOpen }: LinkFactsProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  return (
    <>
      {differs && <p class="doubt">{t('staff.thread.differs')}</p>}
      {isShut ? (
        <p>{name}</p>
      ) : (
        <button type="button" class="plain" onClick={onOpen}>
          <bdi>{name}</bdi>
        </button>
      )}
      {link.text && <UntrustedText text={link.text} />}
      <p class="by">{t('staff.task.by', { name: nameOf(link.author) })}</p>
    </>
  )
}
