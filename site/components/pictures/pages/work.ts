// Contains the drawings of the pages about work, keyed by the address of the page.
import { type Drawing } from './layers.ts'

export const workDrawings = {
  /**
   * An advert with tear-off strips, and a hand with a magnifying glass. Places of work: a crane
   * above a new house, and a greenhouse with tomatoes.
   */
  signs: [
    ['solid', 'M112 148V80h88v68zM222 148v-40c0-26 24-44 58-44s58 18 58 44v40zM138 54h26v12h-26z'],
    ['light', 'M141 104h30v21h-30z'],
    [
      'line',
      'M70 148V20M79 148V20M70 148l9-16-9-16 9-16-9-16 9-16-9-16 9-16-9-16M32 20h146l-10-8H79' +
        'M74 12V4l-42 16M74 4l64 8M32 20v12h18V20M151 20v22M151 42l-13 12M151 42l13 12' +
        'M112 103h88M112 126h88M141 80v68M171 80v68M124 80v-8M188 80v-8M280 64v84M222 108h116' +
        'M250 70v78M310 70v78',
    ],
    [
      'line',
      'M265 148v-34M265 140c-7 0-9-4-9-9M265 128c7 0 9-4 9-9M295 148v-34M295 140c-7 0-9-4-9-9' +
        'M295 128c7 0 9-4 9-9M236 148v-24M236 136c6 0 8-4 8-8M324 148v-24M324 136c-6 0-8-4-8-8',
    ],
    [
      'light',
      'M277 138a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM262 123a4 4 0 1 1-8 0 4 4 0 0 1 8 0z' +
        'M307 138a4 4 0 1 1-8 0 4 4 0 0 1 8 0z',
    ],
  ],
  /** Two neighbours on a bench, from behind: one is talking, and the other is asking a question. */
  myths: [
    [
      'solid',
      'M126 128V98c1-7 6-11 18-11s17 4 18 11v30zM198 128V98c1-7 6-11 18-11s17 4 18 11v30z' +
        'M208 77c0 7 3 11 8 11s8-4 8-11M206 68l3-17c2-5 12-5 14 0l3 17' +
        'M202 65l4 12h20l4-12c-8 5-20 5-28 0zM134 80c-3-16 2-24 10-24s13 8 10 24' +
        'c-3 4-6 6-10 12-4-6-7-8-10-12z',
    ],
    [
      'line',
      'M216 49v12M134 80c6 3 14 3 20 0M140 83l4 9 4-9M131 104v24M157 104v24M203 104v24' +
        'M229 104v24',
    ],
    ['solid', 'M94 106h172v9H94zM94 121h172v9H94zM60 10h72v34h-30l-4 12-12-12H60z'],
    ['light', 'M228 6h66v34h-26l-14 12-2-12h-24z'],
    [
      'line',
      'M106 98v50M254 98v50M72 22h48M72 32h30M228 6h66v34h-26l-14 12-2-12h-24zM245 23h2' +
        'M260 23h2M275 23h2',
    ],
    [
      'solid',
      'M322 134c-12-16-12-48 0-68 12 20 12 52 0 68zM40 136c-9-12-9-34 0-48 9 14 9 36 0 48z',
    ],
    ['line', 'M322 148V96M40 148v-36'],
  ],
  /** A desk at night: two screens with chats, a headset, and towers outside the window. */
  'online-work': [
    ['solid', 'M24 88V6h128v82z'],
    ['light', 'M124 22a12 12 0 1 0 10 18 14 14 0 0 1-10-18z'],
    [
      'line',
      'M34 88V52h26v36M60 88V30h22v58M82 62h24v26M106 88V42l10-8 10 8v46M67 40h8M67 52h8' +
        'M67 64h8M43 62h8M43 72h8M116 52v4M116 68v4M18 88h140',
    ],
    ['solid', 'M20 118h320v8H20zM186 30h96v66h-96zM290 50h52v50h-52zM222 96h24l4 22h-32z'],
    ['light', 'M226 64h44v14h-44z'],
    [
      'line',
      'M198 42h40v12h-40zM226 64h44v14h-44zM300 62h32M300 72h22M300 82h28M316 100v18' +
        'M304 118h26M36 126v22M324 126v22M164 110h34l4 8h-42zM258 112h16M262 118v-6',
    ],
    [
      'solid',
      'M66 118a5 5 0 0 1-10 0v-8a5 5 0 0 1 10 0zM110 118a5 5 0 0 1-10 0v-8a5 5 0 0 1 10 0z',
    ],
    ['line', 'M61 105c0-28 44-28 44 0M66 115c6 7 14 5 18-1'],
  ],
} as const satisfies Readonly<Record<string, Drawing>>
