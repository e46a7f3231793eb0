// Names the drawing of each page by the address of the page, so that no two pages can share one.
import type { PageName } from '../../../pages.ts'
import * as countries from './countries.ts'
import { afterReturn, agency, beforeYouGo, contractAbroad, programmeAbroad } from './journey.ts'
import { family, legalAid, rights, under18 } from './help.ts'
import { about, afterWriting, network, professionals, training, trainingSheets } from './people.ts'
import { print, privacy, stories } from './paper.ts'
import { myths, offerCheck, onlineWork, signs } from './work.ts'
import { type Drawing } from './layers.ts'

const DRAWINGS = {
  'before-you-go': beforeYouGo,
  'offer-check': offerCheck,
  stories,
  agency,
  'online-work': onlineWork,
  'programme-abroad': programmeAbroad,
  'contract-abroad': contractAbroad,
  signs,
  myths,
  'under-18': under18,
  family,
  'after-return': afterReturn,
  rights,
  'legal-aid': legalAid,
  country: countries.country,
  'after-writing': afterWriting,
  professionals,
  training,
  'training-sheets': trainingSheets,
  about,
  network,
  privacy,
  print,
} as const satisfies Partial<Record<PageName, Drawing>>

/** The drawing of each page, by the name of the page. */
export const pageDrawings: Readonly<Record<string, Drawing>> = {
  ...DRAWINGS,
  'country/ru': countries.ru,
  'country/kz': countries.kz,
  'country/tr': countries.tr,
  'country/ae': countries.ae,
  'country/kr': countries.kr,
  'country/gb': countries.gb,
  'country/de': countries.de,
  'country/pl': countries.pl,
  'country/us': countries.us,
}

/**
 * Returns the drawing of a page. A country without a landmark shows the signpost, because editors
 * can add a country. @throws when another page has none, to stop the build
 */
export function drawingOf(page: string): Drawing {
  const drawing = pageDrawings[page] ?? (/^country\//.test(page) ? countries.country : undefined)
  if (drawing === undefined) throw new Error(`the page ${page} has no drawing`)
  return drawing
}
