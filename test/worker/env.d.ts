// What the test runtime binds on top of the worker's own bindings.
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
    TURNSTILE_SITE_KEY: string
    TURNSTILE_SECRET?: string
    TURNSTILE_VERIFY_URL: string
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[]
  }
}
