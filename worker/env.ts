// What Cloudflare hands to the worker: the bindings of wrangler.toml.
export interface Env {
  DB: D1Database
  /** files that come with reports, and reports that wait for the database */
  FILES: R2Bucket
  /** counts chunks from everybody together */
  CHUNK_PACE: RateLimit
  /** counts chunks of one report */
  REPORT_PACE: RateLimit
  /** says no when more reports come than the database should take; see worker/reports/flood.ts */
  FLOOD?: RateLimit
  /** the same for reports with a proof of work, and for follow-ups */
  FLOOD_HIGH?: RateLimit
  /** `auto`, or `on` and `off` by hand */
  FLOOD_MODE: string
  /** public key of the check that flood mode offers; empty: none is offered */
  TURNSTILE_SITE_KEY: string
  /** put in with `wrangler secret put` */
  TURNSTILE_SECRET?: string
  /** where siteverify is; empty for Cloudflare's own */
  TURNSTILE_VERIFY_URL: string
  /** megabytes that the database may hold */
  DATABASE_MB: string
  /** the built site */
  ASSETS: Fetcher
  /** host name of the staff app; empty when it shares the public one */
  STAFF_HOST: string
}
