// The one door to the staff API. Every answer is parsed by the protocol's schema; a failure of any kind is a Refusal with a code.
import * as z from 'zod/mini'
import { isErrorCode, Refusal, type ErrorCode } from '#protocol/errors'

const Failure = z.object({ error: z.object({ code: z.string() }) })

/** The schema of an answer without a body. */
export const nothing = z.null()

interface Call<Schema extends z.ZodMiniType> {
  method: 'GET' | 'POST' | 'PUT'
  /** behind /api/staff/ */
  path: string
  answer: Schema
  body?: object
  /** after this long it counts as not reached */
  timeoutMs?: number
}

/** @throws Refusal with the server's code, `network` when it cannot be reached, `malformed` for an answer of another shape */
export async function ask<Schema extends z.ZodMiniType>({
  method,
  path,
  answer,
  body,
  timeoutMs,
}: Call<Schema>): Promise<z.infer<Schema>> {
  const response = await send(method, path, body, timeoutMs)
  const json = await jsonOf(response)
  if (!response.ok) throw new Refusal(codeOf(response.status, json))
  const parsed = answer.safeParse(json)
  if (!parsed.success) throw new Refusal('malformed', { cause: parsed.error })
  return parsed.data
}

async function send(
  method: string,
  path: string,
  body?: object,
  timeoutMs?: number,
): Promise<Response> {
  try {
    return await fetch(`/api/staff/${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      ...(timeoutMs !== undefined && { signal: AbortSignal.timeout(timeoutMs) }),
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
  } catch (cause) {
    throw new Refusal('network', { cause })
  }
}

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
