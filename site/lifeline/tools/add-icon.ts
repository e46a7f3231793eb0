// Puts line icons and drawings into the parts that a tool adds.
import { make } from '../dom/elements.ts'
import type { IconName } from '../../components/pictures/icons.ts'

/** The paths of the icons that the tool uses. The build sets these paths (list-tools.ts). */
declare const ICONS: Readonly<Partial<Record<IconName, string>>>

const SVG = 'http://www.w3.org/2000/svg'

/** Makes a drawing from one path, and hides the drawing from screen readers. */
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

/** Adds a drawing made of two paths, the second in the colour of the page's main button. */
export function addDrawing(
  parent: Element,
  { box, line, mark }: Readonly<Record<'box' | 'line' | 'mark', string>>,
): void {
  const drawing = parent.appendChild(makeDrawing(line, box))
  drawing.style.cssText = 'display:block;width:100%;margin:0'
  const marks = makeDrawing(mark, box).firstElementChild as SVGElement
  marks.style.stroke = accentOf(parent)
  drawing.append(marks)
}

/**
 * Returns the colour of the page's main button. The build renames colours, so a tool cannot refer
 * to this colour by name.
 */
export function accentOf(part: Element): string {
  const probe = part.appendChild(make('i', '', 'go'))
  const { backgroundColor } = getComputedStyle(probe)
  probe.remove()
  return backgroundColor
}

export function addIcon(parent: Element, name: IconName): SVGSVGElement {
  return parent.appendChild(makeDrawing(ICONS[name] || '', '0 0 24 24'))
}
