// Contains the drawings of the stories: two paths each, as in drawings.ts. Boxes are 360 wide.
import { drawings } from './drawings.ts'
import { firstScenes } from './first-scenes.ts'

const scenes = {
  /** A hand holds a phone; a message arrives. */
  phone: {
    box: '0 0 360 130',
    line:
      'M150 130V16c0-5 4-9 9-9h56c5 0 9 4 9 9v114M180 15h14M126 130c-2-20 2-34 24-40' +
      'M224 62c12-2 20 2 20 9s-8 9-20 9M224 82c12-2 18 2 18 9s-6 9-18 9M224 102c10-2 16 2 16 9' +
      's-6 9-16 9M240 118c6 4 8 8 8 12M30 24h96v46H56l-16 14V70H30z',
    mark: 'M44 38h68M44 48h68M44 58h40M162 40h38M162 50h26M186 84h28M196 94h18',
  },
  /** A telephone rings on a table at night. */
  ring: {
    box: '0 0 360 130',
    line:
      'M20 112h320M48 112v18M312 112v18M152 100h76c4 0 6 2 6 6v6h-88v-6c0-4 2-6 6-6z' +
      'M36 8h78v64H36zM75 8v64M268 88c0 14 8 20 22 20s22-6 22-20zM312 92c12-2 12 12-2 12' +
      'M282 108h16v4h-16z',
    mark:
      'M166 88c8-10 40-10 48 0M154 76c16-20 56-20 72 0M142 64c24-30 72-30 96 0' +
      'M98 20a9 9 0 1 0 8 14 10 10 0 0 1-8-14zM36 62l14-14 10 8 15-12',
  },
  /** A hand writes a list. */
  pen: {
    box: '0 0 360 130',
    line:
      'M86 8h130v114H86zM126 28h72M126 50h72M126 72h44M126 94h30' +
      'M196 96l6-18 56-56 12 12-56 56zM250 30l12 12' +
      'M360 76l-46 10 6 40 40-8M316 88c-16-20-34-30-58-34-10-2-14 8-4 12l20 8' +
      'M274 74c-14-4-28-2-40 8-6 6 0 12 8 8l20-8M262 82l-18 14c-6 6 2 12 8 8l18-10' +
      'M318 118c-22 4-40-4-48-24',
    mark: 'M104 28l4 4 8-9M104 50l4 4 8-9M104 72l4 4 8-9M104 92h10v10h-10z',
  },
  /** A packed bag and a ticket, and a road into the mountains. */
  bag: {
    box: '0 0 360 130',
    line:
      'M4 122h352M58 46h92c5 0 8 3 8 8v60c0 5-3 8-8 8H58c-5 0-8-3-8-8V54c0-5 3-8 8-8z' +
      'M82 46V32c0-4 3-7 7-7h30c4 0 7 3 7 7v14M50 74h108M96 70h16v10H96zM180 96l64-18 8 28-64 18z' +
      'M226 83l8 28M252 70l28-30 14 14 24-34 38 46M308 34l9 9 8-11',
    mark: 'M194 102l22-6M197 111l22-6M64 92h20M64 102h14M268 122c4-16 30-18 26-32-2-6-14-6-8-16',
  },
  /** A barrier across a road, and the guard's hut. */
  gate: {
    box: '0 0 360 130',
    line:
      'M4 122h352M270 122V40h64v82M262 40h80l-14-16h-52zM286 56h32v24h-32zM40 122V52h14v70' +
      'M54 60l206-8v12L54 72zM92 122l40-26h70l32 26M4 44l26-22 14 12M60 36l38-30 26 26 16-10 30 24',
    mark: 'M88 59l-4 12M122 58l-4 12M156 57l-4 12M190 55l-4 12M224 54l-4 12M158 122v-6M164 108v-4',
  },
  /** A mattress behind shelves in a workshop. */
  bed: {
    box: '0 0 360 130',
    line:
      'M10 122h340M150 104h170c6 0 8 3 8 8v10H142v-10c0-5 3-8 8-8zM156 104c-2-14 4-18 14-18h30' +
      'c8 0 10 8 8 18M208 92c40-12 80-8 112 12M30 122V20h84v102M30 52h84M30 86h84' +
      'M42 34h22v18H42zM72 28h28v24H72zM44 66h40v20H44zM46 102h26v20H46zM250 8h70v44h-70z',
    mark: 'M285 8v44M250 30h70M78 38h16M52 76h24M226 96c30-8 60-6 82 6M54 112h10',
  },
  /** A house below the mountains, with smoke above the roof and a gate ajar. */
  home: {
    box: '0 0 360 130',
    line:
      'M4 122h352M128 122V72M232 122V72M116 80l64-48 64 48M212 56V38h12v27M166 122V88h28v34' +
      'M142 84h14v16h-14zM204 84h14v16h-14zM4 76l40-38 20 18 42-46 26 28' +
      'M240 36l28-28 32 36 16-14 40 40' +
      'M264 122V96h20v26M284 98l20-8v32M320 122V96h36M95 22l8 8 8-9 7 7',
    mark:
      'M218 30c-6-8 6-10 0-20M40 122c0-10-8-12-8-12M40 114c0-8 8-12 8-12M60 122c0-10-6-12-6-12' +
      'M60 114c0-8 6-10 6-10M188 106h.1',
  },
} as const

/** All drawings, keyed by name, for texts and for the scenes of stories. */
export const pictures = { ...drawings, ...scenes, ...firstScenes }
export type PictureName = keyof typeof pictures

/**
 * Narrows a string to the name of a drawing.
 *
 * @throws when there is no such drawing, to stop the build
 */
export function pictureNamed(name: string): PictureName {
  const found = (Object.keys(pictures) as PictureName[]).find((each) => each === name)
  if (found === undefined) throw new Error(`there is no drawing ${name}`)
  return found
}
