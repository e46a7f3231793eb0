// Simulates a lying host, which responds to a browser in place of an honest server. The host seals
// with its own keys, and with the team key of a former reader. The host tries all its keys on every
// part that the browser sends.
import type { Page, Route } from '@playwright/test'
import { PASSPHRASE } from '#scripts/browser/staff'
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import type { ErrorCode } from '#protocol/errors'
import { teamInfo } from '#protocol/keys/team-key'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Me } from '#protocol/staff/people/people'
import { hpkeOpen } from '#site/staff/crypto/hpke-open.ts'
import { openAnyPassphraseSlot } from '#site/staff/crypto/passphrase-slot.ts'
import { readPrintedSecret } from '#site/staff/crypto/printed-secret.ts'
import { makeHybridPair } from '#site/staff/crypto/seal-to.ts'
import { unlockKeys } from '#site/staff/crypto/unlock.ts'
import { thingsSent } from '../../staff/hostile/support/sent-things.ts'
import { Opener } from '../../staff/departure/support/opener.ts'
import { FALSE_GENERATION } from '../../staff/support/lying-server.ts'

/** The request that fetches a case. */
export const REPORT = /^GET reports\/[\w-]{22}$/

/** The 32 bytes of a team key, with the number of its generation. */
export interface NumberedTeam {
  generation: number
  bytes: Bytes
}

/** The keys that a host uses for sealing. */
export interface HostKeys {
  /** a key that the host made, and the keys of former readers */
  teams: readonly NumberedTeam[]
  caseKey: Bytes
  secret: Bytes
  /** public half of a key under which a browser may seal content, base64url */
  hpkePublic: string
}

/** A false response to each request whose method and path match. */
export type Lie = { on: RegExp } & (
  | {
      /**
       * Changes the JSON in a response. Returns null for an honest response.
       *
       * @param to  public key of the reader, base64url
       */
      change: (json: unknown, to: string) => object | null | Promise<object | null>
    }
  | {
      /**
       * responds to a request that never reaches the server: with a refusal, or null for "stored"
       */
      instead: (body: string) => ErrorCode | null
    }
)

export class LyingHost {
  readonly keys: HostKeys
  readonly #opener: Opener
  readonly #authors: string[] = []
  readonly #answered: Lie[] = []
  readonly #sent: string[] = []
  #lies: readonly Lie[] = []
  /** kinds of the parts that one of the host's keys opened */
  readonly read: string[] = []

  private constructor(keys: HostKeys, opener: Opener) {
    this.keys = keys
    this.#opener = opener
  }

  /** @param former  the team key that a former reader kept */
  static async make(former: readonly NumberedTeam[] = []): Promise<LyingHost> {
    const own = { generation: FALSE_GENERATION, bytes: randomBytes(32) }
    const [caseKey, secret, teams] = [randomBytes(32), randomBytes(32), [own, ...former]]
    const pair = await makeHybridPair()
    const opener = new Opener()
    for (const bytes of [caseKey, secret, ...teams.map((team) => team.bytes)])
      await opener.learn(bytes)
    await opener.learnSeed(pair.seed)
    return new LyingHost({ caseKey, secret, teams, hpkePublic: toB64(pair.publicKey) }, opener)
  }

  /** From now on, intercepts every request of a page to its server. The page is signed in. */
  async follow(page: Page): Promise<void> {
    const { id, keys } = await meOf(page)
    this.#authors.push(id)
    await page.route('**/api/staff/**', (route) => this.#answer(route, keys.hpkePublic))
  }

  /** Replaces the earlier lies with these; an empty list means an honest server. */
  tell(...lies: readonly Lie[]): void {
    this.#lies = lies
  }

  /**
   * Makes a lie that refuses one write, and then starts other lies. The page then fetches again.
   */
  refuseOnce(on: RegExp, ...then: readonly Lie[]): Lie {
    const instead = (): ErrorCode => {
      this.tell(...then)
      return 'case_key_changed'
    }
    return { on, instead }
  }

  /** Counts the false responses of a lie. */
  count(lie: Lie): number {
    return this.#answered.filter((each) => each === lie).length
  }

  /** Counts the parts of a kind that pages sent, including refused ones. */
  countSent(kind: string): number {
    return this.#sent.filter((each) => each === kind).length
  }

  async #answer(route: Route, to: string): Promise<void> {
    const request = route.request()
    const { pathname, search } = new URL(request.url())
    const [method, path] = [request.method(), pathname.replace('/api/staff/', '') + search]
    const body = request.postData() ?? ''
    const isJson = request.headers()['content-type']?.includes('json') === true
    if (method !== 'GET' && isJson) await this.#tryKeys(method, path, body)
    const isCase = REPORT.test(`${method} ${path}`)
    const lie = this.#lies.find(({ on }) => on.test(`${method} ${path}`))
    if (!lie && !isCase) return route.continue()
    if (lie && 'instead' in lie) {
      const code = lie.instead(body)
      this.#answered.push(lie)
      return route.fulfill(code ? { status: 409, json: { error: { code } } } : { status: 204 })
    }
    const response = await route.fetch()
    const honest: unknown = response.ok() ? await response.json() : null
    if (honest && isCase) await this.#learnSecrets(StoredCase.parse(honest))
    const json = honest && lie ? await lie.change(honest, to) : null
    if (!lie || !json) return route.fulfill({ response })
    this.#answered.push(lie)
    return route.fulfill({ response, json })
  }

  /** Learns the secrets of a case, which R2 stores. */
  async #learnSecrets({ secrets }: StoredCase): Promise<void> {
    for (const { secret } of secrets) await this.#opener.learn(fromB64(secret))
  }

  async #tryKeys(method: string, path: string, body: string): Promise<void> {
    const ownersOf = (): Bytes[] => {
      throw new Error('these tests send no reply')
    }
    const things = thingsSent({ method, path, body }, { authors: this.#authors, ownersOf })
    const opened = await this.#opener.open(things)
    for (const thing of things) {
      this.#sent.push(thing.is)
      if (opened.has(thing)) this.read.push(thing.is)
    }
  }
}

/** Fetches the person who is signed in on a page. */
export const meOf = async (page: Page): Promise<Me> =>
  Me.parse(await page.evaluate(async (): Promise<unknown> => (await fetch('/api/staff/me')).json()))

/** Opens a reader's newest team key with their sheet, as a reader who later leaves could. */
export async function teamKeyOf(page: Page, printedSecret: string): Promise<NumberedTeam> {
  const me = await meOf(page)
  const sheet = await readPrintedSecret(printedSecret)
  const copy = me.team.at(-1)
  if ('typo' in sheet || !copy) throw new Error('the reader has a sheet and a team key')
  const master = await openAnyPassphraseSlot(me.slots, PASSPHRASE, sheet.secret)
  const { own } = await unlockKeys(me, master)
  const { generation, sealed } = copy
  const bytes = await hpkeOpen(own, teamInfo(generation), new Uint8Array(0), fromB64(sealed))
  return { generation, bytes }
}
