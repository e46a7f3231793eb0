// The horn curl of Kyrgyz felt work, drawn once: divider, brand and icon. Box 48 × 28.
export const CURL =
  'M24,26V14C24,6,17,2,11,3,4,4,2,12,6,16c3,3,9,2,9-3,0-3-4-4-5-1M24,14c0-8,7-12,13-11,7,1,9,9,5,13-3,3-9,2-9-3,0-3,4-4,5-1'

/** A neutral icon as a data: URI, so that no second request is made. */
export function iconAddress(colour: string): string {
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,-10,48,48'><path d='${CURL}' fill='none' stroke='${colour}' stroke-width='5' stroke-linecap='round'/></svg>`
  return `data:image/svg+xml,${svg.replace(/[<># ]/g, encodeURIComponent)}`
}
