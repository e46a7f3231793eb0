// Lists the referrals of a case, newest first. A row shows the content, the receiver, the next
// step, and who signed.
import { groupReceipt } from '#protocol/report/receipt'
import { dayInDigits, momentInDigits } from '../../../i18n/dates.ts'
import { useNames } from '../../../ledger/use-names.ts'
import { OwedLine } from '../../../referral/owed-line.tsx'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { isChildSince } from '../../read/child-since.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { type Referral } from '../../read/referrals-of.ts'
import { leavingItems } from './leaving-items.ts'
import { ReferralVerbs } from './referral-verbs.tsx'
import { type ReferralRowProps, type ReferralWordsProps } from './row-props.ts'

export interface ReferralListProps extends ReferralWordsProps {
  /** oldest first */
  referrals: readonly Referral[]
}

export const ReferralList = ({ referrals, ...props }: ReferralListProps) => (
  <ul class="tasks referrals">
    {[...referrals].reverse().map((each) => (
      <ReferralRow key={`${each.signed.caseId} ${each.signed.n}`} {...props} referral={each} />
    ))}
  </ul>
)

function ReferralRow(props: ReferralRowProps) {
  const { own, referral, loaded, fresh } = props
  const { say } = own
  const { signed, entry, doubts, owed } = referral
  return (
    <li class={isFresh(referral, loaded, fresh) ? 'is-fresh' : undefined}>
      {doubts.length > 0 && <p class="doubt">{say('staff-referral.doubt')}</p>}
      {isChildSince(loaded, referral) && <p class="doubt">{say('staff-referral.child.since')}</p>}
      {entry && (
        <>
          <p>
            <b>
              <bdi>{entry.receiver.name}</bdi>
            </b>{' '}
            · {say(`staff-referral.receiver.${entry.receiver.kind}`)} ·{' '}
            <b>{say(`staff-referral.state.${signed.state}`)}</b>
          </p>
          <p dir="auto">{leavingItems(entry.fields, own).join('; ')}</p>
          <p>
            {[
              say(`staff-referral.basis.${entry.basis.kind}`),
              say(`staff-referral.way.${entry.file.way}`),
              `${say('staff-referral.letter.number')} ${groupReceipt(entry.file.number)}`,
            ].join(' · ')}
          </p>
        </>
      )}
      {owed.map((each) => (
        <OwedLine key={each.what} own={own} owed={each} />
      ))}
      <Signatures {...props} />
      <ReferralVerbs {...props} />
    </li>
  )
}

/** Returns true when the last load added an entry of the referral. */
const isFresh = (
  { signed, marks }: Referral,
  loaded: LoadedReport,
  fresh: ReadonlySet<string>,
): boolean => {
  return [
    signed,
    ...(signed.confirmed ? [signed.confirmed] : []),
    ...marks.map(({ step }) => step),
  ].some(({ caseId, n }) => {
    const thread = threadsOf(loaded).find(({ id }) => id === caseId)
    return thread?.entries.some((each) => each.n === n && fresh.has(each.key))
  })
}

function Signatures({ own: { say }, referral }: ReferralRowProps) {
  const nameOf = useNames()
  const { signed, entry, second, marks } = referral
  const by = (actor: string, at: string): string => `${nameOf(actor)}, ${at}`
  return (
    <>
      <p class="by">
        {say('staff-referral.signed')}:{' '}
        {by(signed.actor, entry ? momentInDigits(entry.at) : dayInDigits(signed.day))}
      </p>
      {signed.confirmed && (
        <p class="by">
          {say('staff-referral.second')}:{' '}
          {by(
            signed.confirmed.actor,
            second ? momentInDigits(second.at) : dayInDigits(signed.confirmed.day),
          )}
        </p>
      )}
      {second?.text && <UntrustedText text={second.text} />}
      {marks.map(({ step, entry: mark }) => (
        <div key={`${step.caseId} ${step.n}`}>
          <p class="by">
            {say(`staff-referral.state.${step.to}`)}:{' '}
            {by(step.actor, mark ? momentInDigits(mark.at) : dayInDigits(step.day))}
            {mark?.expectedDay &&
              ` · ${say('staff-referral.until')} ${dayInDigits(mark.expectedDay)}`}
          </p>
          {mark?.text && <UntrustedText text={mark.text} />}
          {mark?.told && (
            <p class="by">{say(`staff-referral.told.${mark.told.is === 'told' ? 'yes' : 'no'}`)}</p>
          )}
          {mark?.receiver && (
            <p class="by">
              {say(`staff-referral.revoked.${mark.receiver.answer}`)} ·{' '}
              <bdi>{mark.receiver.how}</bdi>
            </p>
          )}
        </div>
      ))}
    </>
  )
}
