// Memory of workerd while ten files of 20 MiB go up, several chunks at once: the highest resident size that the kernel saw
// (VmHWM in /proc/<pid>/status). Files go nowhere: the imitation of R2 lives in the same process, and is not what runs on the platform.
import { readFileSync, writeFileSync } from 'node:fs'
import { randomBytes, toB64 } from '#protocol/bytes'
import { CHUNK_SIZES, MAX_FILE_BYTES, MAX_FILES } from '#protocol/limits'
import { fileId, paddedChunks, sealedLength } from '#protocol/stream'
import { childrenOf } from '#scripts/bench/cpu'
import { openBench, type Bench } from '#scripts/bench/harness'
import { freshKeys, reportRequest, sealedReport } from '#scripts/bench/requests'
import type { Organisation } from '#scripts/org/organisation'

const AT_ONCE = 6

export interface MemoryUse {
  chunks: number
  mebibytes: number
  /** resident before the first chunk, and the highest until the last; MiB, all workerd processes together */
  before: number
  peak: number
}

function mebibytesOf(field: 'VmRSS' | 'VmHWM'): number {
  return childrenOf(process.pid).reduce((sum, pid) => {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    return sum + Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  }, 0)
}

/** The edge cannot tell noise from sealed chunks, so noise goes up. */
async function sendFiles(bench: Bench, report: Uint8Array): Promise<number> {
  const [chunk] = CHUNK_SIZES
  const body = new Uint8Array(sealedLength(chunk))
  body.set(randomBytes(chunk))
  const each = paddedChunks(MAX_FILE_BYTES, chunk)
  const waiting = Array.from({ length: MAX_FILES * each }, (_, at) => at)
  const send = async (): Promise<void> => {
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      const id = toB64(fileId(report.slice(8, 24), Math.floor(at / each)))
      const answer = await bench.send(`/api/files/${id}/${String(at % each)}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body,
      })
      if (answer.status !== 204) throw new Error(`A chunk was answered ${String(answer.status)}.`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, send))
  return MAX_FILES * each
}

export async function memoryOf(organisation: Organisation): Promise<MemoryUse> {
  const bench = await openBench('scripts/bench/worker/replaying.ts', organisation)
  try {
    const report = await sealedReport(organisation, await freshKeys())
    const answer = await bench.send('/api/reports', reportRequest(report))
    if (answer.status !== 201) throw new Error(`The report was answered ${String(answer.status)}.`)
    const before = mebibytesOf('VmRSS')
    // From here on the kernel remembers the highest size anew.
    for (const pid of childrenOf(process.pid)) writeFileSync(`/proc/${String(pid)}/clear_refs`, '5')
    const chunks = await sendFiles(bench, report)
    return {
      chunks,
      mebibytes: (MAX_FILES * MAX_FILE_BYTES) / 2 ** 20,
      before,
      peak: mebibytesOf('VmHWM'),
    }
  } finally {
    await bench.close()
  }
}
