// Writes a new organisation for the edge as SQL: the ledger, the first invitation and the first
// epoch. A local organisation also has a scripted member. All values are public, hashed or sealed.
// Loading the same keys again changes nothing, so a used invitation stays used. If the database
// already contains another ledger, the triggers refuse the new keys, and nothing is stored.
import { DAY_MS } from '#protocol/limits'
import type { Organisation } from '#scripts/org/organisation'
import type { ScriptedMember } from '#scripts/org/files/member-file'
import {
  b64Sql,
  blobSql,
  insertSql,
  invitationTableRow,
  jsonSql,
  ledgerTableRow,
  textSql,
  type TableRow,
} from '#site/staff/recovery/table-sql.ts'

const ledgerRows = ({ ledger }: Organisation): TableRow[] =>
  ledger.map((row, at) => ledgerTableRow(row, at + 1))

/**
 * Returns the rows of a scripted member. The session and its proof of presence last as long as the
 * first epoch: a program cannot touch a passkey.
 */
const memberRows = (
  {
    me: { id, name, roles, keys, intake, team },
    nameSalt,
    sessionHash,
    keeperLastDay,
    teamForRecovery,
  }: ScriptedMember,
  { lastDay }: Organisation,
): TableRow[] => [
  [
    'people',
    {
      id: b64Sql(id),
      name: textSql(name),
      name_salt: b64Sql(nameSalt),
      roles: jsonSql(roles),
      offered: jsonSql(roles),
      hpke_public: b64Sql(keys.hpkePublic),
      sign_public: b64Sql(keys.signPublic),
      sealed_private: b64Sql(keys.sealedPrivate),
      keeper_last_day: String(keeperLastDay),
    },
  ],
  ...intake.map(({ epoch, sealed }): TableRow => [
    'intake_keys',
    { person: b64Sql(id), epoch: String(epoch), sealed: b64Sql(sealed) },
  ]),
  ['teams', { generation: '1', sealed_for_recovery: blobSql(teamForRecovery) }],
  ...team.map(({ generation, sealed }): TableRow => [
    'team_keys',
    { person: b64Sql(id), generation: String(generation), sealed: b64Sql(sealed) },
  ]),
  [
    'sessions',
    {
      token_hash: blobSql(sessionHash),
      id: b64Sql(id),
      person: b64Sql(id),
      began_by: textSql('passkey'),
      began_at: '0',
      proven_at: String(lastDay * DAY_MS),
      expires_at: String(lastDay * DAY_MS),
    },
  ],
]

/** Returns separate statements, without semicolons. */
export function publishStatements(
  organisation: Organisation,
  member: ScriptedMember | null = null,
): string[] {
  const { epoch, manifest, hybridKey, sealedForRecovery } = organisation
  const rows: TableRow[] = [
    ...ledgerRows(organisation),
    ...(member ? memberRows(member, organisation) : []),
    invitationTableRow(organisation.invitation, member?.me.id ?? null),
    // The epoch comes last, because the other rows are stored only together with it.
    [
      'epochs',
      {
        epoch: String(epoch),
        manifest: blobSql(manifest),
        hybrid_key: blobSql(hybridKey),
        sealed_for_recovery: blobSql(sealedForRecovery),
      },
    ],
  ]
  return rows.map(
    (row) => `${insertSql(row)}
WHERE NOT EXISTS (
  SELECT 1 FROM epochs WHERE epoch = ${epoch} AND manifest = ${blobSql(manifest)}
)`,
  )
}

/** Returns all statements as the text of a file. */
export const publishSql = (organisation: Organisation, member?: ScriptedMember): string =>
  publishStatements(organisation, member)
    .map((statement) => `${statement};\n`)
    .join('')
