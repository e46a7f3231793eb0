// Opens everything that a set of keys can open. Like an attacker's code, it tries every key on
// every sealed item, and shares only primitives with the app. Each opened item may yield more keys.
import { createDecipheriv, hkdfSync } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { concat, fromB64, fromUtf8, sha256, toB64, u32, utf8, type Bytes } from '#protocol/bytes'
import { deriveBytes } from '#protocol/crypto/hkdf'
import { unpadText } from '#protocol/crypto/padding'
import { intakeInfo, readEpochKeys } from '#protocol/keys/epoch-private-keys'
import { teamInfo } from '#protocol/keys/team-key'
import { readContent, readEnvelope, wrapInfo } from '#protocol/report/envelope'
import { contentOf, hasWrap } from '#protocol/report/letter-content'
import { importOpeningKey, type OpeningKey } from '#site/staff/crypto/hpke-open.ts'
import { importHybridKey } from '#site/staff/crypto/seal-to.ts'
import type { SealedThing } from './sealed-things.ts'

const NONE: Bytes = new Uint8Array(0)
const TAG_BYTES = 16
/** An ECDSA signature, r ‖ s. */
const SIGNATURE_BYTES = 64
/** A 32-byte key in base64url, in the form that letters and replies contain. */
const KEY_IN_JSON = /"([\w-]{43})"/g

/** Opens AES-256-GCM; null for a wrong key. */
function openAes(key: Bytes, iv: Bytes, aad: Bytes, sealed: Bytes): Bytes | null {
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, iv)
    cipher.setAAD(aad)
    cipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    const opened = cipher.update(sealed.subarray(0, -TAG_BYTES))
    return new Uint8Array(concat(new Uint8Array(opened), new Uint8Array(cipher.final())))
  } catch {
    return null
  }
}

const openLabelled = (key: Bytes, label: string, sealed: Bytes): Bytes | null =>
  openAes(key, sealed.subarray(0, 12), utf8(label), sealed.subarray(12))

/** Opens the slot of a passkey. @param key  a possible output of the PRF */
function openSlot(key: Bytes, { salt, sealed }: Extract<SealedThing, { salt: Bytes }>) {
  const label = 'oasis/v1/slot/prf'
  return openLabelled(new Uint8Array(hkdfSync('sha256', key, salt, label, 32)), label, sealed)
}

/** Returns the JSON text from padded bytes; null for other bytes. */
function textIn(padded: Bytes | null): string | null {
  try {
    return padded && unpadText(padded)
  } catch {
    return null
  }
}

export class Opener {
  /** keys of 32 bytes, keyed by base64url */
  readonly #secrets = new Map<string, Bytes>()
  /** private HPKE keys, keyed by the bytes that were imported */
  readonly #private = new Map<string, OpeningKey>()
  readonly #opened = new Map<SealedThing, string>()

