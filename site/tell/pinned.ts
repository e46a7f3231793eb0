/** What the build wrote into the page; base64url. */
export interface Pinned {
  root: string
  /** epoch of the newest manifest at the time of the build */
  epoch: number
  /** its intake key ‖ recovery key, 130 bytes, on pages that must seal without asking first; '' elsewhere */
  keys: string
  /** last day (since 1970, UTC) of that manifest and of its admin's certificate */
  until: number
}
