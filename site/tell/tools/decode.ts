// Tool: reads a code in a picture, for browsers that have no reader of their own.
import jsQR from 'jsqr'
import { leaveTool } from './leave.ts'
import type { Decode } from './scan.ts'

const decode: Decode = ({ data, width, height }) => {
  const code = jsQR(data, width, height)
  if (!code) return null
  const { topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner } = code.location
  return {
    words: code.data,
    corners: [topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner].map(
      ({ x, y }): [number, number] => [x, y],
    ),
  }
}

leaveTool(decode)
