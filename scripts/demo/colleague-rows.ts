// Returns a demo colleague's rows: the person, the slots, the sealed keys and the session. Only
// this file and write-rows.ts depend on the details of the tables.
import type { SQLInputValue } from 'node:sqlite'
import { fromB64, randomBytes, sha256 } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import type { Colleague } from '#scripts/demo/make-staff'

export type DemoRow = Readonly<Record<string, SQLInputValue>>

/** @param sessionEnd  milliseconds since 1970 */
export async function rowsOfColleague(
  { me, named, paper, secrets }: Colleague,
  sessionEnd: number,
): Promise<[table: string, row: DemoRow][]> {
  const person = fromB64(me.id)
  const { hpkePublic, signPublic, sealedPrivate } = me.keys
  const row = {
    id: person,
    name: named.name,
    name_salt: fromB64(named.salt),
    roles: JSON.stringify(me.roles),
    offered: JSON.stringify(me.roles),
    hpke_public: fromB64(hpkePublic),
    sign_public: fromB64(signPublic),
    sealed_private: fromB64(sealedPrivate),
  }
  const slots = me.slots.map((slot): DemoRow => ({
    id: fromB64(slot.id),
    person,
    kind: slot.kind,
    credential_id: null,
    salt: fromB64(slot.salt),
    memory_kib: slot.memoryKib,
    passes: slot.passes,
    sealed_master: fromB64(slot.sealedMaster),
    lookup_hash: paper && fromB64(paper.lookupHash),
    proof_hash: paper && fromB64(paper.proofHash),
    name: slot.name,
    added_day: slot.addedDay,
    tried_day: slot.triedDay,
  }))
  const session = {
    ...{ token_hash: await sha256(fromB64(secrets.session)), id: randomBytes(ID_BYTES), person },
    ...{ began_by: 'passkey', began_at: Date.now() },
    // The demo has no real passkey to touch, so the proof lasts as long as the session.
    ...{ proven_at: sessionEnd, expires_at: sessionEnd },
  }
  return [
    ['people', row],
    ...slots.map((slot): [string, DemoRow] => ['slots', slot]),
    ...me.intake.map(({ epoch, sealed }): [string, DemoRow] => [
      'intake_keys',
      { person, epoch, sealed: fromB64(sealed) },
    ]),
    ...me.team.map(({ generation, sealed }): [string, DemoRow] => [
      'team_keys',
      { person, generation, sealed: fromB64(sealed) },
    ]),
    ['sessions', session],
  ]
}
