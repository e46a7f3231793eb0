// Writes a new organisation for the edge as SQL: the ledger, the first invitation and the first
// epoch. A local organisation also has a scripted member. All values are public, hashed
// or sealed.
// A second load of the same keys changes nothing, so that a used invitation stays used.
// The triggers of the ledger refuse a load over another ledger, and then nothing is stored.
import { fromB64, type Bytes } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import type { InvitationCreate } from '#protocol/staff/ledger'
import type { ChainedRow } from '#scripts/org/ledger-draft'
import type { Organisation } from '#scripts/org/organisation'
import type { ScriptedMember } from '#scripts/org/scripted-member'

const blob = (bytes: Bytes): string => `X'${Buffer.from(bytes).toString('hex')}'`
const b64 = (bytes: string): string => blob(fromB64(bytes))
const text = (words: string): string => `'${words.replaceAll("'", "''")}'`
const json = (value: unknown): string => text(JSON.stringify(value))

type TableRow = readonly [table: string, values: Readonly<Record<string, string>>]

const ledgerTableRow = (row: ChainedRow, seq: number): TableRow => [
  'ledger',
  {
    seq: String(seq),
    prev_hash: blob(row.prevHash),
    hash: blob(row.hash),
    change: text(row.change),
    statement: text(row.statement),
    signature: b64(row.signature),
    actor: b64(row.actor),
  },
]

const ledgerRows = ({ ledger }: Organisation): TableRow[] =>
  ledger.map((row, at) => ledgerTableRow(row, at + 1))

/** Returns the row of the invitation, which names no person when the root has signed. */
const invitationRowOf = (change: InvitationCreate, createdBy: string | null): TableRow => [
  'invitations',
  {
    token_hash: b64(change.tokenHash),
    roles: json(change.roles),
    expires_at: String(change.expiresAt),
    created_by: createdBy === null ? 'NULL' : b64(createdBy),
  },
]

/** Returns the rows of a scripted member, whose session lasts as long as the first epoch. */
const memberRows = (
  {
    me: { id, name, roles, keys, intake, team },
    sessionHash,
    keeperLastDay,
    teamForRecovery,
  }: ScriptedMember,
  { lastDay }: Organisation,
): TableRow[] => [
  [
    'people',
    {
      id: b64(id),
      name: text(name),
      roles: json(roles),
      offered: json(roles),
      hpke_public: b64(keys.hpkePublic),
      sign_public: b64(keys.signPublic),
      sealed_private: b64(keys.sealedPrivate),
      keeper_last_day: String(keeperLastDay),
    },
  ],
  ...intake.map(({ epoch, sealed }): TableRow => [
    'intake_keys',
    { person: b64(id), epoch: String(epoch), sealed: b64(sealed) },
  ]),
  ['teams', { generation: '1', sealed_for_recovery: blob(teamForRecovery) }],
  ...team.map(({ generation, sealed }): TableRow => [
    'team_keys',
    { person: b64(id), generation: String(generation), sealed: b64(sealed) },
  ]),
  [
    'sessions',
    { token_hash: blob(sessionHash), person: b64(id), expires_at: String(lastDay * DAY_MS) },
  ],
]

const valuesOf = ([table, values]: TableRow): string =>
  `INSERT INTO ${table} (${Object.keys(values).join(', ')})
SELECT ${Object.values(values).join(', ')}`

/**
 * Returns the SQL of another first invitation. The triggers of the ledger refuse the file when
 * another row has the number or the place of `row`.
 *
 * @param seq  number of the row in the ledger
 */
export const invitationSql = (row: ChainedRow, seq: number, change: InvitationCreate): string =>
  [ledgerTableRow(row, seq), invitationRowOf(change, null)]
    .map((each) => `${valuesOf(each)};\n`)
    .join('')

/** Returns single statements, without a semicolon. */
export function publishStatements(
  organisation: Organisation,
  member: ScriptedMember | null = null,
): string[] {
  const { epoch, manifest, hybridKey, sealedForRecovery } = organisation
  const rows: TableRow[] = [
    ...ledgerRows(organisation),
    ...(member ? memberRows(member, organisation) : []),
    invitationRowOf(organisation.invitation.change, member?.me.id ?? null),
    // The epoch is last, because the other rows are only stored together with the epoch.
    [
      'epochs',
      {
        epoch: String(epoch),
        manifest: blob(manifest),
        hybrid_key: blob(hybridKey),
        sealed_for_recovery: blob(sealedForRecovery),
      },
    ],
  ]
  return rows.map(
    (row) => `${valuesOf(row)}
WHERE NOT EXISTS (
  SELECT 1 FROM epochs WHERE epoch = ${epoch} AND manifest = ${blob(manifest)}
)`,
  )
}

/** Returns all statements as the text of a file. */
export const publishSql = (organisation: Organisation, member?: ScriptedMember): string =>
  publishStatements(organisation, member)
    .map((statement) => `${statement};\n`)
    .join('')
