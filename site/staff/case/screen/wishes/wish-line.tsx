// Shows one wish in words: whose it is, its content, and how we learned of it.
import { useMessages } from '../../../i18n/messages.tsx'
import { FORBIDDEN } from '../../../ui/marks.tsx'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { type CaseChecks } from '../../read/check-case.ts'
import { type Standing } from '../../read/wish-rules.ts'
import { type KnownWish } from '../../read/wishes-of.ts'
import { type useWishWords } from './use-wish-words.ts'

/** The wishes that forbid passing anything on, which are shown with a special sign. */
const FORBIDS: readonly Standing['wish'][] = ['withdrawn', 'anonymous', 'unsaid', 'foundation']

interface WishLineProps {
  standing: Standing<KnownWish>
  words: ReturnType<typeof useWishWords>
  checks?: CaseChecks | null
  /** true to show the name of the person whose wish it is */
  hasName?: boolean
}

export function WishLine({ standing, words, checks, hasName = true }: WishLineProps) {
  const { t } = useMessages()
  const { of, wish, given } = standing
  const isForbidden = FORBIDS.includes(wish)
  const heard = given?.source.is === 'heard' ? given.source.entry : null
  return (
    <div class={`wish ${isForbidden ? 'is-against' : 'is-for'}`}>
      <WishSign isForbidden={isForbidden} />
      <div>
        {hasName && <bdi class="whose">{words.nameOf(of)}: </bdi>}
        <b>{t(`staff.consent.${wish}`)}</b>{' '}
        {given && <small dir="auto">{words.sourceOf(given)}</small>}
        {heard && heard.text !== '' && <UntrustedText text={heard.text} />}
        {given && isDoubted(given, checks) && <p class="doubt">{t('staff.thread.differs')}</p>}
      </div>
    </div>
  )
}

/**
 * A barred circle forbids and a tick allows; the shapes differ, because colour alone does not
 * suffice.
 */
function WishSign({ isForbidden }: { isForbidden: boolean }) {
  return (
    <svg class="wish-sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={isForbidden ? FORBIDDEN : 'M2.5 8.5 6 12l7.5-8'} />
    </svg>
  )
}

/** Returns true when the row of a wish is not the row that a colleague signed. */
function isDoubted({ row, of }: KnownWish, checks: CaseChecks | null | undefined): boolean {
  if (!checks) return false
  if (row === null) return [...checks.letters].some((letter) => of === `letter ${letter}`)
  return (checks.absorbedEntries.get(row.caseId) ?? checks.entries).has(row.n)
}
