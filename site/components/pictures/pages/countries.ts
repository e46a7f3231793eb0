// Contains the drawings of the countries, keyed by the page's address. The road from the valley
// leads to a different landmark in each drawing. No drawing has a flag or a coat of arms.
import { type Drawing } from './layers.ts'

/** The road, a stone beside it, and firs. The drawing of every country begins with these shapes. */
const ROAD: Drawing = [
  [
    'light',
    'M14 148c40-4 110-2 104-16-4-8-40-8-34-20 4-8 24-6 26-14h6' +
      'c0 10-18 10-20 16-2 8 34 6 42 16 10 14-22 18-44 18z',
  ],
  [
    'solid',
    'M22 118 38 84l16 34zM26 98l12-26 12 26zM64 112 76 86l12 26zM67 97l9-20 9 20z' +
      'M138 148v-14c0-6 12-6 12 0v14z',
  ],
  ['line', 'M38 118v10M76 112v8'],
]

export const countryDrawings = {
  /** A signpost with an arm for each direction. */
  country: [
    ...ROAD,
    ['solid', 'M216 148V14h9v134z'],
    ['solid', 'M176 24h78l12 11-12 11h-78zM262 56h-76l-12 11 12 11h76zM190 88h70l12 11-12 11h-70z'],
    ['line', 'M188 35h50M200 67h50M202 99h42M196 148h48'],
    [
      'solid',
      'M306 134c-12-16-12-48 0-68 12 20 12 52 0 68zM334 138c-9-12-9-34 0-46 9 12 9 34 0 46z',
    ],
    ['line', 'M306 148V96M334 148v-34'],
  ],
  /** Russia: blocks of flats, a tower with a spire, and birches. */
  'country/ru': [
    ...ROAD,
    [
      'solid',
      'M166 148V66h52v82zM284 148V78h56v70zM228 148V92h46v56zM236 92V56h30v36z' +
        'M242 56V34h18v22zM246 34l5-28 5 28z',
    ],
    [
      'line',
      'M176 80h8M190 80h8M204 80h6M176 96h8M190 96h8M204 96h6M176 112h8M190 112h8M204 112h6' +
        'M176 128h8M190 128h8M204 128h6M294 92h8M310 92h8M326 92h6M294 108h8M310 108h8' +
        'M326 108h6M294 124h8M310 124h8M326 124h6M244 66v16M251 66v16M258 66v16M238 104v44' +
        'M251 104v44M264 104v44M247 44h8',
    ],
  ],
  /** Kazakhstan: a tower with a ball, and yurts on the steppe. */
  'country/kz': [
    ...ROAD,
    ['solid', 'M232 148l8-88h12l8 88zM246 12l-26 40 16 20h20l16-20z'],
    ['light', 'M262 38a16 16 0 1 1-32 0 16 16 0 0 1 32 0z'],
    [
      'line',
      'M262 38a16 16 0 1 1-32 0 16 16 0 0 1 32 0zM220 52l26 20 26-20M236 72l10-20 10 20' +
        'M246 72v76M238 96h16M236 120h20M212 148h68',
    ],
    [
      'solid',
      'M168 148v-22h44v22zM164 126c4-12 12-18 18-20h16c6 2 14 8 18 20zM288 148v-28h58v28z' +
        'M284 120c4-14 14-20 22-22h22c8 2 18 8 22 22z',
    ],
    ['line', 'M184 148v-16h12v16M308 148v-20h18v20M310 98l-8 22M324 98l8 22'],
  ],
  /** Turkey: a round tower on a slope, a bridge over water, and a ferry. */
  'country/tr': [
    ...ROAD,
    ['solid', 'M180 148V54h40v94zM174 54V44h52v10zM180 44V30h40v14zM176 30l24-26 24 26z'],
    [
      'line',
      'M188 36v8M200 36v8M212 36v8M192 66h4v8h-4zM206 66h4v8h-4zM192 90h4v8h-4z' +
        'M206 90h4v8h-4zM195 148v-20c0-6 10-6 10 0v20M252 148V50M258 148V50M330 148V50' +
        'M336 148V50M220 100h140M255 52c22 44 56 44 78 0M255 52c-8 18-20 30-35 38' +
        'M333 52c6 14 14 26 27 34M268 74v26M281 83v17M294 85v15M307 83v17M320 74v26' +
        'M284 36c4-4 7-4 8 0 1-4 4-4 8 0',
    ],
    ['solid', 'M266 134h66l-10 14h-46zM278 134v-10h36v10zM290 124v-9h8v9z'],
    ['line', 'M284 129h.1M294 129h.1M304 129h.1'],
  ],
  /** The Emirates: a very tall tower, a sail on the coast, and palms. */
  'country/ae': [
    ...ROAD,
    ['solid', 'M214 148V92h44v56zM220 92V62h32v30zM226 62V38h20v24zM232 38l4-34 4 34z'],
    ['solid', 'M284 148c0-44 10-76 34-94v94z'],
    [
      'line',
      'M228 92v56M244 92v56M231 62v30M241 62v30M236 38v24M318 54v-12M296 112h22M304 88h14' +
        'M288 130h30M318 66c10 22 12 52 8 82h-8M178 148c2-22 0-36-4-48M174 100c-12-8-20-4-24 4' +
        'M174 100c-6-12-16-12-22-10M174 100c12-8 20-2 22 6M174 100c4-12 14-12 20-8' +
        'M344 148c2-14 1-22-2-30M342 118c-8-5-13-2-15 3M342 118c8-5 13-1 15 4' +
        'M342 118c-1-7-8-9-11-8M342 118c2-7 8-8 12-6',
    ],
  ],
  /** South Korea: a gate with curved roofs, and a tower on a hill. */
  'country/kr': [
    ...ROAD,
    ['solid', 'M262 120c20-32 36-40 50-40s28 10 44 40v28h-94z'],
    ['solid', 'M308 80V48h8v32zM298 48l4-12h20l4 12zM304 36v-8h16v8z'],
    [
      'solid',
      'M178 148v-34h94v34zM160 114c16-4 22-14 28-24h74c6 10 12 20 28 24zM198 90V76h54v14z' +
        'M182 76c14-4 20-12 24-20h38c4 8 10 16 24 20z',
    ],
    [
      'line',
      'M312 28V6M214 148v-18c0-9 22-9 22 0v18M190 114v34M260 114v34M206 104h38M208 76v14' +
        'M242 76v14M225 76v14M216 66h18M200 124h.1M250 124h.1',
    ],
  ],
  /** Britain: a clock tower, and rows of strawberries under glass. */
  'country/gb': [
    ...ROAD,
    ['solid', 'M180 148V46h36v102zM176 46V20h44v26zM182 20l16-18 16 18z'],
    [
      'line',
      'M208 33a10 10 0 1 1-20 0 10 10 0 0 1 20 0zM198 27v6h4M190 54v86M198 54v86M206 54v86' +
        'M180 78h36M180 104h36M180 130h36',
    ],
    [
      'solid',
      'M240 148v-24c0-16 10-24 24-24s24 8 24 24v24z' +
        'M288 148v-24c0-16 10-24 24-24s24 8 24 24v24z',
    ],
    [
      'line',
      'M264 100v14M312 100v14M240 120h96M252 148v-10c-6-8 6-8 6 0M258 148v-10' +
        'M276 148v-10c-6-8 6-8 6 0M270 148v-10M300 148v-10c-6-8 6-8 6 0M306 148v-10' +
        'M324 148v-10c-6-8 6-8 6 0M318 148v-10',
    ],
  ],
  /** Germany: a half-timbered house, and wind turbines behind the fields. */
  'country/de': [
    ...ROAD,
    ['solid', 'M172 148v-40h84v40zM164 108V70h100v38zM158 70l56-52 56 52z'],
    [
      'line',
      'M188 70v38M214 70v38M240 70v38M164 108l24-38M240 70l24 38M188 89h52M214 24v46' +
        'M190 70l24-24 24 24M184 118h18v16h-18zM193 118v16M222 148v-30h18v30M196 76h10v9h-10z' +
        'M222 76h10v9h-10z',
    ],
    [
      'line',
      'M312 148V56M312 56V22M312 56l30 18M312 56l-30 18M346 148v-44M346 104V84M346 104l14 8' +
        'M346 104l-16 9',
    ],
    ['solid', 'M315 56a3 3 0 1 1-6 0 3 3 0 0 1 6 0z'],
  ],
  /** Poland: gabled houses in an old town, and a warehouse where goods are packed. */
  'country/pl': [
    ...ROAD,
    ['solid', 'M166 148V56h8V46h8V36h20v10h8v10h8v92zM218 148V64l22-34 22 34v84z'],
    ['solid', 'M262 148V88h84v60zM262 88l14-14v14l14-14v14l14-14v14l14-14v14l14-14v14l14-14v14z'],
    [
      'line',
      'M176 64h10v14h-10zM198 64h10v14h-10zM176 92h10v14h-10zM198 92h10v14h-10z' +
        'M186 148v-26h12v26M192 46v6M228 74h8v12h-8zM244 74h8v12h-8zM228 98h8v12h-8z' +
        'M244 98h8v12h-8zM234 148v-24h12v24M240 44a4 4 0 1 1 0 8 4 4 0 0 1 0-8z' +
        'M276 148v-40h56v40M276 118h56M276 128h56M276 138h56',
    ],
  ],
  /** The United States: a water tower on a roof, tall buildings, and a bridge. */
  'country/us': [
    ...ROAD,
    ['solid', 'M170 148V76h50v72zM220 148V50h36v98zM180 50V28h30v22zM176 28l19-16 19 16z'],
    [
      'line',
      'M184 50l-4 26M206 50l4 26M182 62h26M180 36h30M180 43h30M180 88h8v12h-8z' +
        'M201 88h8v12h-8zM180 110h8v12h-8zM201 110h8v12h-8zM189 148v-16h12v16M230 62v78' +
        'M238 62v78M246 62v78M238 50V30M286 148V56h10v92M286 80h10M286 100h10M256 122h104' +
        'M291 58c10 36 40 54 69 58M291 58c-8 24-20 40-35 50M306 86v36M320 101v21M334 110v12' +
        'M348 114v8M274 92v30',
    ],
  ],
} as const satisfies Readonly<Record<string, Drawing>>
