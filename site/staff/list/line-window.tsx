// Renders the list's groups; when the list is long, renders only the lines near the window. The
// rest is replaced by boxes of the same height. The line with the keyboard focus is always
// rendered.
import { type ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { chunkAt, chunksNear, chunksIn, type Chunk } from './windows.ts'

export interface LineGroup {
  key: string
  /** null for a list without headings */
  heading: ComponentChildren
  ids: readonly string[]
}

interface LineWindowProps {
  groups: readonly LineGroup[]
  /** label of the lists, for groups without a heading */
  label: string
  /** position in the complete list of the line that Tab reaches, which is always rendered */
  pinned: number
  /** the focus moves to the pinned line when this number increases */
  focusAsked: number
  renderLine: (id: string, place: { at: number; of: number }) => ComponentChildren
}

/** The number of chunks that are rendered before anything is measured. */
const FIRST: ReadonlySet<number> = new Set([0, 1])
/** Assumed height in pixels of a line that has not been measured. */
const USUAL_PX = 64

export function LineWindow({ groups, label, pinned, focusAsked, renderLine }: LineWindowProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(FIRST)
  /** in pixels, keyed by the first line of each chunk, because the lengths of groups change */
  const heights = useRef(new Map<string, number>())
  const chunks = useMemo(() => chunksIn(groups.map(({ ids }) => ids.length)), [groups])
  const kept = chunkAt(chunks, pinned)
  const firstIn = ({ group, from }: Chunk): string => groups[group]?.ids[from] ?? ''
  const isRendered = (at: number): boolean => near.has(at) || at === kept

  const look = (): void => {
    const root = frame.current
    // A hidden list has no layout boxes, so every chunk would count as near.
    if (!root || root.getClientRects().length === 0) return
    const boxes = [...root.querySelectorAll('.chunk')].map((each) => each.getBoundingClientRect())
    for (const [at, { top, bottom }] of boxes.entries()) {
      const chunk = chunks[at]
      if (chunk && isRendered(at)) heights.current.set(firstIn(chunk), bottom - top)
    }
    const next = chunksNear(boxes, innerHeight)
    setNear((former) => (isSame(former, next) ? former : new Set(next)))
  }
  const latest = useRef(look)
  latest.current = look
  useEffect(() => latest.current())
  useEffect(() => {
    let asked = 0
    const soon = (): void => {
      cancelAnimationFrame(asked)
      asked = requestAnimationFrame(() => latest.current())
    }
    // Captures the event, because the scroll event of a pane does not bubble.
    const listening = { capture: true, passive: true } as const
    addEventListener('scroll', soon, listening)
    addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(asked)
      removeEventListener('scroll', soon, listening)
      removeEventListener('resize', soon)
    }
  }, [])
  // Runs before the next key press, which would move on from the focused line.
  useLayoutEffect(() => {
    if (focusAsked > 0) frame.current?.querySelector<HTMLElement>('.line[tabindex="0"]')?.focus()
  }, [focusAsked])

  const usual = usualHeight(chunks, (chunk) => heights.current.get(firstIn(chunk)))
  return (
    <div class="lanes" ref={frame}>
      {groups.map(({ key, heading, ids }, group) => (
        <section key={key}>
          {heading}
          <div role="list" aria-label={heading === null ? label : undefined}>
            {chunks.map((chunk, at) => {
              if (chunk.group !== group) return null
              const lines = ids.slice(chunk.from, chunk.to)
              return isRendered(at) ? (
                <div key={at} class="chunk" role="none">
                  {lines.map((id, n) => renderLine(id, { at: chunk.from + n + 1, of: ids.length }))}
                </div>
              ) : (
                <Space
                  key={at}
                  height={heights.current.get(firstIn(chunk)) ?? usual * lines.length}
                />
              )
            })}
          </div>
        </section>
      ))}
    </div>
  )
}

/**
 * Reserves the height of lines that are not rendered. A script sets the height, because the page's
 * policy forbids the style attribute.
 */
function Space({ height }: { height: number }) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (box.current) box.current.style.height = `${height}px`
  }, [height])
  return <div class="chunk" role="none" ref={box} />
}

const isSame = (former: ReadonlySet<number>, next: readonly number[]): boolean =>
  former.size === next.length && next.every((at) => former.has(at))

/** Returns the mean height of the measured lines. */
function usualHeight(
  chunks: readonly Chunk[],
  heightOf: (chunk: Chunk) => number | undefined,
): number {
  let [pixels, lines] = [0, 0]
  for (const chunk of chunks) {
    const height = heightOf(chunk)
    if (height === undefined) continue
    pixels += height
    lines += chunk.to - chunk.from
  }
  return lines === 0 ? USUAL_PX : pixels / lines
}
