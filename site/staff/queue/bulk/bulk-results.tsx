// Says what became of an act on many cases: how many were done, and why each other one was not.
import { Refusal } from '#protocol/errors'
import { useMessages } from '../../i18n/messages.tsx'
import { kindKey } from '../../report/report-facts.tsx'
import { ErrorMessage } from '../../ui/errors.tsx'
import { type List } from '../use-list.ts'
import { type BulkResult, type LeftCase } from './use-bulk.ts'

interface BulkResultsProps {
  result: BulkResult
  list: Pick<List, 'lines' | 'index'>
  onOpen: (id: string) => void
}

export function BulkResults({ result: { done, left, why }, list, onOpen }: BulkResultsProps) {
  const { t, sentence } = useMessages()
  const reason = ({ why: code }: LeftCase): string =>
    code === 'already' || code === 'unread'
      ? t(`staff.bulk.left.${code}`)
      : sentence(new Refusal(code))
  const titleOf = (id: string): string => {
    const item = list.lines?.byId.get(id)
    return list.index.cases.get(id)?.title || t(kindKey(item?.kind ?? 0))
  }
  return (
    <div class="bulk-results">
      <p role="status">
        {t('staff.bulk.done', { n: done })}
        {left.length > 0 && ` ${t('staff.bulk.left', { n: left.length })}`}
      </p>
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
