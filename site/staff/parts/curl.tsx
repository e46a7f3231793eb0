import { CURL } from '#site/components/curl.ts'

/** The mark of the place; it says nothing by itself. */
export function Curl() {
  return (
    <svg class="curl" viewBox="0 0 48 28" aria-hidden="true">
      <path d={CURL} />
    </svg>
  )
}
