// Asks for the details of an action on many cases: the reason, the status, the colleague or the
// tag.
import { useState } from 'preact/hooks'
import { CLOSE_REASONS, hasOwnCasesOnly, type Role } from '#protocol/staff/fields'
import { useMessages } from '../../i18n/messages.tsx'
import { useWholeLedger } from '../../ledger/ledger-context.ts'
import { readersIn } from '../../ledger/read-roster.ts'
import { useNames } from '../../ledger/use-names.ts'
import { Field, Form } from '../../ui/form.tsx'
import { Chooser } from './chooser.tsx'
import { type ListAct } from './plan-bulk.ts'

const FORMS = ['close', 'status', 'assign', 'tag'] as const
export type BulkFormKind = (typeof FORMS)[number]

/** The forms for people without the intake role, from whom the edge refuses all other actions. */
const OWN_FORMS: readonly BulkFormKind[] = ['tag']

export const formsFor = (roles: readonly Role[]): readonly BulkFormKind[] =>
  hasOwnCasesOnly(roles) ? OWN_FORMS : FORMS

interface BulkFormProps {
  kind: BulkFormKind
  n: number
  onAct: (act: ListAct) => void
  onTag: (tag: string) => void
}

/**
 * `merged` is not a reason that a person can choose, and `other` needs an explanation for each
 * case.
 */
const REASONS = CLOSE_REASONS.filter((each) => each !== 'merged' && each !== 'other')
const MAX_TAG_CHARS = 40
const NOBODY = 'nobody'

export function BulkForm({ kind, n, onAct, onTag }: BulkFormProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const ledger = useWholeLedger()
  switch (kind) {
    case 'close':
      return (
        <Chooser
          label={t('staff.list.reason')}
          choices={REASONS.map((each) => [each, t(`staff.close.${each}`)])}
          go={t('staff.bulk.close.go', { n })}
          onChoose={(value) => {
            const reason = REASONS.find((each) => each === value)
            if (reason) onAct({ is: 'close', reason })
          }}
        />
      )
    case 'status':
      return (
        <Chooser
          label={t('staff.fact.status')}
          choices={(['in_progress', 'new'] as const).map((to) => [to, t(`staff.status.${to}`)])}
          go={t('staff.bulk.status.go', { n })}
          onChoose={(to) => onAct({ is: 'status', to: to === 'new' ? 'new' : 'in_progress' })}
        />
      )
    case 'assign':
      return ledger ? (
        <Chooser
          label={t('staff.assign.to')}
          choices={[
            ...readersIn(ledger.roster).map(({ id }): [string, string] => [id, nameOf(id)]),
            [NOBODY, t('staff.list.holder.nobody')],
          ]}
          go={t('staff.bulk.assign.go', { n })}
          onChoose={(to) => onAct({ is: 'assign', to: to === NOBODY ? null : to })}
        />
      ) : (
        <p>{t('staff.ledger.off')}</p>
      )
    case 'tag':
      return <TagForm n={n} onTag={onTag} />
  }
}

function TagForm({ n, onTag }: Pick<BulkFormProps, 'n' | 'onTag'>) {
  const { t } = useMessages()
  const [tag, setTag] = useState('')
  const [isEmpty, setIsEmpty] = useState(false)
  const send = (): void => {
    const trimmed = tag.trim()
    setIsEmpty(trimmed === '')
    if (trimmed !== '') onTag(trimmed)
  }
  return (
    <Form onSubmit={send}>
      <Field
        label={t('staff.list.tag')}
        hint={t('staff.bulk.tag.hint')}
        mistake={isEmpty ? t('staff.bulk.tag.empty') : null}
        value={tag}
        onInput={setTag}
        maxLength={MAX_TAG_CHARS}
      />
      <button type="submit" class="go">
        {t('staff.bulk.tag.go', { n })}
      </button>
    </Form>
  )
}
