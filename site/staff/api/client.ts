// Makes every request to the staff API. A schema parses every JSON response, and each failure
// becomes a Refusal with a code.
import * as z from 'zod/mini'
import { type Bytes } from '#protocol/bytes'
import { isErrorCode, Refusal, type ErrorCode } from '#protocol/errors'

const Failure = z.object({ error: z.object({ code: z.string() }) })

/** The schema of a response without a body. */
export const nothing = z.null()

interface Call<Schema extends z.ZodMiniType> {
  method: 'GET' | 'POST' | 'PUT'
  /** the path after /api/staff/ */
  path: string
  answer: Schema
  body?: object
  /** the time after which the server is considered unreachable */
  timeoutMs?: number
}

/**
 * Sends a request and returns the parsed response.
 *
 * @throws Refusal with the server's code, `network` when the server cannot be reached, `malformed`
 *   for a response with a different shape
 */
export async function ask<Schema extends z.ZodMiniType>({
  method,
  path,
  answer,
  body,
  timeoutMs,
}: Call<Schema>): Promise<z.infer<Schema>> {
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
  const response = await send(method, path, body, timeout)
  const json = await jsonOf(response)
  if (!response.ok) throw new Refusal(codeOf(response.status, json))
  const parsed = answer.safeParse(json)
  if (!parsed.success) throw new Refusal('malformed', { cause: parsed.error })
  return parsed.data
}

/** Fetches bytes. @throws Refusal the codes of `ask`; the reason of `signal` */
export async function askBytes(path: string, signal?: AbortSignal): Promise<Bytes> {
  const response = await send('GET', path, undefined, signal)
  if (!response.ok) throw new Refusal(codeOf(response.status, await jsonOf(response)))
  try {
    return new Uint8Array(await response.arrayBuffer())
  } catch (cause) {
    signal?.throwIfAborted()
    throw new Refusal('network', { cause })
  }
}

/** Sends bytes. @throws Refusal the codes of `ask`; the reason of `signal` */
export async function sendBytes(
  method: 'POST' | 'PUT',
  path: string,
  bytes: Bytes,
  signal?: AbortSignal,
): Promise<void> {
  const response = await send(method, path, bytes, signal)
  if (!response.ok) throw new Refusal(codeOf(response.status, await jsonOf(response)))
}

async function send(
  method: string,
  path: string,
  body?: object,
  signal?: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(`/api/staff/${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      ...(signal && { signal }),
      ...(body && bodyOf(body)),
    })
  } catch (cause) {
    if (signal?.aborted && !isTimeout(signal)) throw signal.reason
    throw new Refusal('network', { cause })
  }
}

const isTimeout = ({ reason }: AbortSignal): boolean =>
  reason instanceof DOMException && reason.name === 'TimeoutError'

const bodyOf = (body: object): Pick<RequestInit, 'body' | 'headers'> =>
  isBytes(body)
    ? { headers: { 'content-type': 'application/octet-stream' }, body }
    : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }

const isBytes = (body: object): body is Bytes => body instanceof Uint8Array

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return null
  }
}

function codeOf(status: number, json: unknown): ErrorCode {
  const failure = Failure.safeParse(json)
  if (failure.success && isErrorCode(failure.data.error.code)) return failure.data.error.code
  return status === 401 ? 'signed_out' : status === 404 ? 'not_found' : 'unavailable'
}
