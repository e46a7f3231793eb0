// What Cloudflare hands to the worker: the bindings of wrangler.toml.
export interface Env {
  DB: D1Database
  /** sealed chunks of files */
  FILES: R2Bucket
  /** counts chunks from everybody together */
  CHUNK_PACE: RateLimit
  /** the built site */
  ASSETS: Fetcher
  /** host name of the staff app; empty when it shares the public one */
  STAFF_HOST: string
}
