// Makes an office with cases in many states, and reads everything that the worker serves about
// them.
import { randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { fileId, sealChunk, type FileStream } from '#protocol/file/seal-chunk'
import { openChunk } from '#protocol/file/open-chunk'
import { CHUNK_SIZES } from '#protocol/limits'
import { inboxBody, openReply } from '#protocol/report/reply'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { fetchLedger } from '#site/staff/ledger/fetch-ledger.ts'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { giveCase, writeTitle } from '#test/staff/departure/support/assigned-case.ts'
import {
  askAs,
  beginSession,
  postLetter,
  type MemoryEdge,
} from '#test/staff/departure/support/edge.ts'
import { Office, type Reader } from '#test/staff/departure/support/office.ts'
import { saveView, writeTemplate } from '#test/staff/departure/support/own-things.ts'
import { putWaitingReport } from '#test/staff/departure/support/waiting-report.ts'
import { tell, writeAgain, type Filed } from '#test/staff/support/people.ts'

const CHUNK = CHUNK_SIZES[1]

/** The text of a report that is waiting in R2. */
export const WAITING = 'A report that waits in the bucket'

export interface Casework {
  office: Office
  /** a thread with a reply, a follow-up, a note, a title, a file, and a caseworker */
  worked: Filed
  /** a report that nobody has opened */
  unopened: Filed
  file: FileStream
}

/** Plays several days of casework. */
export async function playCasework(): Promise<Casework> {
  const office = await Office.open()
  const { edge } = office
  const [reader] = office.readers
  const send = async (text: string): Promise<Filed> =>
    postLetter(edge, await tell(await office.published(1), { text }))
  const worked = await send('A report with a file')
  const file = {
    ...{ id: fileId(idOf(worked), 0), key: randomBytes(32), size: 7, chunk: CHUNK },
  }
  const sealed = await sealChunk(file, 0, utf8('content'))
  const put = { method: 'PUT', body: sealed, headers: { 'content-type': OCTETS } }
  const stored = await edge.ask(`/api/files/${toB64(file.id)}/0`, put)
  if (stored.status !== 204) throw new Error('the edge refuses the chunk')
  await read(office, reader, worked.id)
  await actOn(office, reader, worked.id, 'A first note')
  await office.as(reader, async ({ by }) =>
    sendReply(by, await loadReport(by, worked.id), 'A reply of the staff'),
  )
  await postLetter(
    edge,
    await writeAgain(await office.published(1), worked, { text: 'A follow-up' }),
  )
  await read(office, reader, worked.id)
  await writeTitle(office, reader, worked.id, 'A title')
  await giveCase(office, reader, worked.id)
  const [into, from] = [await send('A surviving case'), await send('A case that was merged')]
  for (const { id } of [into, from]) await read(office, reader, id)
  await office.as(reader, ({ by }) => sendMerging(by, from.id, into.id))
  const unopened = await send('A report that nobody has opened')
  await saveView(office, reader, 'A saved view')
  await writeTemplate(office, 'ky.own_1', 'A template of the office')
  await putWaitingReport(office, WAITING)
  return { office, worked, unopened, file }
}

const OCTETS = 'application/octet-stream'
const idOf = ({ id }: Filed): Bytes => new Uint8Array(Buffer.from(id, 'base64url'))

/** Opens a report and takes its letters, as the screen does. */
export const read = (office: Office, reader: Reader, id: string): Promise<unknown> =>
  office.as(reader, async ({ by }) => takeLetters(by, await loadReport(by, id)))

/** Writes a note, which adds a row to the log of the case. */
export const actOn = (office: Office, reader: Reader, id: string, text: string): Promise<unknown> =>
  office.as(reader, async ({ by }) =>
    writeIn(by, (await loadReport(by, id)).sealed).entry(noteOf(text)),
  )

/** Moves an office to other stores. Everybody signs in again. */
export async function moveOffice(office: Office, edge: MemoryEdge): Promise<void> {
  Object.assign(office, { edge })
  for (const reader of [...office.readers, ...office.caseworkers])
    reader.cookie = await beginSession(edge, reader.by.keys.personId)
}

/** Reads everything that the worker serves, both as stored and as the app opens it. */
export async function served({ office, worked, file }: Casework) {
  const { edge } = office
  const [reader] = office.readers
  const ids = edge.rows('SELECT id FROM reports ORDER BY id').map(({ id }) => toB64(id as Bytes))
  const stored = await office.inSession(reader, () => Promise.all(ids.map(fetchReport)))
  const opened = await office.as(reader, async ({ by }) => {
    const reports = await Promise.all(ids.map((id) => loadReport(by, id)))
    return reports.map((report) => ({
      texts: [report, ...report.others].map(({ first, followUps }) => [
        first?.report.text,
        ...followUps.map((letter) => JSON.stringify(letter)),
      ]),
      damaged: report.damagedKeys.length,
      item: report.item,
    }))
  })
  const ofCaseworker = await office.as(office.caseworker, async ({ by }) => {
    const { first, damagedGrants } = await loadReport(by, worked.id)
    return { text: first?.report.text, damagedGrants }
  })
  const ledger = await office.inSession(reader, fetchLedger)
  const inbox = await edge.ask('/api/inbox', {
    method: 'POST',
    body: inboxBody(worked.receipt.lookup, 0),
    headers: { 'content-type': OCTETS },
  })
  const reply = await openReply(
    worked.receipt.down,
    worked.ownerHash,
    0,
    new Uint8Array(await inbox.arrayBuffer()),
  )
  const chunk = await askAs(edge, reader.cookie, `/api/staff/files/${toB64(file.id)}/0`)
  const content = await openChunk(file, 0, new Uint8Array(await chunk.arrayBuffer()))
  const keys = await (await edge.ask('/api/keys')).text()
  return {
    ...{ stored, opened, ofCaseworker, ledger, reply, keys },
    content: new TextDecoder().decode(content),
  }
}
