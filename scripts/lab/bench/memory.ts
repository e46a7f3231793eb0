// Measures the memory of the worker's isolate while ten files of 20 MiB are uploaded, several
// chunks at a time. The platform's limit applies to memory that cannot be collected. So V8's
// inspector collects garbage and reports the remaining bytes while requests are in flight.
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { reportIdOf } from '#protocol/report/envelope'
import { CHUNK_SIZES, MAX_FILE_BYTES, MAX_FILES } from '#protocol/limits'
import { fileId, paddedChunks, sealedLength } from '#protocol/file/seal-chunk'
import { inParallel } from '#scripts/shared/in-parallel'
import { openInspector } from '#scripts/lab/bench/inspector'
import { freshKeys, reportRequest, sealedReport } from '#scripts/lab/bench/requests'
import { UNBOUNDED } from '#scripts/local/bindings'
import type { Organisation } from '#scripts/org/organisation'
import { anyPort } from '#scripts/shared/ports'
import { step } from '#scripts/shared/progress'
import { bundleWorker, fillDatabase, startWorkerd } from '#scripts/lab/workerd'

const AT_ONCE = 6
const LOOK_EVERY = 40

interface MemoryUse {
  chunks: number
  mebibytes: number
  /** the maximum memory that remained after a garbage collection, in MiB */
  peak: number
}

/** Uploads random bytes, because the edge cannot tell them from sealed chunks. */
async function sendFiles(
  origin: string,
  report: Bytes,
  look: (sent: number) => Promise<void>,
): Promise<number> {
  const [chunk] = CHUNK_SIZES
  const body = new Uint8Array(sealedLength(chunk))
  body.set(randomBytes(chunk))
  const each = paddedChunks(MAX_FILE_BYTES, chunk)
  const owner = await reportIdOf(report)
  const chunks = Array.from({ length: MAX_FILES * each }, (_, at) => at)
  await inParallel(AT_ONCE, chunks, async (at) => {
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

async function memoryOf(organisation: Organisation): Promise<MemoryUse> {
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

    const inspector = await openInspector(inspectorPort)
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

/** The memory that the platform allows for an isolate, in MiB. */
const MEMORY_BOUND_MIB = 128

/** Prints the memory beside its bound. @returns the number of exceeded bounds */
export async function benchMemory(organisation: Organisation): Promise<number> {
  const { chunks, mebibytes, peak } = await step('Sending ten files of 20 MiB', () =>
    memoryOf(organisation),
  )
  const fits = peak <= MEMORY_BOUND_MIB
  console.log(
    `\n${fits ? '  ' : '! '}Memory of the worker while ${mebibytes} MiB go up in ${chunks} ` +
      `chunks: at most ${peak.toFixed(1)} MiB stay after a collection, bound ${MEMORY_BOUND_MIB}`,
  )
  return fits ? 0 : 1
}
