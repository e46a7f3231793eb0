// Acts on the pages as a person would in any browser. The person writes a report, adds a picture,
// sends the report, reads the reply and sends a follow-up.
import { isShown, textContentOf, until, type Client } from '#scripts/lab/clients/client'
import { wordsIn } from '#scripts/browser/words'

export const JOURNEY_LANG = 'ky'
const words = wordsIn(JOURNEY_LANG)
const SCRIPT_STARTED = "document.documentElement.className === 'js'"

/** The time limit for a report to arrive with its picture. */
const SENT_MS = 90_000
const MOST_QUESTIONS = 20

/** Moves on to the question that contains an element for `selector`, as a person would. */
async function moveOnTo(client: Client, selector: string): Promise<void> {
  for (let asked = 0; asked < MOST_QUESTIONS; asked++) {
    if (await client.ask<boolean>(isShown(selector))) return
    await client.press('#next')
  }
  throw new Error(`no question holds ${selector}`)
}

/**
 * Opens `tell` at `url` and writes the report. Waits until the script has started, so that the
 * report is sealed.
 */
export async function writeReport(client: Client, url: string, text: string): Promise<void> {
  await client.open(url)
  await until(client, 'the script of the page', SCRIPT_STARTED)
  await moveOnTo(client, '#text')
  await client.type('#text', text)
}

const isOnPage = (text: string): string =>
  `document.body.textContent.includes(${JSON.stringify(text)})`

/** Chooses a picture from this machine, and waits until the page lists it. */
export async function addPicture(client: Client, picture: string): Promise<void> {
  await moveOnTo(client, '#file')
  await client.choose('#file', picture)
  const added = words('attach.added', { name: words('attach.picture', { n: '1' }) })
  await until(client, `"${added}"`, isOnPage(added))
}

/** Presses "Send" and returns the 28 digits. */
export async function pressSend(client: Client): Promise<string> {
  await client.press('#send')
  await until(client, 'the return number', isShown('#done'), SENT_MS)
  const receipt = (await client.ask<string>(textContentOf('#receipt'))).replace(/\s/g, '')
  if (!/^\d{28}$/.test(receipt)) throw new Error('what is shown is no return number')
  return receipt
}

export const untilPictureArrived = (client: Client): Promise<void> =>
  until(client, 'the picture', isOnPage(words('attach.uploaded')), SENT_MS)

/** Opens `answer` at `url`, types the receipt and waits for the reply with this text. */
export async function askForReply(
  client: Client,
  url: string,
  receipt: string,
  answered: string,
): Promise<void> {
  await client.open(url)
  await until(client, 'the script of the page', SCRIPT_STARTED)
  await client.type('#receipt', receipt)
  await client.press('#number button')
  const text = `(${textContentOf('#messages')}).includes(${JSON.stringify(answered)})`
  await until(client, 'the answer', `${isShown('#messages')} && ${text}`)
}

/** Writes a follow-up on the page that shows the replies. */
export async function writeAfterReply(client: Client, text: string): Promise<void> {
  // The field appears when all replies have been read and the `follow-up` tool has arrived.
  await until(client, 'the field', isShown('#text'))
  await client.type('#text', text)
  await client.press('#form .go')
  await until(client, 'the news that it has arrived', isShown('#note'), SENT_MS)
}
