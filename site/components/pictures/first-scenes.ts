// Contains the drawings of the first scenes of the stories, in the same layers as a page's drawing.
import { type Drawing } from './pages/layers.ts'

export const firstScenes = {
  /**
   * A friend's message on a phone: a ticket. Books and a bowl of tea beside the phone, in the
   * evening.
   */
  message: [
    ['solid', 'M22 82V8h86v74z'],
    [
      'line',
      'M22 62l18-20 12 10 20-24 20 22 16-9M65 8v74M14 82h102' +
        'M94 17a9 9 0 1 0 8 14 10 10 0 0 1-8-14z',
    ],
    [
      'solid',
      'M20 118h320v9H20zM40 127h8v21h-8zM312 127h8v21h-8z' +
        'M134 118V28c0-6 3-9 9-9h48c6 0 9 3 9 9v90zM58 118v-11h62v11zM50 107V96h62v11z' +
        'M230 10h96c5 0 8 3 8 8v46c0 5-3 8-8 8h-76l-24 16 5-16h-1c-5 0-8-3-8-8V18' +
        'c0-5 3-8 8-8z',
    ],
    ['light', 'M296 24h24v34h-24z'],
    [
      'line',
      'M236 24h84v34h-84zM296 24v34M246 46l38-10M264 41l-9-11M264 41l3 13M248 45l-5-5' +
        'M143 33h48v70h-48zM160 26h14M167 111h.1M149 43h30M149 51h20M165 67h20M171 75h14' +
        'M149 89h26M64 107v11M56 96v11',
    ],
    ['solid', 'M258 100c0 12 7 18 20 18s20-6 20-18z'],
    ['line', 'M274 92c-3-5 3-7 0-12M284 92c-3-5 3-7 0-12'],
  ],
  /** A phone rings at night, and a hand beside it waits. */
  'night-call': [
    ['solid', 'M72 86V6h100v80z'],
    [
      'line',
      'M72 66l22-24 14 12 20-26 24 26 20-12M122 6v80M62 86h120' +
        'M158 16a10 10 0 1 0 9 15 11 11 0 0 1-9-15z',
    ],
    [
      'solid',
      'M16 118h328v9H16zM40 127h8v21h-8zM312 127h8v21h-8z' +
        'M212 118V48c0-5 3-8 8-8h36c5 0 8 3 8 8v70z' +
        'M338 34a20 20 0 1 1-40 0 20 20 0 0 1 40 0z',
    ],
    ['light', 'M219 52h38v50h-38z'],
    [
      'line',
      'M219 52h38v50h-38zM232 46h12M238 110h.1M202 62c-6 9-6 25 0 34' +
        'M192 54c-10 15-10 35 0 50M274 62c6 9 6 25 0 34M284 54c10 15 10 35 0 50' +
        'M318 22v12l-8-6M318 34h.1M316 94c-3-5 3-7 0-12M326 94c-3-5 3-7 0-12',
    ],
    ['solid', 'M302 100c0 12 7 18 19 18s19-6 19-18zM0 64l44 12-4 42H0'],
    ['solid', 'M44 72l14 4-4 42H38zM58 80c15 0 27 4 36 12l30 13c7 4 6 13-2 13H54z'],
    ['line', 'M72 92c6 9 14 11 26 13 6 1 6 8 0 8-12 0-22-2-28-8M47 90h2M47 102h2'],
  ],
  /** Two people at their sewing machines, from behind; quilts on a shelf. */
  workshop: [
    ['line', 'M16 20h112M72 20v8M190 0v14'],
    [
      'solid',
      'M62 30l-14 8 6 11 6-4v37h24V45l6 4 6-11-14-8c-4 6-16 6-20 0z' +
        'M102 30l-8 4v48h28V34l-6-4c-3 5-11 5-14 0zM300 148V14h48v134z',
    ],
    [
      'line',
      'M300 52h48M300 98h48M108 20v10M321 42a7 7 0 1 1-14 0 7 7 0 0 1 14 0z' +
        'M341 42a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM331 29a7 7 0 1 1-14 0 7 7 0 0 1 14 0z' +
        'M308 98V72h14v26M322 80h16v18M300 134h40c6 0 6-14 0-14h-34' +
        'M300 120h40c6 0 6-14 0-14h-34',
    ],
    ['solid', 'M168 38l12-24h20l12 24z'],
    ['light', 'M176 38h28c0 8-6 13-14 13s-14-5-14-13z'],
    [
      'solid',
      'M112 108V96h56v12zM148 96V70h-18v12h-14V66c0-6 3-9 9-9h28c6 0 9 3 9 9v30z' +
        'M228 108V96h56v12zM264 96V70h-18v12h-14V66c0-6 3-9 9-9h28c6 0 9 3 9 9v30z' +
        'M30 108h256v9H30z',
    ],
    [
      'line',
      'M123 82v10M239 82v10M150 57v-6M266 57v-6M40 117v31M276 117v31' +
        'M168 66a6 6 0 1 1 0 12M284 66a6 6 0 1 1 0 12',
    ],
    [
      'solid',
      'M60 148v-30c1-7 6-11 20-11s19 4 20 11v30z' + 'M178 148v-30c1-7 6-11 20-11s19 4 20 11v30z',
    ],
    [
      'solid',
      'M70 100c-3-16 2-24 10-24s13 8 10 24c-3 4-6 6-10 12-4-6-7-8-10-12z' +
        'M209 91c0 9-5 14-11 14s-11-5-11-14c0-10 5-15 11-15s11 5 11 15z',
    ],
    [
      'line',
      'M70 100c6 3 14 3 20 0M76 103l4 9 4-9M187 92c7-5 15-5 22 0M100 122l14-14' + 'M218 122l14-14',
    ],
  ],
} as const satisfies Readonly<Record<string, Drawing>>
