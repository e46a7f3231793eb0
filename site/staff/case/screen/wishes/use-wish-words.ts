// Describes a wish: whose it is, who heard it, and how and when.
import { dayInDigits, momentInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { inOrder } from '../../read/conversation.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { personsIn } from '../../read/read-records.ts'
import { personOf, writerOf, type Party } from '../../read/wish-rules.ts'
import { type KnownWish } from '../../read/wishes-of.ts'

interface WishWords {
  /** every writer and every person in the case, with their names */
  parties: readonly (readonly [Party, string])[]
  nameOf: (parties: readonly Party[]) => string
  sourceOf: (given: KnownWish) => string
}

/** @param cases  the case, or both cases that are being compared; their threads are numbered as in
 *   the merged case */
export function useWishWords(cases: readonly LoadedReport[]): WishWords {
  const { t } = useMessages()
  const colleague = useNames()
  const threads = inOrder(cases.flatMap(threadsOf))
  const writers = threads.map(({ id }, at): [Party, string] => [
    writerOf(id),
    threads.length === 1 ? t('staff.wish.writer.only') : t('staff.wish.writer', { n: at + 1 }),
  ])
  const persons = threads.flatMap(({ id, records }) =>
    personsIn(records).map(({ record, kept: { name, role } }): [Party, string] => [
      personOf(id, record),
      `${name || t('staff.person.unnamed')}, ${t(`staff.person.role.${role}`)}`,
    ]),
  )
  const names = new Map<Party, string>([...writers, ...persons])
  const nameOf = (parties: readonly Party[]): string =>
    parties.map((each) => names.get(each) ?? t('staff.wish.gone')).join(' = ')
  const sourceOf = ({ source }: KnownWish): string => {
    if (source.is === 'heard') {
      const { how, heardAt, heardBy } = source.entry
      return t('staff.wish.heard', {
        how: t(`staff.wish.how.${how}`),
        day: momentInDigits(heardAt),
        name: colleague(heardBy),
      })
    }
    const day = momentInDigits(source.at) || dayInDigits(source.day)
    return source.by === null
      ? t('staff.wish.ticked', { day })
      : t('staff.wish.entered', { day, name: colleague(source.by) })
  }
  return { parties: [...names], nameOf, sourceOf }
}
