/**
 * Returns the element with this id. The build makes the page and its script together, so a missing
 * id is a fault in the build.
 */
export const byId = <T extends HTMLElement = HTMLElement>(id: string): T =>
  document.getElementById(id) as T
