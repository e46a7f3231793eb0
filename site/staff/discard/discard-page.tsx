// Guides a colleague through discarding many junk reports: choose, count, read examples, sign.
import { useEffect, useRef } from 'preact/hooks'
import { MAX_KEPT } from '#protocol/staff/list/discard'
import { SealedItemView } from '../case/facts/sealed-item.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { useWholeLedger } from '../ledger/ledger-context.ts'
import { shownCount } from '../session/shown-count.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { ConfirmDiscard } from './confirm-discard.tsx'
import { DiscardHistory } from './discard-history.tsx'
import { PredicateForm } from './predicate-form.tsx'
import { lastDayOver, useDiscard, type DiscardDraft } from './use-discard.ts'

interface DiscardPageProps {
  onBack: () => void
  /** id of the open discard, according to the most recent request */
  open: string | null
  /** called when a discard is open, so that the workspace refreshes the line about the discard */
  onSigned: () => void
}

export function DiscardPage({ open, onBack, onSigned }: DiscardPageProps) {
  const { t } = useMessages()
  const draft = useDiscard(open, onSigned)
  const { predicate, counted, discards, attempt } = draft
  const isWhole = useWholeLedger() !== null
  const isOpen = discards?.some(({ endedAt }) => endedAt === null) ?? false
  return (
    <ScreenPage title={t('staff.discard.title')} onBack={onBack} state={isOpen ? 'open' : 'draft'}>
      <p>{t('staff.discard.lead')}</p>
      <p>{t('staff.discard.delay')}</p>
      {isOpen ? (
        <p class="note">{t('staff.discard.open')}</p>
      ) : (
        <PredicateForm
          predicate={predicate}
          lastDay={lastDayOver()}
          busy={attempt.busy}
          isCounted={counted !== null && counted.sample.length > 0}
          onChange={draft.choose}
          onSubmit={draft.count}
        />
      )}
      <p role="status">
        {attempt.busy && t('staff.loading')}
        {!attempt.busy && counted?.sample.length === 0 && t('staff.discard.none')}
      </p>
      <ErrorMessage why={attempt.why} />
      {counted && counted.sample.length > 0 && (
        <>
          <Sample draft={draft} />
          {counted.naming.length > 0 && <NamedHere draft={draft} naming={counted.naming} />}
          {counted.naming.length === 0 && isWhole && (
            <>
              <ConfirmDiscard counted={counted} busy={attempt.busy} onSign={draft.sign} />
              {attempt.question}
            </>
          )}
          {!isWhole && <p class="note">{t('staff.ledger.off')}</p>}
        </>
      )}
      {discards && discards.length > 0 && <DiscardHistory discards={discards} />}
    </ScreenPage>
  )
}

interface NamedHereProps {
  draft: DiscardDraft
  naming: readonly string[]
}

/** Replaces the signing step while a covered report may be about the person who would sign. */
function NamedHere({ draft: { attempt, predicate, keep }, naming }: NamedHereProps) {
  const { t } = useMessages()
  return (
    <div class="note" role="note">
      <p>
        <b>{t('staff.discard.named', { n: naming.length })}</b>
      </p>
      <button
        type="button"
        aria-disabled={attempt.busy}
        disabled={predicate.keep.length + naming.length > MAX_KEPT}
        onClick={() => keep(naming)}
      >
        {t('staff.discard.keep')}
      </button>
    </div>
  )
}

function Sample({ draft: { counted, predicate, attempt, count, keep } }: { draft: DiscardDraft }) {
  const { t } = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [counted])
  return (
    <section aria-labelledby="sample-title">
      <h3 id="sample-title" ref={heading} tabIndex={-1}>
        {t('staff.discard.found', numbersOf(counted))}
      </h3>
      <p>{t('staff.discard.sample')}</p>
      {predicate.keep.length > 0 && (
        <p>{t('staff.discard.kept', { n: predicate.keep.length, m: MAX_KEPT })}</p>
      )}
      <ul class="cards">
        {counted?.sample.map((opened) => (
          <SealedItemView key={opened.item.id} opened={opened}>
            <button
              type="button"
              aria-disabled={attempt.busy}
              disabled={predicate.keep.length >= MAX_KEPT}
              onClick={() => keep([opened.item.id])}
            >
              {t('staff.discard.keep')}
            </button>
          </SealedItemView>
        ))}
      </ul>
      <button type="button" aria-disabled={attempt.busy} onClick={count}>
        {t('staff.discard.draw')}
      </button>
    </section>
  )
}

const numbersOf = (counted: DiscardDraft['counted']) => ({
  stored: counted?.stored ?? 0,
  waiting: counted ? shownCount(counted.waiting) : '0',
})
