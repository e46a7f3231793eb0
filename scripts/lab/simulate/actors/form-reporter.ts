// Simulates a reporter without JavaScript. The edge seals the words, shows the receipt once, and
// opens replies with the digits that the reporter types.
import { concat, toB64, utf8, type Bytes } from '#protocol/bytes'
import { ownerHashOf, receiptKeys } from '#protocol/report/receipt'
import {
  askEdge,
  pauseUpTo,
  type SimulatedActor,
} from '#scripts/lab/simulate/actors/simulated-actor'
import type { ClientAnswer } from '#scripts/lab/simulate/edge'
import { sha256B64 } from '#scripts/lab/simulate/record'
import type { SentRequest } from '#scripts/lab/simulate/sent-requests'

export const ANSWER_FORM = '/api/form/ky/answer'
const RECEIPT = /\b\d{4}(?: \d{4}){6}\b/
const PAUSE_MS = 40_000
const FILE_BYTES = 3000

function urlEncoded(fields: Record<string, string>): RequestInit {
  return {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
}

/** Makes a body with a file, as a browser does. */
function multipart(fields: Record<string, string>, file: Bytes): RequestInit {
  const edge = 'oasis-simulated-boundary'
  const head = (name: string): string =>
    `--${edge}\r\nContent-Disposition: form-data; name="${name}"`
  const parts = Object.entries(fields).map(([name, value]) => `${head(name)}\r\n\r\n${value}\r\n`)
  const type = 'Content-Type: application/octet-stream'
  const begin = `${head('file')}; filename="a.bin"\r\n${type}\r\n\r\n`
  const body = concat(utf8(parts.join('') + begin), file, utf8(`\r\n--${edge}--\r\n`))
  return {
    method: 'POST',
    body,
    headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
  }
}

/** Plays one reporter without JavaScript. */
export async function playFormReporter(actor: SimulatedActor): Promise<void> {
  const { chance, world } = actor
  await pauseUpTo(actor, PAUSE_MS)
  const words = `ачык-сөз-${chance.below(1e9)}`
  world.record.secrets.set(`words ${words}`, utf8(words))
  const hasFile = chance.below(4) === 0
  const fields = {
    door: chance.one(['see', 'me', 'other']),
    danger: chance.one(['yes', 'no', 'unknown']),
    text: words,
    ...(chance.below(4) === 0 && { noReceipt: 'yes' }),
  }
  const init = hasFile
    ? multipart(fields, new Uint8Array(FILE_BYTES).fill(1 + chance.below(250)))
    : urlEncoded(fields)
  const receipt = await sendForm(actor, init)
  if (receipt === null) return
  for (let at = chance.below(3); at > 0; at--) {
    await pauseUpTo(actor, PAUSE_MS)
    await chance.one([read, write, end])(actor, receipt)
  }
}

/** Sends a form and returns the digits of the receipt that the page shows. */
async function sendForm(actor: SimulatedActor, init: RequestInit): Promise<string | null> {
  const { record } = actor.world
  const answer = await askEdge(actor, '/api/form/ky', init)
  if (!answer) return null
  const receipt = RECEIPT.exec(textOf(answer))?.[0].replaceAll(' ', '') ?? null
  const keys = receipt === null ? null : await receiptKeys(receipt)
  if (keys && receipt !== null) record.keepSecret(receipt, keys)
  const ownerHash = keys && toB64(await ownerHashOf(keys.lookup))
  record.forms.push({ request: answer.request, receipt, ownerHash })
  return receipt
}

const textOf = ({ bytes }: ClientAnswer): string => new TextDecoder().decode(bytes)

const answerForm = (
  actor: SimulatedActor,
  fields: Record<string, string>,
  notes?: SentRequest[],
): Promise<ClientAnswer | null> => askEdge(actor, ANSWER_FORM, urlEncoded(fields), notes)

const read = async (actor: SimulatedActor, receipt: string): Promise<void> => {
  await answerForm(actor, { receipt, action: 'read' })
}

async function write(actor: SimulatedActor, receipt: string): Promise<void> {
  const words = `кошумча-сөз-${actor.chance.below(1e9)}`
  actor.world.record.secrets.set(`words ${words}`, utf8(words))
  await answerForm(actor, { receipt, action: 'write', text: words, danger: 'no' })
}

async function end(actor: SimulatedActor, receipt: string): Promise<void> {
  const keys = await receiptKeys(receipt)
  const ended = {
    ownerHash: toB64(await ownerHashOf(keys.lookup)),
    writeHash: sha256B64(keys.write),
  }
  const requests: SentRequest[] = []
  const answering = answerForm(actor, { receipt, action: 'destroy' }, requests)
  for (const request of requests)
    actor.world.record.ends.push({ ...ended, isRightToken: true, request })
  await answering
}