  /** Returns an opener that begins with the same keys and then learns new keys independently. */
  copy(): Opener {
    const copy = new Opener()
    for (const [name, key] of this.#secrets) copy.#secrets.set(name, key)
    for (const [name, key] of this.#private) copy.#private.set(name, key)
    return copy
  }

  /** Returns an opener with the keys that `other` does not have. */
  without(other: Opener): Opener {
    const rest = new Opener()
    for (const [name, key] of this.#secrets)
      if (!other.#secrets.has(name)) rest.#secrets.set(name, key)
    for (const [name, key] of this.#private)
      if (!other.#private.has(name)) rest.#private.set(name, key)
    return rest
  }

  /**
   * Adds 32 bytes, which may be a key of any kind, and everything that the protocol derives from
   * it.
   */
  async learn(bytes: Bytes): Promise<void> {
    const name = toB64(bytes)
    if (bytes.length !== 32 || this.#secrets.has(name)) return
    this.#secrets.set(name, bytes)
    for (const label of ['oasis/v1/case-letters', 'oasis/v1/case-entries']) {
      const derived = await deriveBytes(bytes, label, 32)
      this.#secrets.set(toB64(derived), derived)
    }
  }

  /** Adds the seed of a hybrid key. */
  async learnSeed(seed: Bytes): Promise<void> {
    const name = toB64(seed)
    if (!this.#private.has(name)) this.#private.set(name, await importHybridKey(seed))
  }

  async #learnJson(json: string): Promise<void> {
    for (const [, key = ''] of json.matchAll(KEY_IN_JSON)) await this.learn(fromB64(key))
  }

  /**
   * Tries every key on everything until nothing else opens.
   *
   * @returns the opened items, each with the JSON text or the name of a key
   */
  async open(things: readonly SealedThing[]): Promise<ReadonlyMap<SealedThing, string>> {
    for (let before = -1; before < this.#opened.size;) {
      before = this.#opened.size
      for (const thing of things) {
        const text = this.#opened.has(thing) ? null : await this.#try(thing)
        if (text !== null) this.#opened.set(thing, text)
      }
    }
    return this.#opened
  }

  async #try(thing: SealedThing): Promise<string | null> {
    switch (thing.is) {
      case 'case secret':
        await this.learn(thing.bytes)
        return null
      case 'own keys':
        return this.#openOwn(thing.sealed)
      case 'master key': {
        const master = this.#byAny((key) => openSlot(key, thing))
        if (master) await this.learn(master)
        return master && 'master key'
      }
      case 'epoch key':
      case 'team key':
        return this.#openCopy(thing)
      case 'case key':
        return this.#openCaseKey(thing)
      case 'grant':
        return this.#openGrant(thing)
      case 'record':
        return textIn(
          this.#byAny((key) =>
            openLabelled(key, `oasis/v1/case-record ${thing.place}`, thing.sealed),
          ),
        )
      case 'content key': {
        const cek = this.#byAny((key) =>
          openLabelled(key, `oasis/v1/case-letter ${thing.caseId} ${thing.letter}`, thing.sealed),
        )
        if (cek) await this.learn(cek)
        return cek && 'content key'
      }
      case 'letter':
        return this.#openLetter(thing.envelope)
      case 'entry':
        return textIn(
          this.#byAny((key) => this.#byAuthor(key, thing.caseId, thing.authors, thing.sealed)),
        )
      case 'piece':
        return this.#openPiece(thing.label, thing.sealed)
      case 'views':
        return this.#openViews(thing.sealed)
      case 'former name':
        return this.#openName(thing.person, thing.sealed)
      case 'receiver':
        return this.#openReceiver(thing.id, thing.sealed)
      case 'answer':
      case 'reading mark': {
        const aad = concat(thing.ownerHash, u32(thing.index))
        const [iv, sealed] = [thing.sealed.subarray(0, 12), thing.sealed.subarray(12)]
        const json = textIn(this.#byAny((key) => openAes(key, iv, aad, sealed)))
        if (json !== null) await this.#learnJson(json)
        return json
      }
    }
  }

  /** Tries every key. */
  #byAny(attempt: (key: Bytes) => Bytes | null): Bytes | null {
    for (const key of this.#secrets.values()) {
      const opened = attempt(key)
      if (opened) return opened
    }
    return null
  }

  /** Opens a piece, and returns the words of the first case in it as a text. */
  #openPiece(label: string, sealed: Bytes): string | null {
    const packed = this.#byAny((key) =>
      openLabelled(new Uint8Array(hkdfSync('sha256', key, '', label, 32)), label, sealed),
    )
    if (!packed) return null
    const { columns } = JSON.parse(inflateSync(packed).toString()) as {
      columns: { words: string[] }
    }
    return JSON.stringify({ text: columns.words[0] ?? '' })
  }

  /** Opens the name of a person who left, and returns it as a text. */
  async #openName(person: string, sealed: Bytes): Promise<string | null> {
    const label = `oasis/v1/former-name ${person}`
    const padded =
      this.#byAny((key) => openLabelled(key, label, sealed)) ??
      (await this.#byPrivate(sealed, utf8(label), NONE))
    const json = textIn(padded)
    return json && JSON.stringify({ text: (JSON.parse(json) as { name: string }).name })
  }

  /** Opens the record of a receiver, and returns its name as a text. */
  #openReceiver(id: string, sealed: Bytes): string | null {
    const json = textIn(this.#byAny((key) => openLabelled(key, `oasis/v1/receiver ${id}`, sealed)))
    if (json === null) return null
    const { record } = JSON.parse(json) as { record: string }
    return JSON.stringify({ text: (JSON.parse(record) as { name: string }).name })
  }

  /** Opens saved views, and returns the name of the first one as a text. */
  async #openViews(sealed: Bytes): Promise<string | null> {
    const signed = await this.#byPrivate(sealed, utf8('oasis/v1/list-views'), NONE)
    const json = textIn(signed?.slice(SIGNATURE_BYTES) ?? null)
    if (json === null) return null
    const { views } = JSON.parse(json) as { views: { name: string }[] }
    return JSON.stringify({ text: views[0]?.name ?? '' })
  }

  #byAuthor(key: Bytes, caseId: string, authors: readonly string[], sealed: Bytes): Bytes | null {
    for (const author of authors) {
      const opened = openLabelled(key, `oasis/v1/case-entry ${caseId} ${author}`, sealed)
      if (opened) return opened
    }
    return null
  }

