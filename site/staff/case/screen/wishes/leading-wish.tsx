// Shows the wish that applies now, above the rest of the case, and the actions that follow from it.
// The other wishes and the forms are collapsed, because the person's own words are more important.
import { useState } from 'preact/hooks'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { Exceptions } from '../../facts/exceptions.tsx'
import { type CaseChecks } from '../../read/check-case.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { leadingOf, standingsOf, type CaseWishes } from '../../read/wish-rules.ts'
import { wishesOf, type KnownWish } from '../../read/wishes-of.ts'
import { LoadWishForms } from './load-wish-forms.tsx'
import { threadToAsk } from './thread-to-ask.ts'
import { useWishWords } from './use-wish-words.ts'
import { WishLine } from './wish-line.tsx'

interface LeadingWishProps {
  loaded: LoadedReport
  checks: CaseChecks | null
  reload: () => Promise<void>
  onSaved: (key: string) => void
  /** begins a reply in a thread */
  onAsk: (thread: string) => void
}

export function LeadingWish({ loaded, checks, reload, onSaved, onAsk }: LeadingWishProps) {
  const { t } = useMessages()
  const { drafts } = useSessionContext()
  const [isOpen, setIsOpen] = useState(drafts.has(savedDraftKey('wish', loaded.item.id)))
  const [form, setForm] = useState<'wish' | 'about' | null>(isOpen ? 'wish' : null)
  const words = useWishWords([loaded])
  const found = wishesOf(loaded)
  const leading = leadingOf(found)
  const asked = threadToAsk(loaded, leading.standing)
  const ask = (): void => {
    if (asked !== null) {
      onAsk(asked)
      return
    }
    // The person cannot be asked in writing, so a colleague asks in another way and records the
    // answer.
    setIsOpen(true)
    setForm('wish')
  }
  const close = (): void => {
    setForm(null)
    focusSoon('wish-title')
  }
  return (
    <section class="leading-wish" aria-labelledby="wish-title">
      <h3 id="wish-title" tabIndex={-1}>
        {t('staff.consent.title')}
      </h3>
      <LeadingLines found={found} words={words} checks={checks} />
      <Exceptions />
      {leading.standing.wish === 'unsaid' && (
        <div class="verbs">
          <button type="button" onClick={ask}>
            {t('staff.wish.ask')}
          </button>
        </div>
      )}
      <details
        class="wish-more"
        open={isOpen}
        onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
      >
        <summary>{t('staff.wish.all', { n: found.wishes.length })}</summary>
        <WishList found={found} words={words} checks={checks} />
        <p>
          {t('staff.wish.about')}:{' '}
          <bdi>
            {found.about.length > 0 ? words.nameOf(found.about) : t('staff.wish.about.unknown')}
          </bdi>
        </p>
        {isOpen && (
          <LoadWishForms {...{ loaded, reload, onSaved, form, setForm }} onClose={close} />
        )}
      </details>
    </section>
  )
}

interface LeadingLinesProps {
  found: CaseWishes<KnownWish>
  words: ReturnType<typeof useWishWords>
  checks?: CaseChecks | null
}

/** Shows the leading wish and the stricter wishes of other people. */
export function LeadingLines({ found, words, checks = null }: LeadingLinesProps) {
  const { t } = useMessages()
  const { isKnown, standing, stricter } = leadingOf(found)
  const isAlone = found.writers.length === 1 && standingsOf(found).length === 1
  return (
    <>
      {checks && lacksParts(checks) && <p class="doubt">{t('staff.wish.incomplete')}</p>}
      {!isKnown && !isAlone && <p class="hint">{t('staff.wish.strictest')}</p>}
      <WishLine {...{ standing, words, checks }} hasName={!isAlone} />
      {stricter.length > 0 && <p class="hint">{t('staff.wish.others')}</p>}
      {stricter.map((each) => (
        <WishLine key={each.of.join()} standing={each} words={words} checks={checks} />
      ))}
    </>
  )
}

/** A server that withholds a part may be hiding the latest wish, or a withdrawal. */
const lacksParts = ({ missing, known, fault }: CaseChecks): boolean =>
  missing > 0 || known !== 'fine' || fault !== null

/** Lists every wish that was given, oldest first. */
function WishList({ found, words, checks = null }: LeadingLinesProps) {
  const { t } = useMessages()
  const wishes = [...found.wishes].sort((a, b) => (a.until < b.until ? -1 : 1))
  if (wishes.length === 0) return <p>{t('staff.wish.none')}</p>
  return (
    <ol class="wishes">
      {wishes.map((given) => (
        <li key={given.key}>
          <WishLine
            standing={{ of: [given.of], wish: given.wish, given }}
            words={words}
            checks={checks}
          />
        </li>
      ))}
    </ol>
  )
}
