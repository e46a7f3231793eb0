// Sends requests about an account to Cloudflare's API, with wrangler's login or token. This file
// only reads: all changes go through wrangler.
import * as z from 'zod/mini'
import { Stop } from '#scripts/shared/progress'
import { runTool } from '#scripts/shared/run-tool'

/** A request to the API. */
export interface AccountQuestion<T extends z.ZodMiniType> {
  path: string
  result: T
  /** the subject of the response, followed in brackets by the permission that a token needs */
  right: string
  headers?: Record<string, string>
  /** a database query, which is sent by POST */
  sql?: string
}

/** Returns the result, or null for something that does not exist. */
export type AskCloudflare = <T extends z.ZodMiniType>(
  question: AccountQuestion<T>,
) => Promise<z.infer<T> | null>

const LIVE = 'https://api.cloudflare.com/client/v4'
const REFUSED = [401, 403]
const LONGEST_MS = 30_000
const Answer = z.object({ success: z.literal(true), result: z.unknown() })
const Token = z.object({ token: z.string() })

/** @param base  the address of the API, which only tests change */
export const askCloudflare =
  (token: string, base = process.env['CLOUDFLARE_API_BASE_URL'] ?? LIVE): AskCloudflare =>
  async ({ path, result, right, sql, headers = {} }) => {
    const json = { 'content-type': 'application/json' }
    const response = await fetch(base + path, {
      headers: { ...headers, ...(sql && json), authorization: `Bearer ${token}` },
      ...(sql && { method: 'POST', body: JSON.stringify({ sql }) }),
      signal: AbortSignal.timeout(LONGEST_MS),
    }).catch((cause: unknown) => {
      throw new Stop(`Cloudflare does not answer (${String(cause)}).`)
    })
    if (response.status === 404) return null
    if (REFUSED.includes(response.status)) {
      throw new Stop(
        `Cloudflare does not let this login see ${right}: ` +
          'docs/operations/before-you-begin.md lists the rights of the token.',
      )
    }
    const answer = Answer.safeParse(await response.json().catch(() => null))
    const read = answer.success ? result.safeParse(answer.data.result) : null
    if (read?.success) return read.data
    throw new Stop(
      `Cloudflare gave no answer that can be read about ${right} (status ${response.status}).`,
    )
  }

/** Returns the token that wrangler uses. The token is never logged. @throws Stop without a login */
export async function wranglerToken(): Promise<string> {
  // Wrangler would return the value of the same variable, but takes a second to start.
  const given = process.env['CLOUDFLARE_API_TOKEN']
  if (given) return given
  const { code, stdout } = await runTool('wrangler', ['auth', 'token', '--json'])
  try {
    if (code === 0) return Token.parse(JSON.parse(stdout)).token
  } catch {
    // An unreadable answer is reported as a missing login.
  }
  throw new Stop(
    'Nobody is signed in to Cloudflare here: put a token into CLOUDFLARE_API_TOKEN ' +
      '(docs/operations/before-you-begin.md).',
  )
}
