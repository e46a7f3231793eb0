// Imitates a server with its own keys: a team key, a case key, a case secret and a grant. The
// server does not need any secret that the staff have, because anybody can seal to a public key.
import { fromB64, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { teamInfo } from '#protocol/keys/team-key'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { type Me } from '#protocol/staff/people/people'
import {
  deriveAeadKey,
  importAeadKey,
  openWithKey,
  sealWithKey,
} from '#site/staff/crypto/aead-key.ts'
import { sealTo } from '#site/staff/crypto/seal-to.ts'

export const FALSE_GENERATION = 4242

/** The parts of a report that contain its case keys. */
type LiedKeys = Pick<StoredCase, 'caseKeys' | 'grants' | 'secrets'>

export class LyingServer {
  readonly team: Bytes = randomBytes(32)
  readonly secret: Bytes = randomBytes(32)
  readonly caseKey: Bytes = randomBytes(32)
  readonly caseId: string

  constructor(caseId: string) {
    this.caseId = caseId
  }

  #label(kind: string): string {
    return `oasis/v1/${kind} ${this.caseId} 1`
  }

  #inner(): Promise<Bytes> {
    return sealUnderKey(this.secret, this.#label('case-share'), this.caseKey)
  }

  get #secrets(): LiedKeys['secrets'] {
    return [{ caseId: this.caseId, secret: toB64(this.secret) }]
  }

  /** Adds a copy of the server's own team key to the copies that a person receives. */
  async fed(me: Me, generation = FALSE_GENERATION): Promise<Me> {
    const sealed = await sealTo(fromB64(me.keys.hpkePublic), teamInfo(generation), this.team)
    const others = me.team.filter((copy) => copy.generation !== generation)
    return { ...me, team: [...others, { generation, sealed: toB64(sealed) }] }
  }

  /**
   * The server's case key in place of key 1 of the case.
   *
   * @param team  the true key of the generation, which a former reader knows; by default the
   *   server's own
   */
  async keys(generation = FALSE_GENERATION, team?: CryptoKey): Promise<LiedKeys> {
    const outer = team ?? (await importAeadKey(this.team))
    const sealed = toB64(await sealWithKey(outer, this.#label('case-key'), await this.#inner()))
    const caseKeys = [{ caseId: this.caseId, keyNo: 1, generation, sealed }]
    return { caseKeys, grants: [], secrets: this.#secrets }
  }

  /** The server's case key in place of the copy for a caseworker. @param hpkePublic  base64url */
  async grant(hpkePublic: string, { caseKeys }: StoredCase): Promise<LiedKeys> {
    const info = utf8(this.#label('case-grant'))
    const sealed = toB64(await sealTo(fromB64(hpkePublic), info, await this.#inner()))
    const grants = [{ caseId: this.caseId, keyNo: 1, sealed }]
    return { caseKeys, grants, secrets: this.#secrets }
  }

  /** Derives a key from the server's case key, as the app does. */
  async derive(part: 'letters' | 'entries'): Promise<CryptoKey> {
    const raw = this.caseKey.slice()
    const secret = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey'])
    return deriveAeadKey(secret, `oasis/v1/case-${part}`)
  }

  /** Returns the content key that a browser sealed, if the server can open it, or null. */
  async readCek(letter: string, sealed: string): Promise<Bytes | null> {
    const label = `oasis/v1/case-letter ${this.caseId} ${letter}`
    return openWithKey(await this.derive('letters'), label, fromB64(sealed)).catch(() => null)
  }

  /** Returns the entry that a browser sealed, if the server can open it, or null. */
  async readEntry(author: string, sealed: string): Promise<Bytes | null> {
    const label = `oasis/v1/case-entry ${this.caseId} ${author}`
    return openWithKey(await this.derive('entries'), label, fromB64(sealed)).catch(() => null)
  }
}
