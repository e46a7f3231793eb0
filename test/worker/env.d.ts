// Declares the bindings of the test runtime, including the worker's bindings.
declare namespace Cloudflare {
  interface Env {
    DB: D1Database
    FILES: R2Bucket
    CHUNK_PACE: RateLimit
    REPORT_PACE: RateLimit
    ASSETS: Fetcher
    STAFF_HOST: string
    FLOOD: RateLimit
    FLOOD_HIGH: RateLimit
    FLOOD_MODE: string
    DATABASE_MB: string
    PLAN: string
    TURNSTILE_SITE_KEY: string
    TURNSTILE_SECRET?: string
    TURNSTILE_VERIFY_URL: string
    ALERT_LANG: string
    ALERT_EVERY_MINUTES: string
    ALERT_DANGER_MINUTES: string
    ALERT_REPEATS: string
    ALERT_DIGEST_HOURS: string
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[]
  }
}
