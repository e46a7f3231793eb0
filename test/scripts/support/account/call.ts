// A request to Cloudflare's API, as the simulated account reads it, and the account's response.

export interface Call {
  method: string
  /** the path without the account */
  path: string
  query: URLSearchParams
  body: Buffer
  headers: Record<string, string | string[] | undefined>
  /** the address of the simulated account */
  base: string
  json: <T>() => T
}

export interface Answered {
  status?: number
  result?: unknown
  errors?: { code: number; message: string }[]
  /** for a file upload, used in place of a body */
  etag?: string
}

/** Returns a refusal in Cloudflare's format. */
export const failure = (code: number, message: string, status: number): Answered => ({
  ...{ status, result: null },
  errors: [{ code, message }],
})

export const NOT_THERE = failure(10007, 'This Worker does not exist on your account.', 404)
