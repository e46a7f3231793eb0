// Sends a letter as a page does, waits for the staff's reply, and ends the thread. The letter
// states that it is a test.
import type { WholeLanguage } from '#content/languages.ts'
import { alertStrings } from '#content/strings.ts'
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { trustedManifest } from '#protocol/keys/manifest'
import { ID_BYTES, REPLY_BYTES } from '#protocol/limits'
import { KIND, type SealingKeys } from '#protocol/report/envelope'
import {
  destroyBody,
  makeReceipt,
  ownerHashOf,
  ownerOf,
  receiptKeys,
} from '#protocol/report/receipt'
import { inboxBody, openReply } from '#protocol/report/reply'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { minuteOf } from '#protocol/time'
import { askHost, type Host, type HostResponse } from '#scripts/shared/ask-host'
import { Stop } from '#scripts/shared/progress'
import { defaultLanguage } from '#site/i18n/languages.ts'

export interface SentLetter {
  /** the return number, 28 digits */
  receipt: string
  /** the first hash in the letter, which does not identify the sender */
  ownerHash: Bytes
}

type Words = (typeof alertStrings)[WholeLanguage]
const WORDS: Readonly<Record<string, Words>> = alertStrings

/** An edition has no strings for the staff, so its letter is in the default language. */
const wordsIn = (lang: string): string =>
  (WORDS[lang] ?? alertStrings[defaultLanguage])['alert.letter']

/**
 * Sends a letter that is sealed to the keys of the host.
 *
 * @param root  the pinned root key, which must vouch for the keys
 * @param lang  the language of the staff's alerts
 * @throws Stop when the keys cannot be used, or when the site does not accept the letter
 */
export async function postTestLetter(
  host: Host,
  root: Bytes,
  lang: string,
  nowMs: number,
): Promise<SentLetter> {
  const receipt = makeReceipt()
  const own = await receiptKeys(receipt)
  const ownerHash = await ownerHashOf(own.lookup)
  const header = { headerId: randomBytes(ID_BYTES), kind: KIND.tip, danger: false, ownerHash }
  const letter = {
    ...{ v: 1, lang, at: minuteOf(nowMs), text: wordsIn(lang) },
    ...{ down: toB64(own.down), up: toB64(own.up), owner: toB64(await ownerOf(own.lookup)) },
  }
  const envelope = await sealEnvelope(
    await sealingKeysOf(host, root, nowMs),
    { ...header, writeHash: await sha256(own.write) },
    JSON.stringify(letter),
  )
  const { status } = await post(host, '/api/reports', envelope)
  if (status !== 201) throw new Stop(`${host.origin} does not take a letter: it answers ${status}.`)
  return { receipt, ownerHash }
}

/** Returns the keys of the host if the root vouches for them. */
async function sealingKeysOf(host: Host, root: Bytes, nowMs: number): Promise<SealingKeys> {
  const { bytes } = await askHost(host, '/api/keys')
  return trustedManifest(new Uint8Array(bytes), root, nowMs).catch(() => {
    throw new Stop(`The root key does not vouch for the keys of ${host.origin}. Nothing was sent.`)
  })
}

/**
 * Looks for the first reply.
 *
 * @returns the words of the reply; null before a reply arrives
 * @throws Stop when the inbox gives an unexpected answer
 */
export async function readFirstReply(host: Host, { receipt, ownerHash }: SentLetter) {
  const { lookup, down } = await receiptKeys(receipt)
  const { status, bytes } = await post(host, '/api/inbox', inboxBody(lookup, 0))
  if (status !== 200 || bytes.length !== REPLY_BYTES)
    throw new Stop(`The inbox of ${host.origin} answers ${status} with ${bytes.length} bytes.`)
  return (await openReply(down, ownerHash, 0, new Uint8Array(bytes)))?.text ?? null
}

/**
 * Ends the thread, and checks that the reply has been deleted. The letter stays with the staff.
 *
 * @throws Stop when the thread continues
 */
export async function endLetter(host: Host, letter: SentLetter): Promise<void> {
  const { status } = await post(
    host,
    '/api/inbox/destroy',
    destroyBody(await receiptKeys(letter.receipt)),
  )
  if (status !== 204)
    throw new Stop(`${host.origin} does not end the thread: it answers ${status}.`)
  if ((await readFirstReply(host, letter)) !== null)
    throw new Stop(`The thread at ${host.origin} has ended, and its reply is still there.`)
}

const post = (host: Host, path: string, body: Bytes): Promise<HostResponse> =>
  askHost(host, path, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  })
