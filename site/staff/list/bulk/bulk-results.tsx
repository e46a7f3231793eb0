// Shows the outcome of an action on many cases: how many were changed, and why the others were not.
import { Refusal } from '#protocol/errors'
import { kindKey } from '../../case/read/kind-key.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { ErrorMessage } from '../../ui/errors.tsx'
import { type ShownList } from '../use-list.ts'
import { type BulkResult, type LeftCase } from './case-outcomes.ts'

interface BulkResultsProps {
  result: BulkResult
  list: Pick<ShownList, 'lines' | 'index'>
  onOpen: (id: string) => void
  onDismiss: () => void
  onUndo: (undo: () => void) => void
}

export function BulkResults({ result, list, onOpen, onDismiss, onUndo }: BulkResultsProps) {
  const { t, sentence } = useMessages()
  const { done, left, why, undo } = result
  const reason = ({ why: code }: LeftCase): string =>
    code === 'already' || code === 'unread' || code === 'danger'
      ? t(`staff.bulk.left.${code}`)
      : sentence(new Refusal(code))
  const titleOf = (id: string): string => {
    const item = list.lines?.byId.get(id)
    return list.index.cases.get(id)?.title || t(kindKey(item?.kind ?? 0))
  }
  return (
    <div class="bulk-results">
      <div class="verbs">
        <p role="status">
          {t('staff.bulk.done', { n: done })}
          {left.length > 0 && ` ${t('staff.bulk.left', { n: left.length })}`}
        </p>
        {undo && (
          <button type="button" onClick={() => onUndo(undo)}>
            {t('staff.bulk.undo')}
          </button>
        )}
        <button type="button" onClick={onDismiss}>
          {t('staff.bulk.understood')}
        </button>
      </div>
      <ErrorMessage why={why} />
      {left.length > 0 && (
        <ul>
          {left.map((each) => (
            <li key={each.id}>
              <button type="button" class="plain" onClick={() => onOpen(each.id)}>
                <bdi>{titleOf(each.id)}</bdi>
              </button>
              <span>{reason(each)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
