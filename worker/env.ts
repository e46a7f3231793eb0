// What Cloudflare hands to the worker: the bindings of wrangler.toml.
export interface Env {
  DB: D1Database
  /** kept for files that come with a report; nothing uses it yet */
  FILES: R2Bucket
  /** the built site */
  ASSETS: Fetcher
  /** host name of the staff app; empty when it shares the public one */
  STAFF_HOST: string
}
