// Contains the paths of the drawings, the landscape and the horn curl.

/**
 * Each drawing is two paths: `line` in the colour of the text, and `mark` in the colour of signs.
 * Boxes are 360 wide.
 */
export const drawings = {
  /** A road from the doorstep to the mountains; a bag and papers that are ready. */
  road: {
    box: '0 0 360 140',
    line:
      'M4 84l46-40 22 18 44-50 40 44 22-20 46 40M92 39l10 8 12-14 12 16 12-6M4 136h352' +
      'M262 136V84c0-5 3-8 8-8h58c5 0 8 3 8 8v52M284 76V64c0-4 3-6 6-6h18c3 0 6 2 6 6v12' +
      'M262 100h74M292 100v10h14v-10',
    mark: 'M60 136c6-20 52-22 48-34-4-9-30-8-18-24M124 136c-2-18 40-24 30-40-8-10-34-6-40-18',
  },
  /** A passport in a hand, with a contract beside it. */
  papers: {
    box: '0 0 360 140',
    line:
      'M196 12h96l24 24v92H196zM292 12v24h24M214 52h84M214 68h84M214 84h60M0 36l34 8' +
      'M0 114l30-6M34 42l18 5-4 62-18-3z' +
      'M52 53c14-3 24 0 36 7l32 13c8 4 4 13-4 11l-22-4c-6 0-10-2-14-6M49 104h47' +
      'M96 63V20c0-3 1-4 4-4h54c3 0 4 1 4 4v94c0 3-1 4-4 4h-54c-3 0-4-1-4-4V82M112 98h30' +
      'M112 106h30',
    mark:
      'M134 56a12 12 0 1 0 0-24 12 12 0 0 0 0 24zM122 44h24M134 32c-7 7-7 17 0 24' +
      'M134 32c7 7 7 17 0 24M214 112c8-10 12-10 12 0 4-8 10-8 10 0h14',
  },
  /** A kitchen table: a silent telephone, a bowl of tea, mountains in the window. */
  table: {
    box: '0 0 360 150',
    line:
      'M120 6h130v84H120zM185 6v84M112 90h146M20 124h320M44 124v24M316 124v24' +
      'M62 118l8-30h24l-6 30zM56 124l2-6h36l-2 6M262 100c0 14 8 20 22 20s22-6 22-20z' +
      'M276 120h16v4h-16z',
    mark:
      'M126 76l22-24 12 12 20-26 5 8M185 46l16 20 12-10 28 24M276 90c-4-6 4-8 0-14' +
      'M290 90c-4-6 4-8 0-14',
  },
  /** A door ajar, and a paper with a seal. */
  door: {
    box: '0 0 360 140',
    line:
      'M20 136h320M60 136V14h84v122M60 14l46 16v120l-46-14M96 80v14M206 20h76l20 20v88h-96z' +
      'M282 20v20h20M222 54h62M222 68h62M222 82h40',
    mark:
      'M108 104l10-14 7 8 15-22M260 112c0-8-8-12-13-10-6 2-6 10-1 11 4 0 5-5 2-6' +
      'M260 112c0-8 8-12 13-10 6 2 6 10 1 11-4 0-5-5-2-6',
  },
  /** Two people at a table with tea: only hands and sleeves. */
  talk: {
    box: '0 40 360 72',
    line:
      'M0 106h360M0 52l44 12M0 106h38M44 60l14 4-4 42H38z' +
      'M58 68c15 0 27 4 36 12l30 13c7 4 6 13-2 13H54' +
      'M72 80c6 9 14 11 26 13 6 1 6 8 0 8-12 0-22-2-28-8M106 92l14 7M360 52l-44 12' +
      'M360 106h-38M316 60l-14 4 4 42H322z' +
      'M302 68c-15 0-27 4-36 12l-30 13c-7 4-6 13 2 13H306' +
      'M288 80c-6 9-14 11-26 13-6 1-6 8-0 8 12 0 22-2 28-8M254 92l-14 7' +
      'M146 88h30c0 10-6 16-15 18-9-2-15-8-15-18zM186 106l8-8h32l-4 8',
    mark:
      'M155 80c-3-5 3-7 0-12M167 80c-3-5 3-7 0-12M47 78h2M47 90h2' +
      'M312 92c0-4-4-6-6-4-2 1-1 4 1 4M312 92c0-4 4-6 6-4 2 1 1 4-1 4M312 92v7',
  },
} as const

/**
 * An open door, the mountains at home and trees, for the preview in a chat. The numbers page shows
 * only the mountains. The box is 360 × 240.
 */
export const LANDSCAPE = [
  'M118 230V76c0-30 28-48 66-48s66 18 66 48v154M118 76c-6-22-26-32-50-30v192l50-8' +
    'M82 142v10M4 230h64M250 230h106',
  'm118 154 24-30 14 14 28-46 26 38 14-14 26 32M174 108l4 12 8-8 8 12 6-8',
  'M286 230v-14M268 216l18-30 18 30zM274 190l12-22 12 22M322 230v-8M310 222l12-20 12 20z' +
    'M314 206l8-15 8 15',
] as const

/** The road that leads out of the door. */
export const WAY =
  'M144 230c8-20 50-24 46-42-3-13-16-16-6-34M214 230c2-20 8-30 2-44-4-12-20-14-22-32'

/**
 * The mountains above the footer. The drawing of a valley uses the same path, because repeated text
 * adds hardly any bytes to a page. The box is 400 × 60.
 */
export const RIDGE = 'M0 60V42l34-18 22 12L98 8l38 30 26-14 44 24 40-34 36 24 22-12 48 28 48-20v26z'

/**
 * The horn curl of Kyrgyz felt work, drawn once for the divider, the brand and the icon. The box is
 * 48 × 28.
 */
export const CURL =
  'M24,26V14C24,6,17,2,11,3,4,4,2,12,6,16c3,3,9,2,9-3,0-3-4-4-5-1' +
  'M24,14c0-8,7-12,13-11,7,1,9,9,5,13-3,3-9,2-9-3,0-3,4-4,5-1'

/** Returns a neutral icon as a data: URI, so that the page does not need a second request. */
export function iconAddress(colour: string): string {
  const svg =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,-10,48,48'>" +
    `<path d='${CURL}' fill='none' stroke='${colour}' stroke-width='5' stroke-linecap='round'/>` +
    '</svg>'
  return `data:image/svg+xml,${svg.replace(/[<># ]/g, encodeURIComponent)}`
}

/** A shorter path of the same curl, for the lifeline pages. */
export const SHORT_CURL =
  'M24 26V14C24 2 4 0 4 10s11 8 11 3-5-3-5-1M24 14C24 2 44 0 44 10s-11 8-11 3 5-3 5-1'
