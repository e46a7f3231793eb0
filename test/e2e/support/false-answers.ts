// Lists the lies of a host that puts its own keys into responses about people, cases and
// departures.
import { toB64 } from '#protocol/bytes'
import type { CaseKey } from '#protocol/staff/case-log/bodies'
import { CaseKeyPage, Rewrapping } from '#protocol/staff/list/case-pages'
import { LedgerPage } from '#protocol/staff/ledger/rows'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Me, People } from '#protocol/staff/people/people'
import { sealedCaseKey, sealedGrant, teamCopy } from '../../staff/hostile/support/server-keys.ts'
import { REPORT, type HostKeys, type Lie, type NumberedTeam } from './lying-host.ts'

/** Responds with false copies of the team key instead of the true copies with the same numbers. */
export const feedTeams = (teams: readonly NumberedTeam[]): Lie => ({
  on: /^GET me$/,
  change: async (json, to) => {
    const me = Me.parse(json)
    const isFalse = new Set(teams.map(({ generation }) => generation))
    const copies = teams.map(({ generation, bytes }) => teamCopy(to, generation, bytes))
    const kept = me.team.filter(({ generation }) => !isFalse.has(generation))
    return { ...me, team: [...kept, ...(await Promise.all(copies))] }
  },
})

/** The host's case key with this number, sealed under each of the host's team keys. */
const underEachTeam = (
  { teams, secret, caseKey }: HostKeys,
  { caseId, keyNo }: Pick<CaseKey, 'caseId' | 'keyNo'>,
): Promise<CaseKey[]> =>
  Promise.all(
    teams.map(({ generation, bytes: team }) =>
      sealedCaseKey({ caseId, keyNo }, { team, generation, secret, bytes: caseKey }),
    ),
  )

/**
 * Responds with the host's case key instead of the newest key of a case and its grant.
 *
 * @param honest  number of true responses before the first false one
 */
export const feedCaseKey = (keys: HostKeys, honest = 0): Lie => {
  let left = honest
  return {
    on: REPORT,
    change: async (json, to) => {
      const opened = StoredCase.parse(json)
      if (left-- > 0) return null
      const caseId = opened.item.id
      const stored = [...opened.caseKeys, ...opened.grants]
      const own = stored.filter((each) => each.caseId === caseId).map(({ keyNo }) => keyNo)
      const named = { caseId, keyNo: Math.max(1, ...own) }
      const grant = await sealedGrant(named, { ...keys, bytes: keys.caseKey }, to)
      return {
        ...opened,
        caseKeys: await underEachTeam(keys, named),
        grants: opened.grants.length > 0 ? [grant] : [],
        secrets: [{ caseId, secret: toB64(keys.secret) }],
      }
    },
  }
}

/** Responds to a departure with the host's case key in place of each key and its successor. */
export const feedRewrap = (keys: HostKeys): Lie => ({
  on: /^GET case-keys\?/,
  change: async (json) => {
    const page = CaseKeyPage.parse(json)
    // The departure requests keys under the generation that ends.
    const fed = page.keys.flatMap(({ caseId, keyNo, generation }) =>
      [keyNo, keyNo + 1].map(async (no) =>
        (await underEachTeam(keys, { caseId, keyNo: no })).map((key) => ({ ...key, generation })),
      ),
    )
    return { ...page, keys: (await Promise.all(fed)).flat() }
  },
})

/** Keeps the keys that a departure reseals, and claims to have stored them. */
export const keepRewrapped = (kept: CaseKey[]): Lie => ({
  on: /^POST case-keys\/rewrap$/,
  instead: (body) => {
    const { to: generation, keys } = Rewrapping.parse(JSON.parse(body))
    kept.push(...keys.map((key) => ({ ...key, generation })))
    return null
  },
})

/** Responds with keys that a departure resealed for the host. */
export const feedRewrapped = ({ secret }: HostKeys, kept: readonly CaseKey[]): Lie => ({
  on: REPORT,
  change: (json) => {
    const opened = StoredCase.parse(json)
    const caseId = opened.item.id
    const caseKeys = kept.filter((key) => key.caseId === caseId)
    return { ...opened, caseKeys, secrets: [{ caseId, secret: toB64(secret) }] }
  },
})

/** Responds with the host's public key beside each name, where no key belongs. */
export const addPublicKeys = ({ hpkePublic }: HostKeys): Lie => ({
  on: /^GET people$/,
  change: (json) => {
    const people = People.parse(json)
    const withKeys = (each: object): object => ({ ...each, hpkePublic, keys: { hpkePublic } })
    return { names: people.names.map(withKeys), former: people.former.map(withKeys) }
  },
})

/** Responds with the host's public key in each row that contains a person's key. */
export const swapPublicKey = ({ hpkePublic }: HostKeys, person: Me): Lie => ({
  on: /^GET ledger\?/,
  change: (json) => {
    const page = LedgerPage.parse(json)
    const rows = page.rows.map((row) => ({
      ...row,
      change: row.change.replaceAll(person.keys.hpkePublic, hpkePublic),
    }))
    return { ...page, rows }
  },
})
