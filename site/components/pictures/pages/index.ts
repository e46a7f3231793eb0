// Maps the address of each page to its drawing, so that no two pages can share a drawing.
import { countryDrawings } from './countries.ts'
import { helpDrawings } from './help.ts'
import { journeyDrawings } from './journey.ts'
import { type Drawing } from './layers.ts'
import { paperDrawings } from './paper.ts'
import { peopleDrawings } from './people.ts'
import { workDrawings } from './work.ts'

/** The drawing of each page, keyed by page name. */
export const pageDrawings: Readonly<Record<string, Drawing>> = {
  ...journeyDrawings,
  ...workDrawings,
  ...helpDrawings,
  ...peopleDrawings,
  ...paperDrawings,
  ...countryDrawings,
}

/**
 * Returns the drawing of a page. A country without a landmark shows the signpost, because editors
 * can add a country.
 *
 * @throws when another page has no drawing, to stop the build
 */
export function drawingOf(page: string): Drawing {
  const instead = page.startsWith('country/') ? countryDrawings.country : undefined
  const drawing = pageDrawings[page] ?? instead
  if (drawing === undefined) throw new Error(`the page ${page} has no drawing`)
  return drawing
}
