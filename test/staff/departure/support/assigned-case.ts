// Gives a case to an office's caseworker, takes it back, and writes the summary. The app makes the
// bytes; this file makes the sealed copies, with the app's primitives.
import { fromB64, randomBytes, sha256, toB64, utf8 } from '#protocol/bytes'
import { caseKeyName, type CaseGrant } from '#protocol/staff/case-log/bodies'
import { type CaseAssign, type KeyMake, type RecordSet } from '#protocol/staff/case-log/changes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { sendAction } from '#site/staff/api/send-action.ts'
import { withCaseKey } from '#site/staff/case/write/case-key-in-use.ts'
import { sendCaseSigned } from '#site/staff/case/write/send-case-signed.ts'
import { openWithKey } from '#site/staff/crypto/aead-key.ts'
import { makeCaseKey, secretIn } from '#site/staff/crypto/case-key.ts'
import { EMPTY_SUMMARY, sealRecord, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { sealTo } from '#site/staff/crypto/seal-to.ts'
import { newestTeam } from '#site/staff/crypto/team-key.ts'
import type { Office, Reader } from './office.ts'

/** Seals a report's case keys to the caseworker. */
async function grantsFor(
  { by: { keys } }: Reader,
  { item, caseKeys }: StoredCase,
  hpkePublic: string,
): Promise<CaseGrant[]> {
  const own = caseKeys.filter(({ caseId }) => caseId === item.id)
  return Promise.all(
    own.map(async (stored): Promise<CaseGrant> => {
      const team = keys.team.get(stored.generation)
      if (!team) throw new Error('the generation is missing')
      const label = `oasis/v1/case-key ${caseKeyName(stored)}`
      const inner = await openWithKey(team.key, label, fromB64(stored.sealed))
      const info = utf8(`oasis/v1/case-grant ${caseKeyName(stored)}`)
      const sealed = toB64(await sealTo(fromB64(hpkePublic), info, inner))
      return { caseId: stored.caseId, keyNo: stored.keyNo, sealed }
    }),
  )
}

const assign = (office: Office, reader: Reader, id: string, to: Reader | null): Promise<void> =>
  office.as(reader, async () => {
    const opened = await fetchReport(id)
    const member = to && reader.by.roster.people.get(to.by.keys.personId)
    const grants = member ? await grantsFor(reader, opened, member.hpkePublic) : []
    const change: CaseAssign = {
      from: opened.item.assignee,
      to: member?.id ?? null,
      isGranted: member !== null,
    }
    await sendCaseSigned(reader.by, { action: 'case.assign', subject: id, change }, (signed) =>
      sendAction('case.assign', { signed, grants }, id),
    )
  })

export const giveCase = (office: Office, reader: Reader, id: string): Promise<void> =>
  assign(office, reader, id, office.caseworker)

export const takeCaseBack = (office: Office, reader: Reader, id: string): Promise<void> =>
  assign(office, reader, id, null)

/** Makes the next key of a case that no colleague has. */
export const renewCaseKey = (office: Office, reader: Reader, id: string): Promise<void> =>
  office.as(reader, async ({ by: { keys, roster } }) => {
    const opened = await fetchReport(id)
    const team = newestTeam(roster, keys)
    if (!team) throw new Error('no team key opens')
    const keyNo = 1 + Math.max(0, ...opened.caseKeys.map((key) => key.keyNo))
    const secret = secretIn(opened, id) ?? randomBytes(32)
    const { keyHash, sealed } = await makeCaseKey(team, { caseId: id, keyNo }, secret)
    const change: KeyMake = { keyNo, generation: team.generation, keyHash }
    await sendCaseSigned({ keys, roster }, { action: 'key.make', subject: id, change }, (signed) =>
      sendAction('key.make', { signed, sealed, secret: toB64(secret) }, id),
    )
  })

/** Writes the next revision of the summary. */
export const writeTitle = (
  office: Office,
  reader: Reader,
  id: string,
  title: string,
): Promise<void> =>
  office.as(reader, async ({ by }) => {
    const opened = await fetchReport(id)
    const stored = opened.records.find(({ record }) => record === SUMMARY)
    const place = { record: SUMMARY, revision: (stored?.revision ?? 0) + 1 }
    await withCaseKey(by, opened, async (key) => {
      const sealed = await sealRecord(key, place, { ...EMPTY_SUMMARY, title })
      const recordHash = toB64(await sha256(fromB64(sealed)))
      const change: RecordSet = { ...place, keyNo: key.keyNo, recordHash }
      await sendCaseSigned(by, { action: 'record.set', subject: id, change }, (signed) =>
        sendAction('record.set', { signed, sealed }, id),
      )
    })
  })
