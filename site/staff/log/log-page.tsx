// Shows the ledger in plain words, with this browser's verdict. A colleague can save the rows and
// verify them again offline.
import { useEffect, useRef, useState } from 'preact/hooks'
import { utf8 } from '#protocol/bytes'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import { requireProof } from '../api/session-api.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { readRows, type ReadRow } from '../ledger/read-rows.ts'
import { type VerifiedLedger } from '../ledger/verify-ledger.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { saveBytes } from '../ui/save-bytes.ts'
import { useAttempt } from '../ui/use-attempt.ts'
import { isOfKind, type RowKind } from './row-kind.ts'
import { LogFilter } from './log-filter.tsx'
import { LogRows } from './log-rows.tsx'
import { LogVerdict } from './log-verdict.tsx'
import { RestartLedger } from './restart-ledger.tsx'

interface LogPageProps {
  /** false for a person who has no list to return to */
  hasList: boolean
  onBack: () => void
}

const FILE_NAME = 'ledger.json'

export function LogPage({ hasList, onBack }: LogPageProps) {
  const { t } = useMessages()
  const { ledger, progress, why, verify } = useSeenLedger()
  const attempt = useAttempt()
  const proof = useProof()
  // The rows are already on this device. The proof of presence keeps a stranger at an unattended
  // screen from saving a file.
  const save = async (whole: VerifiedLedger): Promise<void> => {
    await requireProof()
    saveBytes(fileOf(whole.rows), FILE_NAME)
  }
  const [person, setPerson] = useState('')
  const [kind, setKind] = useState<RowKind>('all')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const rows = ledger ? shownRows(ledger) : []
  const chosen = rows.filter((row) => isOfKind(row, kind) && (person === '' || names(row, person)))
  return (
    <main class="screen log">
      {hasList && (
        <button type="button" class="back" onClick={onBack}>
          {t('staff.back')}
        </button>
      )}
      <h2 ref={heading} tabIndex={-1}>
        {t('staff.log.title')}
      </h2>
      <p>{t('staff.log.lead')}</p>
      <LogVerdict ledger={ledger} progress={progress} />
      {(ledger?.is === 'older' || ledger?.is === 'fork') && !progress && (
        <RestartLedger ledger={ledger} />
      )}
      <ErrorMessage why={why} />
      <div class="verbs">
        <button
          type="button"
          aria-disabled={attempt.busy || progress !== null}
          onClick={() => attempt.run(verify)}
        >
          {t('staff.log.verify')}
        </button>
        {ledger && (
          <button
            type="button"
            aria-disabled={proof.busy}
            onClick={() => proof.run(() => save(ledger))}
          >
            {t('staff.log.save', { name: FILE_NAME })}
          </button>
        )}
      </div>
      {proof.question}
      <ErrorMessage why={proof.why} />
      {ledger && (
        <>
          <LogFilter
            rows={rows}
            person={person}
            kind={kind}
            onPerson={setPerson}
            onKind={setKind}
          />
          <LogRows rows={chosen} all={rows} hashes={ledger.roster.hashes} />
        </>
      )}
    </main>
  )
}

/** Newest first. If the ledger is broken, only the rows before the fault are shown. */
const shownRows = (ledger: VerifiedLedger): ReadRow[] =>
  readRows(ledger.is === 'broken' ? ledger.rows.slice(0, ledger.at - 1) : ledger.rows).reverse()

const names = ({ actor, subject }: ReadRow, person: string): boolean =>
  actor === person || subject === person

/** The file that `npm run org -- verify` reads. */
const fileOf = (rows: readonly LedgerRow[]) => utf8(`${JSON.stringify({ rows }, null, 2)}\n`)
