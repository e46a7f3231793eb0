// Memory of the worker's isolate while ten files of 20 MiB go up, several chunks at once. What counts against the platform's bound is
// what cannot be collected: V8's own inspector collects and then says how much is left, while requests are under way.
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { readEnvelope } from '#protocol/envelope'
import { CHUNK_SIZES, MAX_FILE_BYTES, MAX_FILES } from '#protocol/limits'
import { fileId, paddedChunks, sealedLength } from '#protocol/stream'
import { atOnce } from '#scripts/at-once'
import { Inspector } from '#scripts/bench/inspector'
import { freshKeys, reportRequest, sealedReport } from '#scripts/bench/requests'
import { UNBOUNDED } from '#scripts/bindings'
import type { Organisation } from '#scripts/org/organisation'
import { anyPort } from '#scripts/ports'
import { bundleWorker, fillDatabase, startWorkerd } from '#scripts/workerd'

const AT_ONCE = 6
const LOOK_EVERY = 40

export interface MemoryUse {
  chunks: number
  mebibytes: number
  /** the most that was left after a collection, MiB */
  peak: number
}

/** The edge cannot tell noise from sealed chunks, so noise goes up. */
async function sendFiles(
  origin: string,
  report: Bytes,
  look: (sent: number) => Promise<void>,
): Promise<number> {
  const [chunk] = CHUNK_SIZES
  const body = new Uint8Array(sealedLength(chunk))
  body.set(randomBytes(chunk))
  const each = paddedChunks(MAX_FILE_BYTES, chunk)
  const owner = readEnvelope(report).id
  const chunks = Array.from({ length: MAX_FILES * each }, (_, at) => at)
  await atOnce(AT_ONCE, chunks, async (at) => {
    const id = toB64(fileId(owner, Math.floor(at / each)))
    const answer = await fetch(`${origin}/api/files/${id}/${String(at % each)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body,
    })
    if (answer.status !== 204) throw new Error(`A chunk was answered ${String(answer.status)}.`)
    await look(at)
  })
  return chunks.length
}

export async function memoryOf(organisation: Organisation): Promise<MemoryUse> {
  const [port, inspectorPort] = [await anyPort(), await anyPort()]
  const script = await bundleWorker()
  const runtime = startWorkerd({ script, port, inspectorPort, ...UNBOUNDED })
  try {
    await runtime.ready
    await fillDatabase(await runtime.getD1Database('DB'), organisation)
    const origin = `http://127.0.0.1:${String(port)}`
    const report = await sealedReport(organisation, await freshKeys())
    const answer = await fetch(`${origin}/api/reports`, reportRequest(report))
    if (answer.status !== 201) throw new Error(`The report was answered ${String(answer.status)}.`)

    const inspector = await Inspector.open(inspectorPort)
    let peak = 0
    const chunks = await sendFiles(origin, report, async (sent) => {
      if (sent % LOOK_EVERY === 0) peak = Math.max(peak, await inspector.left())
    })
    inspector.close()
    return { chunks, mebibytes: (MAX_FILES * MAX_FILE_BYTES) / 2 ** 20, peak: peak / 2 ** 20 }
  } finally {
    await runtime.dispose()
  }
}
