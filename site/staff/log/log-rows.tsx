// Describes each ledger row in a sentence: the actor, the action, its subject and the time.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { NO_ROW } from '#protocol/staff/chain'
import { shownHash } from '#protocol/staff/people/digits'
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { type ReadRow } from '../ledger/read-rows.ts'
import { isPersonRow, useNames } from '../ledger/use-names.ts'

const SENTENCES = {
  'org.begin': 'staff.log.did.org.begin',
  'person.certify': 'staff.log.did.person.certify',
  'invitation.create': 'staff.log.did.invitation.create',
  'invitation.withdraw': 'staff.log.did.invitation.withdraw',
  'person.join': 'staff.log.did.person.join',
  'person.confirm': 'staff.log.did.person.confirm',
  'person.refuse': 'staff.log.did.person.refuse',
  'person.remove': 'staff.log.did.person.remove',
  'person.rekey': 'staff.log.did.person.rekey',
  'person.rename': 'staff.log.did.person.rename',
  'keeper.certify': 'staff.log.did.keeper.certify',
  'epoch.open': 'staff.log.did.epoch.open',
  'epoch.retire': 'staff.log.did.epoch.retire',
  'epoch.end': 'staff.log.did.epoch.end',
  'team.open': 'staff.log.did.team.open',
  'team.end': 'staff.log.did.team.end',
  'keys.lose': 'staff.log.did.keys.lose',
  'recovery.renew': 'staff.log.did.recovery.renew',
  'checkpoint.sign': 'staff.log.did.checkpoint.sign',
  'ledger.restart': 'staff.log.did.ledger.restart',
  'reports.discard': 'staff.log.did.reports.discard',
  'discard.withdraw': 'staff.log.did.discard.withdraw',
  'rota.set': 'staff.log.did.rota.set',
  'quiet.set': 'staff.log.did.quiet.set',
  'template.set': 'staff.log.did.template.set',
  'receiver.set': 'staff.log.did.receiver.set',
  'figures.leave': 'staff.log.did.figures.leave',
} as const satisfies Record<ReadRow['action'], MessageKey>

interface LogRowsProps {
  /** the chosen rows, newest first */
  rows: readonly ReadRow[]
  /** every row, so that the end of an invitation can be shown with the invitation's roles */
  all: readonly ReadRow[]
  /** the hash of each row, beginning with row 1 */
  hashes: readonly Bytes[]
}

/** The number of rows that are rendered at a time. Rendering more rows would make the page slow. */
const STEP = 200

export function LogRows({ rows, all, hashes }: LogRowsProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const [shown, setShown] = useState(STEP)
  const rolesOf = (row: ReadRow): string => {
    const offer = all.find(
      ({ action, subject }) => action === 'invitation.create' && subject === row.subject,
    )
    const { roles } = row.roles.length > 0 || !offer ? row : offer
    return roles.map((role) => t(`staff.role.${role}`)).join(', ')
  }
  const sentenceOf = (row: ReadRow): string =>
    t(SENTENCES[row.action], {
      who: nameOf(row.actor),
      whom: isPersonRow(row) ? nameOf(row.subject) : '',
      subject: row.subject,
      roles: rolesOf(row),
      n: row.total ?? 0,
    })
  if (rows.length === 0) return <p role="status">{t('staff.log.none')}</p>
  return (
    <>
      <ol class="log-rows">
        {rows.slice(0, shown).map((row) => (
          <li key={row.n}>
            <time dateTime={row.at}>{momentInDigits(row.at)}</time>
            <p dir="auto">{sentenceOf(row)}</p>
            <small>
              {t('staff.log.row', { n: row.n })}{' '}
              <span class="hash">{shownHash(hashes[row.n - 1] ?? NO_ROW)}</span>
            </small>
          </li>
        ))}
      </ol>
      {shown < rows.length && (
        <button type="button" onClick={() => setShown(shown + STEP)}>
          {t('staff.queue.more')}
        </button>
      )}
    </>
  )
}
