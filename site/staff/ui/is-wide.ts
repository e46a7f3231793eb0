/** Returns true where the list is beside the case; panes.css has the same width. */
export const isWide = (): boolean => matchMedia('(min-width: 56rem)').matches
