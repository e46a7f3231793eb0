// Contains the drawings of the pages about a journey, keyed by the address of the page.
import { type Drawing } from './layers.ts'

export const journeyDrawings = {
  /** A minibus with luggage on its roof, and a bag that is waiting beside the road. */
  'before-you-go': [
    [
      'solid',
      'M28 148v-36c0-4 3-7 7-7h40c4 0 7 3 7 7v36zM112 44V32c0-3 2-5 5-5h30c3 0 5 2 5 5v12z' +
        'M168 44a9 9 0 0 1 0-18h30a9 9 0 0 1 0 18z' +
        'M96 136V62c0-7 5-11 11-11h112c5 0 8 2 11 5l25 30 21 6c5 2 8 5 8 10v34z',
    ],
    ['light', 'M108 64h30v25h-30zM147 64h30v25h-30zM48 116h14v12H48z'],
    [
      'line',
      'M44 105V95c0-3 2-5 5-5h12c3 0 5 2 5 5v10M28 122h54M48 116h14v12H48zM108 64h30v25h-30z' +
        'M147 64h30v25h-30zM186 64h26c4 0 6 1 8 4l17 21h-51zM186 89v47M96 108h90M192 98h8' +
        'M104 51v-7h106v7M174 26v18M192 26v18M284 112h-8',
    ],
    [
      'solid',
      'M146 136a15 15 0 1 1-30 0 15 15 0 0 1 30 0zM264 136a15 15 0 1 1-30 0 15 15 0 0 1 30 0z' +
        'M322 134c-13-18-12-46 0-66 12 20 13 48 0 66zM346 138c-9-12-8-32 0-46 8 14 9 34 0 46z',
    ],
    [
      'line',
      'M134 136a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM252 136a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM322 148V92' +
        'M346 148v-36',
    ],
  ],
  /**
   * An agency on a street: a permit with a seal in the window, and a person reading the permit.
   */
  agency: [
    ['solid', 'M124 148V46h172v102zM116 46V20h188v26z'],
    ['light', 'M212 90a9 9 0 1 1-18 0 9 9 0 0 1 18 0z'],
    [
      'line',
      'M140 33h66M218 33h44M138 128V62h88v66zM132 128h100M160 70h50v42h-50zM168 79h26' +
        'M168 86h20M168 93h18M199 98l-3 10 7-4 7 4-3-10M212 90a9 9 0 1 1-18 0 9 9 0 0 1 18 0z' +
        'M244 148V62h36v86M250 70h24v34h-24zM273 114v8M238 143h48M144 128v-8h10v8' +
        'M149 120c0-9-8-8-8-15M149 120c0-8 7-7 7-13',
    ],
    ['solid', 'M55 98c1-6 6-10 15-10s14 4 15 10l6 44H49zM94 148v-22h22v22z'],
    ['line', 'M64 142v6M76 142v6M59 102l-3 26M81 102l4 22 14 4M99 126c0-10 12-10 12 0M94 134h22'],
    ['solid', 'M60 82c-3-16 2-24 10-24s13 8 10 24c-3 4-6 6-10 12-4-6-7-8-10-12z'],
    ['line', 'M60 82c6 3 14 3 20 0M66 85l4 9 4-9'],
    ['solid', 'M326 134c-12-16-11-42 0-62 11 20 12 46 0 62z'],
    ['line', 'M326 148V94M20 148V74M20 74c0-8 4-12 12-12M26 62h12l4 10H24z'],
  ],
  /** A station: a clock, a carriage, and nobody boarding yet. */
  'contract-abroad': [
    ['solid', 'M132 136V66c0-6 4-10 10-10h200c6 0 10 4 10 10v70z'],
    ['light', 'M150 72h34v28h-34zM74 44a15 15 0 1 1-30 0 15 15 0 0 1 30 0z'],
    [
      'line',
      'M150 72h34v28h-34zM240 72h34v28h-34zM286 72h34v28h-34zM196 136V68h32v68M212 68v68' +
        'M132 114h64M228 114h124M150 56V46h184v10M206 96v8M218 96v8',
    ],
    [
      'solid',
      'M168 140a11 11 0 1 1-22 0 11 11 0 0 1 22 0zM300 140a11 11 0 1 1-22 0 11 11 0 0 1 22 0z' +
        'M328 140a11 11 0 1 1-22 0 11 11 0 0 1 22 0zM14 20h110v8H14zM44 108h46v18H44z',
    ],
    [
      'line',
      'M74 44a15 15 0 1 1-30 0 15 15 0 0 1 30 0zM59 36v9l6 3M59 28v1M110 28v120M102 148h16' +
        'M110 46l-18-18M24 28v120M16 148h16M24 46l18-18M50 126v22M84 126v22M44 118h46',
    ],
  ],
  /** An airport hall: a plane outside the windows, seats, and a suitcase. */
  'programme-abroad': [
    ['solid', 'M20 112V10h320v102z'],
    ['light', 'M282 46a16 16 0 1 1-32 0 16 16 0 0 1 32 0z'],
    ['line', 'M20 96l46-24 30 14 50-32 44 30 36-16 54 24 60-14v34'],
    [
      'solid',
      'M96 64c0-7 8-12 20-12h86c16 0 26 6 28 13 1 5-8 9-20 9H112c-10 0-16-4-16-10z' +
        'M97 60 84 34h13l17 18zM138 72l-20 24h13l36-24z',
    ],
    [
      'line',
      'M206 52c0 8 8 11 22 9M132 61h.1M146 61h.1M160 61h.1M174 61h.1M188 61h.1M126 10v102' +
        'M234 10v102M20 112h320',
    ],
    [
      'solid',
      'M52 130v-22c0-3 2-5 5-5h24c3 0 5 2 5 5v22zM92 130v-22c0-3 2-5 5-5h24c3 0 5 2 5 5v22z' +
        'M132 130v-22c0-3 2-5 5-5h24c3 0 5 2 5 5v22zM46 130h126v6H46z' +
        'M262 142V90c0-4 3-7 7-7h34c4 0 7 3 7 7v52z',
    ],
    [
      'line',
      'M62 136v12M156 136v12M276 83V62h20v21M274 92v42M286 92v42M298 92v42M268 142v6' +
        'M304 142v6',
    ],
  ],
  /** Home: an open gate, light in the window, and a man with a bag on his way to the gate. */
  'after-return': [
    ['solid', 'M196 148V92h128v56zM182 92l34-40h88l34 40z'],
    ['light', 'M216 106h30v26h-30z'],
    [
      'line',
      'M216 106h30v26h-30zM231 106v26M216 119h30M272 148v-44h28v44M294 124v6M276 52V34h14v18' +
        'M283 26c-6-8 6-10 0-20M196 92h128M238 52l-8 40M262 52v40M288 52l8 40',
    ],
    ['solid', 'M94 148V96h10v52zM172 148V96h10v52z'],
    ['line', 'M182 110h14M182 128h14M94 112H4M94 132H4M76 106v42M54 106v42M32 106v42M10 106v42'],
    [
      'solid',
      'M130 96c1-7 6-11 17-11s16 4 17 11l3 30h-6v22h-12v-18h-4v18h-12v-22h-6z' +
        'M139 77c0 7 3 11 8 11s8-4 8-11M137 68l3-17c2-5 12-5 14 0l3 17' +
        'M133 65l4 12h20l4-12c-8 5-20 5-28 0zM108 132h22v15h-22z',
    ],
    ['line', 'M147 49v12M134 100l-6 32M160 100l2 26M114 132v-5h10v5'],
    [
      'solid',
      'M344 134c-10-18-10-56 0-80 10 24 10 62 0 80zM24 96c-10-16-10-52 0-74 10 22 10 58 0 74z',
    ],
    ['line', 'M344 148V84M24 112V50'],
  ],
} as const satisfies Readonly<Record<string, Drawing>>
