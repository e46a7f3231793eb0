// Contains the drawings of the pages about stories, paper and privacy, keyed by the address of the
// page.
import { type Drawing } from './layers.ts'

export const paperDrawings = {
  /**
   * An open book with mountains that rise from its pages; the road into them forks at a signpost.
   */
  stories: [
    ['solid', 'M76 118l52-66 22 22 40-56 38 52 20-16 36 64z'],
    ['line', 'M112 72l10 8 10-12 10 10 8-4M174 40l8 12 10-10 8 12 8-10'],
    [
      'light',
      'M166 132c-2-24 10-24 4-34-8-12-34-12-38-26l7-2c6 12 30 8 41 22 8-14 26-14 34-24l7 2' +
        'c-4 16-26 14-30 28-3 12 8 18 4 34z',
    ],
    [
      'solid',
      'M180 132c-24-18-80-22-128-14v20c48-8 104-4 128 10 24-14 80-18 128-10v-20' +
        'c-48-8-104-4-128 14z',
    ],
    ['line', 'M180 132v16M74 128c30-3 60-2 86 6M286 128c-30-3-60-2-86 6'],
    ['solid', 'M178 92V54h4v38zM146 56h32v12h-32l-7-6zM182 70h32l7 6-7 6h-32z'],
  ],
  /**
   * A board beside the road: the poster with tear-off strips, and a young man who is reading the
   * poster.
   */
  print: [
    ['solid', 'M48 148V32h9v116zM232 148V32h9v116zM34 24l111-18 111 18v8H34zM57 40h175v82H57z'],
    ['solid', 'M72 48h56v56H72zM142 48h34v44h-34zM188 48h34v26h-34zM188 84h34v28h-34z'],
    ['light', 'M90 56h20v26H90z'],
    [
      'line',
      'M90 56h20v26H90zM80 92h40M72 104v12h14v-12h14v12h14v-12M150 60h18M150 70h18M150 80h10' +
        'M196 58h18M196 66h10M196 96h18M196 104h12',
    ],
    [
      'solid',
      'M267 94c1-7 6-11 18-11s17 4 18 11l3 32h-7v22h-12v-18h-4v18h-12v-22h-7z' +
        'M295 68c0 9-4 14-10 14s-10-5-10-14c0-8 4-13 10-13s10 5 10 13z',
    ],
    ['solid', 'M272 120V98c0-4 3-7 8-7h10c5 0 8 3 8 7v22z'],
    ['line', 'M275 68c6 6 14 6 20 0M272 106h26'],
  ],
  /** A chest with a lock and ram's-horn ornaments, folded quilts on it, and its key on a nail. */
  privacy: [
    ['solid', 'M84 148V84h192v64zM76 76h208v10H76z'],
    [
      'solid',
      'M92 76c-6 0-8-4-8-8s2-8 8-8h176c6 0 8 4 8 8s-2 8-8 8z' +
        'M100 60c-6 0-8-4-8-8s2-8 8-8h164c6 0 8 4 8 8s-2 8-8 8z' +
        'M96 44c-6 0-8-4-8-8s2-8 8-8h158c6 0 8 4 8 8s-2 8-8 8z' +
        'M112 28c-6 0-8-4-8-8s2-8 8-8h132c6 0 8 4 8 8s-2 8-8 8zM166 108h28v24h-28z',
    ],
    ['light', 'M166 108h28v24h-28z'],
    [
      'line',
      'M172 108v-8c0-10 16-10 16 0v8M180 118v5M166 108h28v24h-28zM84 96h192M148 96v52' +
        'M212 96v52M116 136v-14c0-12-18-14-20-4-1 7 8 9 10 3' +
        'M116 122c0-12 18-14 20-4 1 7-8 9-10 3M244 136v-14c0-12-18-14-20-4-1 7 8 9 10 3' +
        'M244 122c0-12 18-14 20-4 1 7-8 9-10 3M112 60v16M128 60v16M248 60v16M232 60v16' +
        'M118 28v16M238 28v16M324 40a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM316 48v30M316 70h8M316 78h8' +
        'M316 24v8',
    ],
  ],
} as const satisfies Readonly<Record<string, Drawing>>
