// Contains the drawings of the pages about help, keyed by the address of the page.
import { type Drawing } from './layers.ts'

export const helpDrawings = {
  /** A kitchen: tea for two, a telephone that does not ring, mountains in the window. */
  family: [
    ['solid', 'M122 84V6h116v78z'],
    ['light', 'M149 42c0-16 20-19 20-3l-9 11z'],
    [
      'line',
      'M122 64l24-22 14 10 26-30 28 30 12-8 12 10M176 34l8 7 6-7 7 8M180 6v78M114 84h132' +
        'M96 4h168',
    ],
    ['solid', 'M106 4h34c-2 28-12 46-34 58zM254 4h-34c2 28 12 46 34 58z'],
    [
      'solid',
      'M26 148V76h34v36h10v36M334 148V76h-34v36h-10v36M62 112h236v10H62z' +
        'M120 112c-16 0-24-8-24-17 0-10 10-16 24-16s24 6 24 16c0 9-8 17-24 17z' +
        'M166 96c0 10 6 16 16 16s16-6 16-16zM242 112l5-20h22l-5 20z',
    ],
    [
      'line',
      'M74 122v26M286 122v26M120 79v-4M112 79c0-5 16-5 16 0M144 92c8 0 8-8 14-10' +
        'M96 90c-12-4-14 12-2 12M110 96c2-6 8-6 10 0 2-6 8-6 10 0M178 88c-3-5 3-7 0-12' +
        'M188 88c-3-5 3-7 0-12M252 97h9M26 92h34M334 92h-34M26 134h44M334 134h-44',
    ],
  ],
  /** The steps of a courthouse: the door is open, and a woman is walking in. */
  rights: [
    ['solid', 'M84 132V62h192v70zM72 56 180 8l108 48v8H72zM66 132h228v8H66zM54 140h252v8H54z'],
    ['light', 'M164 132V78h32v54z'],
    [
      'line',
      'M164 132V78h32v54M98 64v68M112 64v68M132 64v68M146 64v68M214 64v68M228 64v68M248 64v68' +
        'M262 64v68M196 40a16 16 0 1 1-32 0 16 16 0 0 1 32 0zM166 33l21 21M173 26l21 21' +
        'M194 33l-21 21M187 26l-21 21',
    ],
    ['solid', 'M164 78l-14 8v52l14-6zM173 108c1-5 5-8 12-8s11 3 12 8l4 32h-32z'],
    ['solid', 'M192 96a8 8 0 1 1-14 0c-2-10 2-14 7-14s9 4 7 14z'],
    ['line', 'M185 96v18M181 140v8M190 140v8M154 112v4'],
    [
      'solid',
      'M30 134c-12-16-12-48 0-68 12 20 12 52 0 68z' +
        'M332 136c-11-16-11-40 0-58 11 18 11 42 0 58z',
    ],
    ['line', 'M30 148V96M332 148v-42'],
  ],
  /** A lawyer's table: a lamp, folders, and a hand that writes down the questions. */
  'legal-aid': [
    ['light', 'M60 58 40 124h84L96 58z'],
    ['solid', 'M16 124h328v9H16zM58 58c0-14 8-22 20-22s20 8 20 22zM74 118h84l8 6H66z'],
    ['line', 'M78 36V14c0-6-4-8-10-8H30v118M18 124h24M36 133v15M324 133v15'],
    ['solid', 'M140 20h88l14 104H126zM286 116h50v8h-50zM290 108h42v8h-42zM286 98h50v10h-50z'],
    [
      'line',
      'M152 38h60M150 54h66M148 70h40M146 86h30M144 106c6-8 10-8 10 0 4-6 8-6 10 0h10' +
        'M298 103h12',
    ],
    [
      'solid',
      'M380 39l-72 19 10 40 62-12M310 62c-16-6-34-8-48-2l-22 12c-8 4-4 14 6 12l24-6-30 14' +
        'c-8 4-4 14 6 12l24-8c12 10 30 14 48 4z',
    ],
    ['solid', 'M196 100l6-16 46-42 9 10-46 42z'],
    ['line', 'M196 100l15-6M318 70h.1M322 84h.1M270 78c6 0 10 2 12 6'],
  ],
  /** A school yard: a bicycle by the fence, and a bag. */
  'under-18': [
    ['solid', 'M150 148V56h186v92zM214 56V28h58v28zM206 30l37-22 37 22z'],
    ['light', 'M252 42a9 9 0 1 1-18 0 9 9 0 0 1 18 0z'],
    [
      'line',
      'M252 42a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM243 36v6h4M168 74h24v24h-24zM200 74h24v24h-24z' +
        'M262 74h24v24h-24zM294 74h24v24h-24zM180 74v24M212 74v24M274 74v24M306 74v24' +
        'M230 148v-34h26v34M243 114v34M150 62h186M222 142h42',
    ],
    [
      'solid',
      'M66 126a21 21 0 1 1-42 0 21 21 0 0 1 42 0zM148 126a21 21 0 1 1-42 0 21 21 0 0 1 42 0z' +
        'M170 148v-26c0-9 6-14 16-14s16 5 16 14v26z',
    ],
    ['light', 'M176 128h20v12h-20z'],
    [
      'line',
      'M45 126l18-34h44l20 34M45 126h38l24-34M83 126 60 84M52 84h18' +
        'M107 92l-5-14h14c4 0 5 5 2 7M88 126a5 5 0 1 1-10 0 5 5 0 0 1 10 0zM176 128h20v12h-20z' +
        'M180 108v-5h12v5M176 133h20',
    ],
    ['solid', 'M350 136c-10-16-10-48 0-68 10 20 10 52 0 68z'],
    ['line', 'M350 148V94'],
  ],
} as const satisfies Readonly<Record<string, Drawing>>
