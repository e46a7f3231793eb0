// Declares the bindings and variables that Cloudflare passes to the worker. wrangler.toml sets
// every value except the secrets.
export interface Env {
  DB: D1Database
  /** R2: chunks of files, and reports that are waiting for the database */
  FILES: R2Bucket
  /** counts the chunks of all reports together */
  CHUNK_PACE: RateLimit
  /** counts the chunks of each report separately */
  REPORT_PACE: RateLimit
  /** rate limit for reports without a proof of work; see worker/reports/rate-limit.ts */
  FLOOD?: RateLimit
  /** rate limit for reports with a proof of work, and a separate rate limit for follow-ups */
  FLOOD_HIGH?: RateLimit
  /** `auto`, or `on` or `off` to set flood mode by hand */
  FLOOD_MODE: string
  /** public key for the Turnstile check; when it is empty, flood mode does not offer a check */
  TURNSTILE_SITE_KEY: string
  /** secret key for the check, which `wrangler secret put` sets */
  TURNSTILE_SECRET?: string
  /** address of siteverify; empty for Cloudflare's own address */
  TURNSTILE_VERIFY_URL: string
  /** megabytes that the database may hold */
  DATABASE_MB: string
  /** Cloudflare's plan, `free` or `paid`, which limits each run of the clock */
  PLAN: string
  /** address that is called first for an alert; a secret, see docs/operations/alerts.md */
  ALERT_FIRST?: string
  /** address that is also called for an alert when the first one does not respond */
  ALERT_SECOND?: string
  /** seals devices, and the key that signs calls to them; a secret of at least 43 characters */
  PUSH_SECRET?: string
  /** language of the sentence in an alert */
  ALERT_LANG: string
  /** minutes until an alert is repeated */
  ALERT_EVERY_MINUTES: string
  /** number of minutes within which a colleague who took an alert must act */
  ALERT_DANGER_MINUTES: string
  /** number of repeats for which only the first address is called */
  ALERT_REPEATS: string
  /** hours of the day, in the organisation's time zone, at which the digest is sent */
  ALERT_DIGEST_HOURS: string
  /** the built site */
  ASSETS: Fetcher
  /** host of the staff app, with its port if it has one; empty when the staff app has no host */
  STAFF_HOST: string
}
