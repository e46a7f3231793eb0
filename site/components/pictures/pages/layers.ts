// Declares a drawing of a page. A drawing is 360 wide and 148 high, and rests on its lower edge.

/**
 * `solid` hides what is behind it, `line` does not, and `light` is the only apricot part of a
 * drawing.
 */
export type LayerName = 'solid' | 'light' | 'line'

/** The layers from back to front, each a single path. */
export type Drawing = readonly (readonly [LayerName, string])[]