  async #openOwn(sealed: Bytes): Promise<string | null> {
    const halves = this.#byAny((key) => openLabelled(key, 'oasis/v1/person', sealed))
    if (!halves) return null
    const { hpke } = JSON.parse(fromUtf8(halves)) as { hpke: string }
    await this.learnSeed(fromB64(hpke))
    return 'own keys'
  }

  async #byPrivate(sealed: Bytes, info: Bytes, aad: Bytes): Promise<Bytes | null> {
    for (const { encBytes, open } of this.#private.values())
      try {
        const enc = sealed.slice(0, encBytes)
        return new Uint8Array(await open(enc, sealed.slice(encBytes), { info, aad }))
      } catch {
        continue
      }
    return null
  }

  async #openCopy({
    is,
    no,
    sealed,
  }: Extract<SealedThing, { no: number }>): Promise<string | null> {
    const info = is === 'epoch key' ? intakeInfo(no) : teamInfo(no)
    const bytes = await this.#byPrivate(sealed, info, NONE)
    if (!bytes) return null
    if (is === 'team key') await this.learn(bytes)
    else {
      const { hybridSeed, pkcs8 } = readEpochKeys(bytes)
      await this.learnSeed(hybridSeed)
      this.#private.set(toB64(pkcs8), await importOpeningKey(pkcs8))
    }
    return `${is} ${no}`
  }

  async #openCaseKey({
    name,
    sealed,
  }: Extract<SealedThing, { is: 'case key' }>): Promise<string | null> {
    const inner = this.#byAny((key) => openLabelled(key, `oasis/v1/case-key ${name}`, sealed))
    const bytes =
      inner && this.#byAny((key) => openLabelled(key, `oasis/v1/case-share ${name}`, inner))
    if (!bytes) return null
    await this.learn(bytes)
    return 'case key'
  }

  async #openGrant({
    name,
    sealed,
  }: Extract<SealedThing, { is: 'grant' }>): Promise<string | null> {
    const inner = await this.#byPrivate(sealed, utf8(`oasis/v1/case-grant ${name}`), NONE)
    const bytes =
      inner && this.#byAny((key) => openLabelled(key, `oasis/v1/case-share ${name}`, inner))
    if (!bytes) return null
    await this.learn(bytes)
    return 'grant'
  }

  /** Opens a letter through its wrap, if any remains, and with every stored content key. */
  async #openLetter(envelope: Bytes): Promise<string | null> {
    if (hasWrap(envelope)) {
      const { epoch, wrap, headerBytes, body } = readEnvelope(envelope)
      const aad = await sha256(headerBytes, body)
      const sealed = concat(wrap.enc, wrap.sealedCek)
      const cek = await this.#byPrivate(sealed, wrapInfo(epoch, wrap.keyId), aad)
      if (cek) await this.learn(cek)
    }
    const { headerBytes, body } = readContent(contentOf(envelope))
    const json = textIn(this.#byAny((key) => openAes(key, new Uint8Array(12), headerBytes, body)))
    if (json !== null) await this.#learnJson(json)
    return json
  }
}
