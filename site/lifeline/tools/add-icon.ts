// Draws line icons in the parts that a tool adds.
import type { IconName } from '../../components/pictures/icons.ts'

/** The paths of the icons that the tool uses. The build sets these paths (list-tools.ts). */
declare const ICONS: Readonly<Partial<Record<IconName, string>>>

const SVG = 'http://www.w3.org/2000/svg'

/** Makes a drawing of one path, which a screen reader skips. */
export function makeDrawing(path: string, box: string): SVGSVGElement {
  const drawing = document.createElementNS(SVG, 'svg')
  drawing.setAttribute('class', 'icon')
  drawing.setAttribute('viewBox', box)
  drawing.setAttribute('aria-hidden', 'true')
  const line = document.createElementNS(SVG, 'path')
  line.setAttribute('d', path)
  drawing.append(line)
  return drawing
}

export function addIcon(parent: Element, name: IconName): SVGSVGElement {
  return parent.appendChild(makeDrawing(ICONS[name] || '', '0 0 24 24'))
}
