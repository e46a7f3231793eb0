// `npm run deploy -- letter`: tests a letter's whole path, from sealing to the reply. During the
// test, a member of staff answers the letter, because only the staff have the keys.
import { setTimeout as wait } from 'node:timers/promises'
import { fromB64 } from '#protocol/bytes'
import { groupReceipt } from '#protocol/report/receipt'
import { readDeployment } from '#scripts/account/deployment'
import type { Deploying } from '#scripts/deploy/deploying'
import { siteOf } from '#scripts/deploy/look-outside'
import {
  endLetter,
  readFirstReply,
  postTestLetter,
  type SentLetter,
} from '#scripts/deploy/test-letter'
import { readSignedKeys } from '#scripts/org/files/newest-keys'
import type { Host } from '#scripts/shared/ask-host'
import { step, Stop } from '#scripts/shared/progress'
import { defaultLanguage } from '#site/i18n/languages.ts'

const LONGEST_MS = 30 * 60_000
const PAUSE_MS = 5_000

/** The limits on the wait for the reply. */
export interface Patience {
  longestMs: number
  pauseMs: number
}

/**
 * Sends a test letter, waits for its reply and ends the thread. On staging, nobody has the keys to
 * answer, so the thread ends immediately.
 *
 * @throws Stop when sending the letter, receiving the reply or ending the thread fails
 */
export async function tryLetter(
  { org, isStaging }: Pick<Deploying, 'org' | 'isStaging'>,
  host: Host = siteOf(readDeployment(org)),
  patience: Patience = { longestMs: LONGEST_MS, pauseMs: PAUSE_MS },
): Promise<void> {
  const root = fromB64((await readSignedKeys(org)).root)
  const lang = readDeployment(org).alerts?.language ?? defaultLanguage
  const letter = await step('Sending a test letter', () =>
    postTestLetter(host, root, lang, Date.now()),
  )
  if (isStaging) {
    await readFirstReply(host, letter)
    await step('Ending its thread', () => endLetter(host, letter))
    console.log('The letter was taken, and its thread has ended. Nobody on staging can answer it.')
    return
  }
  console.log(`Its return number is ${groupReceipt(letter.receipt)}.`)
  console.log('Somebody of the staff opens the letter now, and answers it with any words.')
  const text = await step('Waiting for the reply', () => awaitReply(host, letter, patience))
  if (text === null) throw new Stop(withoutReply(host, letter))
  console.log(`The reply came, and its number opens it: "${text}"`)
  await step('Ending its thread', () => endLetter(host, letter))
  console.log('The reply is gone. The letter stays with the staff: close its case there as a test.')
}

async function awaitReply(
  host: Host,
  letter: SentLetter,
  { longestMs, pauseMs }: Patience,
): Promise<string | null> {
  const until = Date.now() + longestMs
  for (;;) {
    // A failed request does not end the wait, but a persistent fault is reported when the wait
    // ends.
    const isLast = Date.now() > until
    const text = await readFirstReply(host, letter).catch((thrown: unknown) => {
      if (isLast) throw thrown
      return null
    })
    if (text !== null || isLast) return text
    await wait(pauseMs)
  }
}

const withoutReply = ({ origin }: Host, { receipt }: SentLetter): string =>
  [
    'No reply came in time. The site has taken the letter, and its thread goes on.',
    'What to do: ask whether the staff see the letter. In a flood it may wait for some minutes.',
    `The answer page of ${origin} reads a later reply with ${groupReceipt(receipt)}.`,
  ].join('\n')
