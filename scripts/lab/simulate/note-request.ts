// Records a request when its client sends it, and the response when the edge returns one. For
// addresses whose responses must look alike, also records the shape of each response.
import { dayOf } from '#protocol/time'
import type { WorldRecord } from '#scripts/lab/simulate/record'
import type { SentRequest } from '#scripts/lab/simulate/sent-requests'
import type { Scheduler } from '#scripts/lab/simulate/scheduler'
import type { Cause } from '#scripts/lab/simulate/storage-calls'

/** A slower response may mean that the worker has hit a timeout, as if a store had failed. */
const SLOW_MS = 2500

/** Addresses whose responses must look alike. */
const COMPARED = new Set(['/api/reports', '/api/inbox', '/api/inbox/destroy'])

const shapeOf = (status: number, headers: Headers): string =>
  [status, ...[...headers].map(([name, value]) => `${name}: ${value}`)].join('\n')

/** The parts of a world that are needed to record requests. */
interface NotedWorld {
  scheduler: Scheduler
  record: WorldRecord
}

export function noteRequest(
  { scheduler, record }: NotedWorld,
  { name }: Cause,
  path: string,
): SentRequest {
  const sent: SentRequest = {
    name,
    path,
    began: scheduler.steps,
    beganMs: scheduler.now,
    answered: Infinity,
    tookMs: Infinity,
    status: null,
    code: '',
    isDisturbed: false,
    shape: '',
    body: '',
  }
  record.requests.push(sent)
  record.noteDay(sent.began, dayOf(Date.now()))
  return sent
}

export function noteAnswer(
  { scheduler, record }: NotedWorld,
  { isDisturbed }: Cause,
  sent: SentRequest,
  { status, headers }: Response,
  body: Uint8Array<ArrayBuffer>,
): void {
  const text = body.length < 100 ? new TextDecoder().decode(body) : `${body.length} bytes`
  sent.answered = scheduler.steps
  sent.tookMs = scheduler.now - sent.beganMs
  record.noteDay(sent.answered, dayOf(Date.now()))
  sent.status = status
  sent.isDisturbed = isDisturbed || scheduler.now - sent.beganMs > SLOW_MS
  sent.code = /^\{"error":\{"code":"(\w+)"\}\}$/.exec(text)?.[1] ?? ''
  if (COMPARED.has(sent.path)) sent.shape = shapeOf(status, headers)
  sent.body = text
  scheduler.note(`${sent.name} ${sent.path}`, `${status} ${sent.code}`)
}
