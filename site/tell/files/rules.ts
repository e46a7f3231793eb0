// The small rules of files that are asked for in several places.
import { MAX_FILE_BYTES } from '#protocol/limits'

/** What is wrong with a file, as the key of a sentence; '' when it can be taken. */
export const slipOf = ({ size }: { size: number }): '' | 'large' | 'empty' =>
  size > MAX_FILE_BYTES ? 'large' : size ? '' : 'empty'

/** 83 is 1:23. */
export const clock = (seconds: number): string =>
  String(Math.floor(seconds / 60)) + ':' + String(Math.floor(seconds % 60)).padStart(2, '0')
